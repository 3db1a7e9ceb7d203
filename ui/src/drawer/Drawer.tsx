import { type ReactNode, useMemo } from 'react'
import { EntityDocument, TransferDocument } from '../api/documents'
import { useDocument } from '../api/useDocument'
import type { Window } from '../gql/graphql'
import type { Selection } from '../lib/view'
import { type Bundle, selectedBundle } from '../map/bundles'
import type { Graph } from '../map/useGraph'
import { Failure, Skeleton } from '../ui/states'
import { BundleDetail } from './BundleDetail'
import { NodeDetail } from './NodeDetail'
import { TransferDetail } from './TransferDetail'

interface Props {
  readonly selection: Selection
  readonly window: Window
  /** The graph on the screen, and its transfers folded: lines are listed from it. */
  readonly graph: Graph
  readonly bundles: readonly Bundle[]
  readonly onSelect: (selection: Selection | null) => void
}

const LABELS: Record<Selection['kind'], string> = { node: 'Node', bundle: 'Line of the map', transfer: 'Transfer' }

/** What is this: everything about the selected node, line or transfer, in the window and version on the screen. */
export function Drawer({ selection, window, graph, bundles, onSelect }: Props): ReactNode {
  const bundle = selectedBundle(bundles, selection)
  return (
    <aside className="pane drawer" aria-label={LABELS[selection.kind]}>
      <button type="button" className="button icon close" aria-label="Close" title="Close (Esc)" onClick={() => onSelect(null)}>×</button>
      {selection.kind === 'node' && <NodeLoader key={selection.id} id={selection.id} window={window} onSelect={onSelect} />}
      {selection.kind === 'transfer' && <TransferLoader key={selection.id} id={selection.id} bundle={bundle} window={window} onSelect={onSelect} />}
      {selection.kind === 'bundle' && (bundle ? <BundleDetail key={bundle.id} bundle={bundle} graph={graph} onSelect={onSelect} /> : <Gone what="drawn line" />)}
    </aside>
  )
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
      <p>This window holds no {what} with that id. Choose a longer window, or go back with [.</p>
    </section>
  )
}
