import type { ReactNode } from 'react'
import type { TransferQuery } from '../gql/graphql'
import { displayName } from '../lib/name'
import { zoneName } from '../lib/time'
import { Bytes, TimeOfDay } from '../ui/figures'

type Flow = NonNullable<TransferQuery['transfer']>['flows'][number]

/** Raw rows as agents reported them. */
export function FlowRows({ flows }: { readonly flows: readonly Flow[] }): ReactNode {
  const [newest] = flows
  if (!newest) return <p className="quiet">The raw rows of this window are past their retention.</p>
  return (
    // A region that scrolls must be reachable with the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="scroll flows" tabIndex={0} role="region" aria-label="Raw rows">
      <table className="table small">
        <thead>
          <tr>
            <th scope="col">From, {zoneName(newest.windowStart)}</th><th scope="col">Local and remote end</th><th scope="col" className="numeric">Sent</th><th scope="col" className="numeric">Received</th>
          </tr>
        </thead>
        <tbody>
          {flows.map((flow) => (
            <tr key={`${flow.batch} ${flow.windowStart} ${flow.localId} ${flow.localAddress} ${flow.remoteAddress} ${flow.serverPort} ${flow.role}`}>
              <td>
                <TimeOfDay of={flow.windowStart} />
                <div className="quiet" title={`batch ${displayName(flow.batch)}, ${flow.windowSeconds} s`}>{displayName(flow.agent, 20)}</div>
              </td>
              <td className="wraps">
                <div title={`${flow.localKind} ${displayName(flow.localId, 200)}, ${flow.role}`}>{displayName(flow.localAddress, 40)}</div>
                <div title={flow.virtualAddress ? `dialled ${displayName(flow.virtualAddress)}` : undefined}><span role="img" aria-label="with">↔</span> {displayName(flow.remoteAddress, 40)}:{flow.serverPort}</div>
              </td>
              <td className="numeric"><Bytes of={flow.sentBytes} /></td>
              <td className="numeric"><Bytes of={flow.receivedBytes} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
