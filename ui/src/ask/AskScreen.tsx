import type { ReactNode } from 'react'
import { useView } from '../shell/useView'
import { AskPane } from './AskPane'

/** The Ask pane on the whole screen: the same conversations, with room for tables. */
export function AskScreen(): ReactNode {
  const { go } = useView()
  return <div className="askscreen"><AskPane whole onClose={() => go('/')} /></div>
}
