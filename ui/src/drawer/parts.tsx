import { type ReactNode, Suspense, lazy } from 'react'
import { plural } from '../lib/bytes'
import type { Measure, Selection } from '../lib/view'
import type { Range } from '../lib/window'
import type { Minute } from '../strip/series'
import { Name } from '../ui/Name'

const Chart = lazy(() => import('../strip/Chart').then((module) => ({ default: module.Chart })))

/** Label and value pairs. Rows without a value are left out. */
export function Facts({ rows }: { readonly rows: ReadonlyArray<readonly [string, ReactNode]> }): ReactNode {
  return (
    <dl className="facts">
      {rows.filter(([, value]) => value !== '' && value !== null).map(([label, value]) => (
        <div key={label}><dt>{label}</dt><dd>{value}</dd></div>
      ))}
    </dl>
  )
}

export function Section({ title, children, note }: { readonly title: string; readonly children: ReactNode; readonly note?: ReactNode }): ReactNode {
  return (
    <section className="section">
      <h3>{title}{note && <span className="quiet"> {note}</span>}</h3>
      {children}
    </section>
  )
}

interface Endpoints {
  readonly source: string
  readonly destination: string
  readonly sourceName: string
  readonly destinationName: string
}

/** "web → s3" as a heading; each name opens its node. */
export function Ends({ of, onSelect }: { readonly of: Endpoints; readonly onSelect: (selection: Selection) => void }): ReactNode {
  const end = (id: string, name: string): ReactNode => (
    <button type="button" className="link" onClick={() => onSelect({ kind: 'node', id })}><Name of={name} longest={40} /></button>
  )
  return <h2>{end(of.source, of.sourceName)} <span role="img" aria-label="to">→</span> {end(of.destination, of.destinationName)}</h2>
}

/** Bytes and cost per minute of the window. */
export function Series({ series, window }: { readonly series: readonly Minute[]; readonly window: Range }): ReactNode {
  const kinds: ReadonlyArray<readonly [Measure, string]> = [['bytes', 'Bytes per minute'], ['cost', 'Cost per minute']]
  return (
    <Suspense fallback={null}>
      {kinds.map(([measure, label]) => (
        <figure key={measure} className="series">
          <figcaption className="quiet">{label}, {plural(series.length, 'minute')} with traffic</figcaption>
          <Chart totals={series} measure={measure} span={window} height={72} />
        </figure>
      ))}
    </Suspense>
  )
}
