import { type ReactNode, Suspense, lazy, useMemo } from 'react'
import { TotalsDocument } from '../api/documents'
import { useHead } from '../api/head'
import { useDocument } from '../api/useDocument'
import type { IncidentQuery } from '../gql/graphql'
import { displayName } from '../lib/name'
import { formatRange } from '../lib/time'
import { Marks } from '../strip/Marks'
import { Money } from '../ui/figures'
import { aMinute, around, known } from './around'

const Chart = lazy(() => import('../strip/Chart').then((module) => ({ default: module.Chart })))

type Anomaly = NonNullable<IncidentQuery['incident']>['anomalies'][number]

/** The costliest series minute by minute, before, while and after it was off, against what was expected; with the rollouts around. */
export function Picture({ anomaly, name }: { readonly anomaly: Anomaly; readonly name: string }): ReactNode {
  const { newest } = useHead()
  const { since, until, filter } = anomaly
  const wide = useMemo(() => around(since, until, newest === '' ? since : newest), [since, until, newest])
  const window = useMemo(() => ({ ...wide, filter: filter ?? '' }), [wide, filter])
  const variables = useMemo(() => ({ window }), [window])
  const { data, problem } = useDocument(TotalsDocument, variables, { pause: filter === null || newest === '', keep: true })
  const first = data?.totals[0]?.minute
  const span = useMemo(() => known(wide, first, since), [wide, first, since])
  const marked = useMemo(() => ({ from: since, to: until ?? span.to }), [since, until, span])
  if (filter === null) return null
  if (problem && !data) return <p className="quiet" role="status">The minutes around it could not be read: {problem.message}</p>
  if (data?.totals.length === 0) return <p className="quiet" role="status">The minutes around it are past their retention.</p>
  const expected = aMinute(anomaly.expectedCost.amount, anomaly.minutes)
  return (
    <figure className="series picture">
      <figcaption className="quiet">
        <b>Cost per minute</b> of {displayName(name, 120)}, {formatRange(span.from, span.to)}
        {expected !== null && <>; the line is what was expected, about <Money of={{ amount: expected.toFixed(12), currency: anomaly.expectedCost.currency }} /></>}
      </figcaption>
      <div className="strip-chart">
        <Marks window={wide} span={span} />
        <Suspense fallback={null}>{data && <Chart totals={data.totals} measure="cost" span={span} marked={marked} expected={expected} height={PIXELS} />}</Suspense>
      </div>
    </figure>
  )
}

const PIXELS = 120
