import type { ReactNode } from 'react'
import { Bytes, Money } from '../ui/figures'
import { Name } from '../ui/Name'
import { PathMark } from '../ui/PathMark'
import type { Bundle } from './bundles'
import { KIND_LABELS } from './kinds'
import { displayName } from '../lib/name'
import { isGroupId } from './levels'
import type { Target } from './MapRenderer'
import { rolloutsOf } from './revisions'
import type { GraphNode } from './useGraph'
import type { Line } from '../whatif/lines'

interface Props {
  readonly nodes: readonly GraphNode[]
  readonly bundles: readonly Bundle[]
  readonly lines: readonly Line[]
  readonly target: Target
  readonly x: number
  readonly y: number
}

/** What the pointer is over, beside the pointer. */
export function MapTooltip({ nodes, bundles, lines, target, x, y }: Props): ReactNode {
  const node = target.kind === 'node' ? nodes.find((one) => one.id === target.id) : undefined
  const line = target.kind === 'bundle' ? lines.find((one) => one.id === target.id) : undefined
  const bundle = target.kind === 'bundle' && !line ? bundles.find((one) => one.id === target.id) : undefined
  return (
    <div className="tooltip" role="tooltip" style={{ left: x, top: y }}>
      {node && (
        <>
          <b><Name of={node.name} /></b>
          <span className="quiet">{isGroupId(node.id) ? displayName(node.type) : KIND_LABELS[node.kind]}{node.namespace !== '' && <> in <Name of={node.namespace} /></>}</span>
          <span>out <Bytes of={node.bytesOut} />, in <Bytes of={node.bytesIn} />, <Money of={node.cost} /></span>
        </>
      )}
      {line && <LineTip line={line} />}
      {bundle && <BundleTip bundle={bundle} />}
    </div>
  )
}

const CHANGES: Record<Line['change'], string> = { ends: 'would end', begins: 'would be new', changes: 'would carry another amount' }

function LineTip({ line: { sourceName, destinationName, path, before, after, change } }: { readonly line: Line }): ReactNode {
  return (
    <>
      <b><Name of={sourceName} /> → <Name of={destinationName} /></b>
      <PathMark path={path.id} />
      <span>{CHANGES[change]}: {before ? <Money of={before.monthly} /> : 'nothing'} a month before, {after ? <Money of={after.monthly} /> : 'nothing'} after</span>
    </>
  )
}

function BundleTip({ bundle }: { readonly bundle: Bundle }): ReactNode {
  const [first] = bundle.rows
  const assumed = bundle.rows.some((row) => row.pathAssumed)
  return (
    <>
      <b><Name of={bundle.sourceName} /> → <Name of={bundle.destinationName} /></b>
      <PathMark path={bundle.path.id} assumed={assumed} />
      <span><Money of={bundle.cost} />, <Bytes of={bundle.bytes} />, {bundle.transfers === 1 ? `port ${first?.serverPort ?? 0}` : `${bundle.transfers} transfers`}</span>
      {rolloutsOf(bundle.rows).map((rollout) => (
        <span key={rollout.end} className="quiet">{rollout.shares.length} revisions of <Name of={rollout.name} /></span>
      ))}
    </>
  )
}
