import { Link } from '@tanstack/react-router'
import { type ReactNode } from 'react'
import { InsightsAboutDocument } from '../api/costs'
import { useFresh } from '../api/useFresh'
import type { InsightsAboutQuery } from '../gql/graphql'
import { displayName } from '../lib/name'
import { keptView, viewParams } from '../lib/view'
import { useView } from '../shell/useView'
import { Money, Moment } from '../ui/figures'
import { Section } from './parts'

const NONE = {}

interface Props {
  /** One node, or the two ends of a transfer. */
  readonly ends: readonly [string] | readonly [string, string]
}

/** Incidents and savings that a node, or the two ends of a transfer, are part of. */
export function Insights({ ends }: Props): ReactNode {
  const { data, problem } = useFresh(InsightsAboutDocument, NONE)
  const { view } = useView()
  const kept = viewParams(keptView(view))
  if (problem) return <Section title="Anomalies and savings"><p className="quiet">{problem.message}</p></Section>
  const incidents = data?.incidents.edges.map((edge) => edge.node).filter((one) => touches(one, ends)) ?? []
  const savings = data?.recommendations.filter((one) => one.state !== 'DISMISSED' && ends.every((end) => one.entities.includes(end) || (ends.length === 2 && end.startsWith('e/')))) ?? []
  return (
    <Section title="Anomalies and savings">
      {data && incidents.length === 0 && savings.length === 0 && <p className="quiet">None that Egressor knows.</p>}
      <ul className="movers standing">
        {incidents.map((one) => (
          <li key={one.id}>
            <Link to="/incidents/$id" params={{ id: one.id } as never} search={kept as never} className="name">{displayName(one.title, 90)}</Link>
            <b className="figure up"><Money of={one.impactPerDay} /> a day</b>
            <span className="quiet">{one.until ? 'over' : 'lasts'}, since <Moment of={one.since} /></span>
          </li>
        ))}
        {savings.map((one) => (
          <li key={one.id}>
            <Link to="/savings" search={kept as never} className="name">{displayName(one.title, 90)}</Link>
            <b className="figure down"><Money of={one.monthly} /></b>
            <span className="quiet">saving</span>
            <span className="quiet">in 30 days</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

type Incident = InsightsAboutQuery['incidents']['edges'][number]['node']

/** Of one node: it is an end of a series that is off, or a cause. Of a transfer: both its ends are those of one series. */
function touches({ anomalies, findings }: Incident, ends: Props['ends']): boolean {
  const [one, other] = ends
  if (other === undefined) return anomalies.some((row) => row.source === one || row.destination === one) || findings.some((row) => row.entity === one)
  return anomalies.some((row) => row.source === one && row.destination === other)
}
