import type { ReactNode } from 'react'
import type { PathsQuery } from '../gql/graphql'
import { formatCount, toBytes } from '../lib/bytes'
import type { Selection, Trace } from '../lib/view'
import type { Traced } from '../map/useTrace'
import { Bytes, Money } from '../ui/figures'
import { Name } from '../ui/Name'
import { Failure, Skeleton } from '../ui/states'
import { Callers } from './Dependents'

interface Props {
  readonly trace: Trace
  readonly traced: Traced
  readonly nameOf: (id: string) => string
  readonly onSelect: (selection: Selection) => void
  readonly onClose: () => void
  readonly onSwap: () => void
}

/** What is lit on the map, as a list: the ways between two nodes, or who is hit when one is gone. */
export function TracePane({ trace, traced, nameOf, onSelect, onClose, onSwap }: Props): ReactNode {
  return (
    <aside className="pane drawer" aria-label={trace.kind === 'path' ? 'Ways between two nodes' : 'Blast radius'}>
      <button type="button" className="button icon close" aria-label="Close" title="Close (Esc)" onClick={onClose}>×</button>
      {trace.kind === 'path'
        ? (
          <>
            <header className="pane-head">
              <p className="quiet">Ways that bytes take</p>
              <h2><Name of={nameOf(trace.from)} longest={40} /> <span role="img" aria-label="to">→</span> <Name of={nameOf(trace.to)} longest={40} /></h2>
              <p><button type="button" className="link" onClick={onSwap}>the other way round</button></p>
            </header>
            <Ways {...traced.paths} onSelect={onSelect} />
          </>
        )
        : (
          <>
            <header className="pane-head">
              <p className="quiet">Blast radius</p>
              <h2>Who is hit if <Name of={nameOf(trace.of)} longest={40} /> is gone or slow</h2>
            </header>
            <Callers answer={traced.blast} onSelect={onSelect} />
          </>
        )}
    </aside>
  )
}

type Way = PathsQuery['paths']['paths'][number]

function Ways({ data, problem, retry, onSelect }: Traced['paths'] & Pick<Props, 'onSelect'>): ReactNode {
  if (problem) return <Failure problem={problem} retry={retry} />
  if (!data) return <Skeleton label="the ways" rows={4} />
  const { paths, whole } = data.paths
  if (paths.length === 0) return <p className="quiet">No bytes went from one to the other in this window, within four hops.</p>
  return (
    <>
      <p className="quiet">{paths.length === 1 ? 'One way' : `${formatCount(paths.length)} ways`}, shortest first{whole ? '' : '; there are more'}.</p>
      <ol className="ways">{paths.map((way) => <li key={way.hops.map((hop) => hop.to.id).join('\n')}><WayView way={way} onSelect={onSelect} /></li>)}</ol>
    </>
  )
}

function WayView({ way, onSelect }: { readonly way: Way; readonly onSelect: Props['onSelect'] }): ReactNode {
  return (
    <section className="way">
      <p className="quiet">
        <Bytes of={way.bytes} /> at most went all the way · <Money of={way.cost} />{way.zoneCrossings > 0 && <> · <span className="warn">{way.zoneCrossings} {way.zoneCrossings === 1 ? 'hop crosses' : 'hops cross'} zones</span></>}
      </p>
      <ol>
        {way.hops.map((hop) => (
          <li key={hop.to.id}>
            <button type="button" onClick={() => onSelect({ kind: 'transfer', id: hop.transferIds[0] ?? '' })} title="Open its costliest transfer">
              <span><Name of={hop.from.name} longest={24} /> → <Name of={hop.to.name} longest={24} /></span>
              <span className="figure"><Money of={hop.cost} /></span>
              <span className="quiet">{hop.transfers} {hop.transfers === 1 ? 'transfer' : 'transfers'}{toBytes(hop.crossZoneBytes) > 0n && <>, <Bytes of={hop.crossZoneBytes} /> across zones</>}</span>
              <span className="figure quiet"><Bytes of={hop.bytes} /></span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  )
}
