import { useNavigate, useRouter, useRouterState } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { type View, keptView, parseView, viewParams } from '../lib/view'

export const SCREENS = [
  { key: 'o', path: '/', label: 'Overview' },
  { key: 'm', path: '/map', label: 'Map' },
  { key: 'd', path: '/compare', label: 'Compare' },
  { key: 'c', path: '/costs', label: 'Costs' },
  { key: 'i', path: '/incidents', label: 'Incidents' },
  { key: 'w', path: '/savings', label: 'Savings' },
  { key: 'f', path: '/flows', label: 'Flows' },
  { key: 'q', path: '/cypher', label: 'Cypher' },
  { key: 'a', path: '/ask', label: 'Ask' },
  { key: 'v', path: '/versions', label: 'Versions' },
  { key: 's', path: '/status', label: 'Status' },
  { key: 'e', path: '/settings', label: 'Settings' },
] as const
export type ScreenPath = (typeof SCREENS)[number]['path']

/** Parts of the view as they are to be, or how they follow from those in the address: for lists that several quick clicks add to. */
export type Change = Partial<View> | ((now: View) => Partial<View>)

export interface ViewControl {
  readonly view: View
  readonly path: string
  /** Changes parts of the view; the rest stays. */
  readonly patch: (change: Change) => void
  /** As patch, without a step in the history: for what changes again at once. */
  readonly slide: (change: Change) => void
  /** Goes to another screen with the same window and version. */
  readonly go: (path: ScreenPath, change?: Partial<View>) => void
}

/** The view as the URL says it, and the ways to change it. */
export function useView(): ViewControl {
  const { search, path } = useRouterState({ select: (state) => ({ search: state.location.searchStr, path: state.location.pathname }), structuralSharing: true })
  const navigate = useNavigate()
  const { history } = useRouter()
  const view = useMemo(() => viewOf(search), [search])
  // Changes are to the view in the address, not to the one on the screen: of two quick ones the second is made before the first is drawn.
  const go = useCallback(
    (to: string, change: Partial<View> = {}) => {
      const now = viewOf(history.location.search)
      void navigate({ to, search: viewParams({ ...(to === history.location.pathname ? now : keptView(now)), ...change }) as never })
    },
    [navigate, history],
  )
  const stay = useCallback(
    (change: Change, replace: boolean) => {
      const now = viewOf(history.location.search)
      void navigate({ to: history.location.pathname, search: viewParams({ ...now, ...(typeof change === 'function' ? change(now) : change) }) as never, replace })
    },
    [navigate, history],
  )
  const patch = useCallback((change: Change) => stay(change, false), [stay])
  const slide = useCallback((change: Change) => stay(change, true), [stay])
  return useMemo(() => ({ view, path, patch, slide, go }), [view, path, patch, slide, go])
}

function viewOf(search: string): View {
  return parseView(Object.fromEntries(new URLSearchParams(search)))
}
