import { Link, useRouterState } from '@tanstack/react-router'
import { type ReactNode, useMemo } from 'react'
import { IncidentDocument } from '../api/documents'
import { useFresh } from '../api/useFresh'
import { directionOf, signedMoney } from '../compare/change'
import { Facts, Section } from '../drawer/parts'
import type { IncidentQuery } from '../gql/graphql'
import { formatExactMoney } from '../lib/money'
import { asSentence, displayName, withNames } from '../lib/name'
import { CopyButton } from '../ui/CopyButton'
import type { View } from '../lib/view'
import { useView } from '../shell/useView'
import { Money, Moment, TimeRange } from '../ui/figures'
import { Name } from '../ui/Name'
import { Failure, Skeleton } from '../ui/states'
import { IncidentDecide } from './IncidentDecide'
import { Investigations } from './Investigations'
import { Picture } from './Picture'
import { KIND_WORDS } from './words'

type Incident = NonNullable<IncidentQuery['incident']>
type Parts = Incident['parts']

/** One incident as a story: what, since when, what it costs, why, and what speaks for and against it. */
export function IncidentScreen(): ReactNode {
  const path = useRouterState({ select: (state) => state.location.pathname })
  const id = decodeURIComponent(path.slice('/incidents/'.length))
  const variables = useMemo(() => ({ id }), [id])
  const { data, problem, retry } = useFresh(IncidentDocument, variables)
  if (problem && !data) return <Failure problem={problem} retry={retry} />
  if (!data) return <Skeleton label="the incident" rows={8} />
  return data.incident ? <Story incident={data.incident} onChanged={retry} /> : <Unknown />
}

function Unknown(): ReactNode {
  return (
    <section className="state" role="status">
      <h2>No such incident</h2>
      <p>It is past its retention, or of another system. <Link to={'/incidents' as never}>All incidents</Link></p>
    </section>
  )
}

/** What the impact lies between: what would have been paid is an estimate. */
function Between({ range }: { readonly range: Incident['impactPerDayRange'] }): ReactNode {
  if (!range) return null
  return <>, <Money of={range.low} /> to <Money of={range.high} /> in {range.percent} of 100 cases</>
}

function Story({ incident, onChanged }: { readonly incident: Incident; readonly onChanged: () => void }): ReactNode {
  const { go } = useView()
  const { parts, findings, anomalies } = incident
  const pictured = anomalies.find((one) => one.filter !== null)
  const around = { to: incident.until ?? incident.detected, from: null, version: null }
  return (
    <section className="screen incident">
      <p className="quiet"><Link to={'/incidents' as never}>Incidents</Link> · {KIND_WORDS[incident.kind]}</p>
      <h2 className="name">{displayName(incident.title, 200)}</h2>
      <p className="name lead">{displayName(asSentence(withNames(incident.conclusion)), 400)}</p>
      <div className="headline">
        <div><b><Money of={incident.impactPerDay} /></b><span className="quiet">a day beyond the expected<Between range={incident.impactPerDayRange} /></span></div>
        <div><b><Money of={incident.impact} /></b><span className="quiet">{incident.until ? 'in all' : incident.through ? <>so far, to <Moment of={incident.through} /></> : 'so far'}</span></div>
        <div><b>{incident.until ? 'over' : 'lasts'}</b><span className="quiet">since <Moment of={incident.since} /></span></div>
      </div>
      <div className="beside">
        <p className="actions">
          <button type="button" className="button" onClick={() => go('/compare', { ...around, against: '1h' })}>Compare with an hour earlier</button>
          <button type="button" className="button" onClick={() => go('/map', { ...around, ...endsOf(anomalies) })}>Show on the map</button>
        </p>
        <IncidentDecide incident={incident} onChanged={onChanged} />
      </div>
      {pictured && <Picture anomaly={pictured} name={scopeText(withNames(pictured.scope))} />}
      <div className="columns">
        <div className="column">
          <Section title="Why" note={`(${findings.length})`}>
            {findings.length === 0 && <p className="quiet">No known kind of change fits.</p>}
            <ol className="findings">{findings.map((finding) => <li key={`${finding.kind} ${finding.subject}`}><FindingStory finding={finding} /></li>)}</ol>
          </Section>
          <Section title="What to do" note="about the likeliest cause"><WhatToDo remedy={incident.remedy} /></Section>
          <Investigations of={incident.investigations} />
        </div>
        <div className="column">
          <Section title="What the change is made of" note={<>{parts.through && <><TimeRange from={incident.since} to={parts.through} /> against the hour before; </>}the parts add up to it exactly</>}><Split parts={parts} /></Section>
          <Section title="Which series" note={`(${anomalies.length})`}>
            <ul className="findings">
              {anomalies.map((one) => (
                <li key={one.scope}>
                  <Name of={scopeText(withNames(one.scope))} longest={120} /> <span className="quiet">{KIND_WORDS[one.kind]}{one.basis !== 'none' && `, by ${displayName(one.basis, 24)}`}</span>
                  <p>
                    <Money of={one.cost} /> paid, about <Money of={one.expectedCost} /> expected
                    {one.filter !== null && <>. <button type="button" className="link" onClick={() => go('/map', { ...around, filter: one.filter ?? '', mode: 'table' })}>Its transfers</button></>}
                  </p>
                </li>
              ))}
            </ul>
          </Section>
          <Facts rows={[
            ['Sure since', <Moment key="d" of={incident.detected} />],
            ['Over since', incident.until ? <Moment key="u" of={incident.until} /> : ''],
            ['Looked at in version', `v${incident.version}`],
            ['Id', <code key="id" className="id">{displayName(incident.id, 120)}</code>],
          ]} />
        </div>
      </div>
    </section>
  )
}

