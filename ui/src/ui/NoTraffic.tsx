import { type ReactNode, useMemo } from 'react'
import { KnownDocument } from '../api/documents'
import { useDocument } from '../api/useDocument'
import type { Window } from '../gql/graphql'

interface Props {
  readonly window: Window
  readonly range: string
}

/** The window is fine but holds no transfer: nothing moved, or nobody knows. */
export function NoTraffic({ window, range }: Props): ReactNode {
  const { data, problem } = useDocument(KnownDocument, useMemo(() => ({ window }), [window]))
  if (!data && !problem) return <section className="state" aria-busy="true" />
  const { minutes = 0, foldedMinutes = null } = data?.graph.window ?? {}
  const unknown = foldedMinutes === 0
  return (
    <section className="state" role="status">
      <h2>{unknown ? 'Nothing is known of this window' : 'No traffic in this window'}</h2>
      <p>{range}: {unknown ? 'no minute of it was folded. What moved then is unknown, not nothing.' : 'no transfer is known.'} {howMuch(minutes, foldedMinutes)}</p>
      <p className="quiet">Choose another time, or step with [ and ].</p>
    </section>
  )
}

function howMuch(minutes: number, folded: number | null): string {
  if (folded === null) return 'How much of it was folded is not known.'
  return folded > 0 && folded < minutes ? `Only ${folded} of its ${minutes} minutes were folded.` : ''
}
