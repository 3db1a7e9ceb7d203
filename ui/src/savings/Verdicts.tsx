import type { ReactNode } from 'react'
import type { SavingsQuery, VerdictState } from '../gql/graphql'
import { displayName } from '../lib/name'
import { useView } from '../shell/useView'
import { Money, Moment, TimeRange } from '../ui/figures'

type Row = SavingsQuery['verdicts'][number]

const STATES: Record<VerdictState, { readonly word: string; readonly kind: string }> = {
  MEASURING: { word: 'measuring', kind: 'measuring' },
  EFFECTIVE: { word: 'saves as predicted', kind: 'resolved' },
  PARTLY_EFFECTIVE: { word: 'saves a part', kind: 'partly' },
  NOT_EFFECTIVE: { word: 'saves nothing', kind: 'partly' },
  NO_TRAFFIC: { word: 'nothing moved since', kind: 'measuring' },
}

/** What became of changes that were made: measured, beside what was predicted. */
export function Verdicts({ rows }: { readonly rows: readonly Row[] }): ReactNode {
  if (rows.length === 0) return null
  return (
    <section className="panel verdicts" aria-label="Changes that were made">
      <h2>Changes that were made</h2>
      <ul className="savings">{rows.map((row) => <li key={`${row.recommendation} ${row.applied}`}><One row={row} /></li>)}</ul>
    </section>
  )
}

function One({ row }: { readonly row: Row }): ReactNode {
  const { go } = useView()
  const { word, kind } = STATES[row.state]
  return (
    <article aria-label={displayName(`verdict on ${row.title}`, 160)} className="verdict">
      <header className="saving-head">
        <h3 className="name">{displayName(row.title, 200)}</h3>
        <p><span className={`kind ${kind}`}>{word}</span></p>
      </header>
      <p className="name"><b>{displayName(row.summary, 400)}</b></p>
      <p className="quiet">
        <Money of={row.realised} /> of <Money of={row.predicted} /> in 30 days, measured <TimeRange from={row.from} to={row.to} />, {row.minutes} minutes. Made <Moment of={row.applied} />: {displayName(row.evidence, 200)}.
      </p>
      {row.reasons.length > 0 && <ul className="evidence">{row.reasons.map((reason) => <li key={reason} className="name">{displayName(reason, 300)}</li>)}</ul>}
      {row.entities.length > 0 && <p><button type="button" className="link" onClick={() => go('/map', { only: row.entities.slice(0, 60), mode: 'map', level: 'workload' })}>where it was made, on the map</button></p>}
    </article>
  )
}
