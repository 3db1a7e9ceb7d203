import { type ReactNode, useMemo } from 'react'
import { EntityDocument, TransferDocument } from '../api/documents'
import { useDocument } from '../api/useDocument'
import type { Window } from '../gql/graphql'
import type { Selection } from '../lib/view'
import { type Bundle, selectedBundle } from '../map/bundles'
import type { Graph } from '../map/useGraph'
import { Failure, REFOLDED, Skeleton } from '../ui/states'
import { type Leveled, isGroupId } from '../map/levels'
import type { NodeVerbs } from '../map/useVerbs'
import { BundleDetail } from './BundleDetail'
import { GroupDetail } from './GroupDetail'
import { NodeActions } from './NodeActions'
import { NodeDetail } from './NodeDetail'
import { TransferDetail } from './TransferDetail'

interface Props {
  readonly selection: Selection
  readonly window: Window
  /** The graph on the screen, and its transfers folded: lines are listed from it. */
  readonly graph: Graph
  readonly bundles: readonly Bundle[]
  /** The map as it is drawn, and what can be done there; nothing where the screen has no map. */
  readonly map?: { readonly leveled: Leveled; readonly verbs: NodeVerbs }
  readonly onSelect: (selection: Selection | null) => void
}

const LABELS: Record<Selection['kind'], string> = { node: 'Node', bundle: 'Line of the map', transfer: 'Transfer' }

/** What is this: everything about the selected node, line or transfer, in the window and version on the screen. */
export function Drawer({ selection, window, graph, bundles, map, onSelect }: Props): ReactNode {
  const group = selection.kind === 'node' && isGroupId(selection.id) ? map?.leveled.nodes.find((node) => node.id === selection.id) : undefined
  const bundle = selectedBundle(bundles, selection)
  return (
    <aside className="pane drawer" aria-label={LABELS[selection.kind]}>
      <button type="button" className="button icon close" aria-label="Close" title="Close (Esc)" onClick={() => onSelect(null)}>×</button>
      {group && map && <GroupDetail group={group} members={membersOf(group.id, map.leveled, graph)} bundles={bundles} onSelect={onSelect} onOpen={map.verbs.open} />}
      {selection.kind === 'node' && !group && <NodeLoader key={selection.id} id={selection.id} window={window} onSelect={onSelect} />}
      {selection.kind === 'node' && map && <NodeActions key={`verbs of ${selection.id}`} id={selection.id} nodes={graph.nodes} verbs={map.verbs} />}
      {selection.kind === 'transfer' && <TransferLoader key={selection.id} id={selection.id} bundle={bundle} window={window} onSelect={onSelect} />}
      {selection.kind === 'bundle' && (bundle ? <BundleDetail key={bundle.id} bundle={bundle} graph={graph} onSelect={onSelect} /> : <Gone what="drawn line" />)}
    </aside>
  )
}

function membersOf(id: string, { members }: Leveled, { nodes }: Graph): Graph['nodes'] {
  const ids = new Set(members.get(id))
  return nodes.filter((node) => ids.has(node.id)).toSorted((a, b) => Number(b.cost.nano) - Number(a.cost.nano))
}

interface LoaderProps extends Pick<Props, 'window' | 'onSelect'> {
  readonly id: string
}

function NodeLoader({ id, window, onSelect }: LoaderProps): ReactNode {
  const variables = useMemo(() => ({ id, window }), [id, window])
  const { data, problem, retry } = useDocument(EntityDocument, variables, { keep: true })
  if (problem) return <Failure problem={problem} retry={retry} />
  if (!data) return <Skeleton label="the node" />
  if (!data.entity) return <Gone what="node" />
  return <NodeDetail detail={data.entity} asked={window} onSelect={onSelect} />
}

function TransferLoader({ id, bundle, window, onSelect }: LoaderProps & { readonly bundle: Bundle | undefined }): ReactNode {
  const variables = useMemo(() => ({ id, window }), [id, window])
  const { data, problem, retry } = useDocument(TransferDocument, variables, { keep: true })
  if (problem) return <Failure problem={problem} retry={retry} />
  if (!data) return <Skeleton label="the transfer" />
  if (!data.transfer) return <Gone what="transfer" />
  return <TransferDetail detail={data.transfer} bundle={bundle} onSelect={onSelect} />
}

function Gone({ what }: { readonly what: string }): ReactNode {
  return (
    <section className="state" role="status">
      <h2>Not in this window</h2>
      <p>This window holds no {what} with that id. Choose a longer window, or go back with [.{what === 'transfer' && <> {REFOLDED}</>}</p>
    </section>
  )
}
