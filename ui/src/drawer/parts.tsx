import { type ReactNode, Suspense, lazy } from 'react'
import type { Measure } from '../lib/view'
import type { Range } from '../lib/window'
import type { Minute } from '../strip/series'

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

/** Bytes and cost per minute of the window. */
export function Series({ series, window }: { readonly series: readonly Minute[]; readonly window: Range }): ReactNode {
  const kinds: ReadonlyArray<readonly [Measure, string]> = [['bytes', 'Bytes per minute'], ['cost', 'Cost per minute']]
  return (
    <Suspense fallback={null}>
      {kinds.map(([measure, label]) => (
        <figure key={measure} className="series">
          <figcaption className="quiet">{label}, {series.length} minutes with traffic</figcaption>
          <Chart totals={series} measure={measure} span={window} height={72} />
        </figure>
      ))}
    </Suspense>
  )
}