/** "shop/search → shop/catalog, 8080/tcp" of a flow's scope, with who opened the connections; any other scope as it is. */
function scopeText(scope: string): string {
  const [, from, to, port, opened] = /^flow (\S+) -> (\S+) (\S+) (source|destination|unknown)$/.exec(scope) ?? []
  if (from === undefined || to === undefined) return scope
  return `${from} → ${to}, ${port}${opened === 'source' ? ', opened by the sender' : opened === 'destination' ? ', opened by the receiver' : ''}`
}

/**
 * The two ends of the first series that is of a flow, with who opened the connections selected: it is who asked for the bytes,
 * and its drawer names its rollouts. The whole map where no series is of a flow.
 */
function endsOf(anomalies: Incident['anomalies']): Partial<View> {
  for (const { scope } of anomalies) {
    const [, from, to, opened] = /^flow (\S+) -> (\S+) \S+ (source|destination|unknown)$/.exec(scope) ?? []
    if (from !== undefined && to !== undefined) return { only: [from, to], level: 'workload', mode: 'map', selection: { kind: 'node', id: opened === 'source' ? from : to } }
  }
  return {}
}

function Split({ parts }: { readonly parts: Parts }): ReactNode {
  const rows = [['volume', parts.volume], ['other ways and zones', parts.path], ['prices', parts.price], ['tiers', parts.tier], ['cannot be told', parts.remainder]] as const
  return (
    <dl className="facts split">
      {rows.map(([label, money]) => <div key={label}><dt>{label}</dt><dd><span className={`figure ${directionOf(money.amount)}`} title={formatExactMoney(money)}>{signedMoney(money)}</span></dd></div>)}
      <div><dt><b>change</b></dt><dd><b className="figure" title={formatExactMoney(parts.change)}>{signedMoney(parts.change)}</b></dd></div>
    </dl>
  )
}

function WhatToDo({ remedy }: { readonly remedy: Incident['remedy'] }): ReactNode {
  return (
    <>
      <p className="name">{displayName(asSentence(remedy.action), 400)}</p>
      {remedy.command && <p><code className="name">{displayName(remedy.command, 300)}</code> <CopyButton label="copy" text={remedy.command} /></p>}
      <p className="quiet">To undo it: <span className="name">{displayName(remedy.undo, 300)}</span></p>
      {remedy.undoCommand && <p><code className="name">{displayName(remedy.undoCommand, 300)}</code> <CopyButton label="copy" text={remedy.undoCommand} /></p>}
    </>
  )
}

function FindingStory({ finding }: { readonly finding: Incident['findings'][number] }): ReactNode {
  return (
    <>
      <p><b className="name">{displayName(withNames(finding.subject), 160)}</b> <span className="quiet">{displayName(finding.kind, 32)}{finding.at && <>, <Moment of={finding.at} /></>}</span></p>
      <p>explains <Money of={finding.explains} />, confidence {displayName(finding.confidence, 12)} ({finding.score} of 100)</p>
      <ul className="evidence">
        {finding.for.map((text) => <li key={text}><span className="figure down">for</span> <span className="name">{displayName(withNames(text), 300)}</span></li>)}
        {finding.against.map((text) => <li key={text}><span className="figure up">against</span> <span className="name">{displayName(withNames(text), 300)}</span></li>)}
      </ul>
    </>
  )
}
