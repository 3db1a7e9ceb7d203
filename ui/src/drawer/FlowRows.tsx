import type { ReactNode } from 'react'
import type { TransferQuery } from '../gql/graphql'
import { displayName } from '../lib/name'
import { formatSecond } from '../lib/time'
import { Bytes } from '../ui/figures'

type Flow = NonNullable<TransferQuery['transfer']>['flows'][number]

/** Raw rows as agents reported them. */
export function FlowRows({ flows }: { readonly flows: readonly Flow[] }): ReactNode {
  if (flows.length === 0) return <p className="quiet">The raw rows of this window are past their retention.</p>
  return (
    // A region that scrolls must be reachable with the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="scroll flows" tabIndex={0} role="region" aria-label="Raw rows">
      <table className="table small">
        <thead>
          <tr>
            <th scope="col">From</th><th scope="col">Local</th><th scope="col">Remote</th><th scope="col" className="numeric">Sent</th><th scope="col" className="numeric">Received</th><th scope="col">Agent</th>
          </tr>
        </thead>
        <tbody>
          {flows.map((flow) => (
            <tr key={`${flow.batch} ${flow.windowStart} ${flow.localId} ${flow.localAddress} ${flow.remoteAddress} ${flow.serverPort} ${flow.role}`}>
              <td title={`${flow.windowSeconds} s from ${formatSecond(flow.windowStart, 'UTC')}`}>{formatSecond(flow.windowStart).slice(11)}</td>
              <td title={`${flow.localKind} ${displayName(flow.localId, 200)}, ${flow.role}`}>{displayName(flow.localAddress, 40)}</td>
              <td title={flow.virtualAddress ? `dialled ${displayName(flow.virtualAddress)}` : undefined}>{displayName(flow.remoteAddress, 40)}:{flow.serverPort}</td>
              <td className="numeric"><Bytes of={flow.sentBytes} /></td>
              <td className="numeric"><Bytes of={flow.receivedBytes} /></td>
              <td title={`batch ${displayName(flow.batch)}`}>{displayName(flow.agent, 24)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
