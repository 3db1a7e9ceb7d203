import type { ReactNode } from 'react'
import { useHead } from '../api/head'
import { useKeys } from '../keys/useKeys'
import { rangeOf, stepWindow } from '../lib/window'
import { LIVE, type View } from '../lib/view'
import { useView } from './useView'

/** Keys that work on every screen. */
export function ShellKeys(): ReactNode {
  const { view, path, patch, go } = useView()
  const { newest } = useHead()
  useKeys({
    'g o': () => go('/'),
    'g m': () => go('/map', { mode: 'map' }),
    'g t': () => go('/map', { mode: 'table' }),
    'g d': () => go('/compare'),
    c: () => go(path === '/compare' ? '/map' : '/compare'),
    'g c': () => go('/costs'),
    'g i': () => go('/incidents'),
    'g w': () => go('/savings'),
    'g f': () => go('/flows'),
    'g e': () => go('/settings'),
    'g q': () => go('/cypher'),
    'g a': () => go('/ask', { ask: false }),
    'g v': () => go('/versions'),
    'g s': () => go('/status'),
    a: () => (path === '/ask' ? {} : patch({ ask: !view.ask })),
    '[': () => patch(stepped(view, newest, -1)),
    ']': () => patch(stepped(view, newest, 1)),
    Escape: () => patch(view.selection ? { selection: null } : view.trace ? { trace: null } : { ask: false }),
  })
  return null
}

/** The patch that moves the window one length back or forward; forward past the newest minute is live. */
export function stepped(view: View, newest: string, direction: -1 | 1): Partial<View> {
  if (newest === '' || (direction === 1 && view.to === null)) return {}
  const next = stepWindow(rangeOf(view, newest), newest, direction)
  if (next === null) return { ...LIVE, version: view.version }
  return { to: next.to, from: view.from === null ? null : next.from }
}
