import type { ReactNode } from 'react'
import { Bytes, Money } from '../ui/figures'
import { Name } from '../ui/Name'
import { PathMark } from '../ui/PathMark'
import { KIND_LABELS } from './kinds'
import type { Target } from './MapRenderer'
import type { Graph } from './useGraph'

/** What the pointer is over, beside the pointer. */
export function MapTooltip({ graph, target, x, y }: { readonly graph: Graph; readonly target: Target; readonly x: number; readonly y: number }): ReactNode {
  const node = target.kind === 'node' ? graph.nodes.find((one) => one.id === target.id) : undefined
  const transfer = target.kind === 'transfer' ? graph.transfers.find((one) => one.id === target.id) : undefined
  return (
    <div className="tooltip" role="tooltip" style={{ left: x, top: y }}>
      {node && (
        <>
          <b><Name of={node.name} /></b>
          <span className="quiet">{KIND_LABELS[node.kind]}{node.namespace !== '' && <> in <Name of={node.namespace} /></>}</span>
          <span>out <Bytes of={node.bytesOut} />, in <Bytes of={node.bytesIn} />, <Money of={node.cost} /></span>
        </>
      )}
      {transfer && (
        <>
          <b><Name of={transfer.sourceName} /> → <Name of={transfer.destinationName} /></b>
          <PathMark path={transfer.path} via={transfer.via} assumed={transfer.pathAssumed} />
          <span><Bytes of={transfer.bytes} />, <Money of={transfer.cost} />, port {transfer.serverPort}</span>
        </>
      )}
    </div>
  )
}
