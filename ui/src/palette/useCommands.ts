import { useMemo } from 'react'
import { SavedCypherDocument, ViewsDocument } from '../api/documents'
import { useDocument } from '../api/useDocument'
import { useHead } from '../api/head'
import { useWindows } from '../api/window'
import { OPEN_KEYS } from '../keys/KeyList'
import { displayName } from '../lib/name'
import { LIVE, SPANS, SPAN_LABELS } from '../lib/view'
import { KIND_LABELS } from '../map/kinds'
import { useGraph } from '../map/useGraph'
import { SCREENS, type ViewControl, useView } from '../shell/useView'
import { OPEN_VIEWS, useGoTo } from '../views/Views'
import { currentTheme, setTheme } from '../theme/theme'
import type { Command } from './rank'

const NOTHING = {}

/** Everything that can be gone to or done from here. Screens first, then actions, nodes and shipped queries. */
export function useCommands(): readonly Command[] {
  const control = useView()
  const { meta } = useHead()
  const graph = useGraph(control.view, useWindows(control.view)).data
  const saved = useDocument(SavedCypherDocument, NOTHING).data
  const kept = useDocument(ViewsDocument, NOTHING, { policy: 'network-only' }).data
  const goTo = useGoTo()
  return useMemo(() => [
    ...screens(control),
    ...actions(control, meta?.version.number ?? null),
    ...(kept?.views ?? []).map((one): Command => ({ id: `view ${one.id}`, title: displayName(one.name), group: one.mine ? 'My view' : `View of ${displayName(one.owner, 30)}`, run: () => goTo(one.state) })),
    ...(graph?.nodes ?? []).map((node): Command => ({
      id: `node ${node.id}`,
      title: displayName(node.name),
      group: node.namespace === '' ? KIND_LABELS[node.kind] : `${KIND_LABELS[node.kind]} in ${displayName(node.namespace, 30)}`,
      run: () => control.go('/map', { selection: { kind: 'node', id: node.id } }),
    })),
    ...(saved?.savedCypher ?? []).map((query): Command => ({
      id: `query ${query.name}`,
      title: query.title,
      group: 'Cypher query',
      run: () => control.go('/cypher', { cypher: query.statement, parameters: JSON.stringify(Object.fromEntries(query.parameters.map((one) => [one.name, one.default]))) }),
    })),
  ], [control, graph, saved, meta, kept, goTo])
}

function screens({ go }: ViewControl): Command[] {
  return SCREENS.map((screen) => ({ id: `screen ${screen.path}`, title: screen.label, group: 'Screen', keys: `g ${screen.key}`, run: () => go(screen.path) }))
}

function actions({ view, patch, go }: ViewControl, version: number | null): Command[] {
  const action = (title: string, run: () => void, keys?: string): Command => ({ id: `action ${title}`, title, group: 'Action', run, ...(keys === undefined ? {} : { keys }) })
  return [
    action(view.ask ? 'Close the Ask pane' : 'Ask about this screen', () => patch({ ask: !view.ask }), 'a'),
    action('Compare with the window before', () => go('/compare', { against: 'prev' }), 'c'),
    action('Show the map as a table', () => go('/map', { mode: 'table' }), 'g t'),
    action('Back to live', () => patch(LIVE), 'l'),
    ...(version === null ? [] : [action(view.version === null ? 'Pin this version in the link' : 'Follow the newest version', () => patch({ version: view.version === null ? version : null }))]),
    action('Copy the link to this view', () => void navigator.clipboard.writeText(window.location.href).catch(() => {})),
    ...SPANS.map((span) => action(`Window of ${SPAN_LABELS[span]}`, () => patch({ span, from: null }))),
    action(currentTheme() === 'dark' ? 'Switch to the light theme' : 'Switch to the dark theme', () => setTheme(currentTheme() === 'dark' ? 'light' : 'dark')),
    action('Keep this view, or open a kept one', () => window.dispatchEvent(new Event(OPEN_VIEWS))),
    action('List of keys', () => window.dispatchEvent(new Event(OPEN_KEYS)), '?'),
  ]
}
