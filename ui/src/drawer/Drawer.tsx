import { type ReactNode, useMemo } from 'react'
import { EntityDocument, TransferDocument } from '../api/documents'
import { useDocument } from '../api/useDocument'
import type { Window } from '../gql/graphql'
import type { Selection } from '../lib/view'
import { Failure, Skeleton } from '../ui/states'
import { NodeDetail } from './NodeDetail'
import { TransferDetail } from './TransferDetail'

interface Props {
  readonly selection: Selection
  readonly window: Window
  readonly onSelect: (selection: Selection | null) => void
}

/** What is this: everything about the selected node or transfer, in the window and version on the screen. */
export function Drawer({ selection, window, onSelect }: Props): ReactNode {
  return (
    <aside className="pane drawer" aria-label={selection.kind === 'node' ? 'Node' : 'Transfer'}>
      <button type="button" className="button icon close" aria-label="Close" title="Close (Esc)" onClick={() => onSelect(null)}>×</button>
      {selection.kind === 'node'
        ? <NodeLoader key={selection.id} id={selection.id} window={window} onSelect={onSelect} />
        : <TransferLoader key={selection.id} id={selection.id} window={window} onSelect={onSelect} />}
    </aside>
  )
}

interface LoaderProps extends Omit<Props, 'selection'> {
  readonly id: string
}

function NodeLoader({ id, window, onSelect }: LoaderProps): ReactNode {
  const variables = useMemo(() => ({ id, window }), [id, window])
  const { data, problem, retry } = useDocument(EntityDocument, variables, { keep: true })
  if (problem) return <Failure problem={problem} retry={retry} />
  if (!data) return <Skeleton label="the node" />
  if (!data.entity) return <Gone what="node" />
  return <NodeDetail detail={data.entity} onSelect={onSelect} />
}

function TransferLoader({ id, window, onSelect }: LoaderProps): ReactNode {
  const variables = useMemo(() => ({ id, window }), [id, window])
  const { data, problem, retry } = useDocument(TransferDocument, variables, { keep: true })
  if (problem) return <Failure problem={problem} retry={retry} />
  if (!data) return <Skeleton label="the transfer" />
  if (!data.transfer) return <Gone what="transfer" />
  return <TransferDetail detail={data.transfer} onSelect={onSelect} />
}

function Gone({ what }: { readonly what: string }): ReactNode {
  return (
    <section className="state" role="status">
      <h2>Not in this window</h2>
      <p>This window holds no {what} with that id. Choose a longer window, or go back with [.</p>
    </section>
  )
}
