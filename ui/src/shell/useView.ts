import { useNavigate, useRouterState } from '@tanstack/react-router'
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

export interface ViewControl {
  readonly view: View
  readonly path: string
  /** Changes parts of the view; the rest stays. */
  readonly patch: (change: Partial<View>) => void
  /** As patch, without a step in the history: for what changes again at once. */
  readonly slide: (change: Partial<View>) => void
  /** Goes to another screen with the same window and version. */
  readonly go: (path: ScreenPath, change?: Partial<View>) => void
}

/** The view as the URL says it, and the ways to change it. */
export function useView(): ViewControl {
  const { search, path } = useRouterState({ select: (state) => ({ search: state.location.searchStr, path: state.location.pathname }), structuralSharing: true })
  const navigate = useNavigate()
  const view = useMemo(() => parseView(Object.fromEntries(new URLSearchParams(search))), [search])
  const go = useCallback(
    (to: string, change: Partial<View> = {}) => {
      void navigate({ to, search: viewParams({ ...(to === path ? view : keptView(view)), ...change }) as never })
    },
    [navigate, view, path],
  )
  const patch = useCallback((change: Partial<View>) => go(path, change), [go, path])
  const slide = useCallback((change: Partial<View>) => void navigate({ to: path, search: viewParams({ ...view, ...change }) as never, replace: true }), [navigate, view, path])
  return useMemo(() => ({ view, path, patch, slide, go }), [view, path, patch, slide, go])
}
