import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { OPEN_KEYS } from '../keys/KeyList'
import { keptView, viewParams } from '../lib/view'
import { SignedInAs } from '../signin/SignedInAs'
import { setTheme, useTheme } from '../theme/theme'
import { OPEN_VIEWS } from '../views/Views'
import { SearchBox } from './SearchBox'
import { VersionBadge } from './VersionBadge'
import { WindowPicker } from './WindowPicker'
import { useView } from './useView'

export function Header(): ReactNode {
  const { view, patch } = useView()
  const theme = useTheme()
  const other = theme === 'dark' ? 'light' : 'dark'
  const kept = viewParams(keptView(view))
  return (
    <header className="header">
      <Link to="/" search={kept as never} className="brand" aria-label="Egressor, to the overview">
        <img src="/favicon.svg" alt="" width="22" height="22" />
        <span>Egressor</span>
      </Link>
      <VersionBadge />
      <span className="grow" />
      <SearchBox />
      <WindowPicker />
      <button type="button" className="button" title="Keep this view, or open a kept one" onClick={() => window.dispatchEvent(new Event(OPEN_VIEWS))}>Views</button>
      <button type="button" className="button" aria-pressed={view.ask} onClick={() => patch({ ask: !view.ask })}>Ask</button>
      <SignedInAs />
      <button type="button" className="button icon" aria-label={`Switch to the ${other} theme`} title={`Switch to the ${other} theme`} onClick={() => setTheme(other)}>
        {theme === 'dark' ? '☀' : '☾'}
      </button>
      <button type="button" className="button icon" aria-label="List of keys" title="List of keys (?)" onClick={() => window.dispatchEvent(new Event(OPEN_KEYS))}>?</button>
    </header>
  )
}
