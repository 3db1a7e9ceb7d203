import { type ReactNode, useMemo, useState } from 'react'
import { DependentsDocument } from '../api/documents'
import { type Answer, useDocument } from '../api/useDocument'
import type { DependentsQuery, Window } from '../gql/graphql'
import { formatCount } from '../lib/bytes'
import type { Selection } from '../lib/view'
import { Bytes, Money } from '../ui/figures'
import { Name } from '../ui/Name'
import { Failure, Skeleton } from '../ui/states'

interface Props {
  readonly id: string
  readonly window: Window
  readonly onSelect: (selection: Selection) => void
}

type Reached = DependentsQuery['blastRadius']['nodes'][number]

/** Who is hit when a node is gone or slow. Asked when it is opened. */
export function Dependents(props: Props): ReactNode {
  const [open, setOpen] = useState(false)
  return (
    <details className="section" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary><h3>Who is hit if it is gone</h3></summary>
      {open && <List {...props} />}
    </details>
  )
}

function List({ id, window, onSelect }: Props): ReactNode {
  const variables = useMemo(() => ({ id, window }), [id, window])
  return <Callers answer={useDocument(DependentsDocument, variables, { keep: true })} onSelect={onSelect} />
}

/** Those that call a node, directly or through others. */
export function Callers({ answer: { data, problem, retry }, onSelect }: { readonly answer: Answer<DependentsQuery>; readonly onSelect: Props['onSelect'] }): ReactNode {
  if (problem) return <Failure problem={problem} retry={retry} />
  if (!data) return <Skeleton label="who depends on it" rows={3} />
  const { nodes, left, leftCost } = data.blastRadius
  const callers = nodes.filter((row) => row.hops > 0)
  if (callers.length === 0) return <p className="quiet">Nobody called it in this window.</p>
  const unsure = callers.filter((row) => row.dependence === 'UNKNOWN').length
  return (
    <>
      {unsure > 0 && (
        <p className="quiet">
          {formatCount(unsure)} of {formatCount(callers.length)} may be hit: nobody saw who opened their connections, so that they may depend on it, or it on them.
        </p>
      )}
      <ul className="peers">
        {callers.map((row) => <Caller key={row.node.id} row={row} onSelect={onSelect} />)}
      </ul>
      {left > 0 && <p className="quiet">{formatCount(left)} more are not listed: <Money of={leftCost} />.</p>}
    </>
  )
}

function Caller({ row, onSelect }: { readonly row: Reached; readonly onSelect: Props['onSelect'] }): ReactNode {
  return (
    <li>
      <button type="button" onClick={() => onSelect({ kind: 'node', id: row.node.id })}>
        <span className="peer-name"><Name of={row.node.name} longest={30} /></span>
        <span className="figure"><Money of={row.cost} /></span>
        <span className="quiet">
          {row.dependence === 'UNKNOWN' && 'unknown who calls: '}
          {row.hops === 1 || !row.through ? (row.dependence === 'UNKNOWN' ? 'exchanges bytes with it' : 'calls it') : <>through <Name of={row.through.name} longest={24} /></>}
        </span>
        <span className="figure quiet"><Bytes of={row.bytes} /></span>
      </button>
    </li>
  )
}
