import { type ReactNode, useState } from 'react'
import { SavingsDocument } from '../api/documents'
import { useFresh } from '../api/useFresh'
import { Section } from '../drawer/parts'
import type { SavingsQuery } from '../gql/graphql'
import { formatCount } from '../lib/bytes'
import { sum, parseDecimal, toText } from '../lib/decimal'
import { asSentence, displayName } from '../lib/name'
import { holdsWords } from '../lib/search'
import { ExportButtons } from '../ui/ExportButtons'
import { Bytes, Money, TimeRange } from '../ui/figures'
import { Failure, Skeleton } from '../ui/states'
import { useView } from '../shell/useView'
import { PatchText } from './PatchText'
import { SavingDecide } from './SavingDecide'
import { Verdicts } from './Verdicts'

const NONE = {}
const FIELDS = ['id', 'kind', 'title', 'state', 'monthly', 'monthly_low', 'monthly_high', 'currency', 'why']

type Saving = SavingsQuery['recommendations'][number]

/** What should be changed and what it will bring: each saving is what is left after those before it. */
export function SavingsScreen(): ReactNode {
  const { data, problem, retry } = useFresh(SavingsDocument, NONE)
  const [text, setText] = useState('')
  if (problem && !data) return <Failure problem={problem} retry={retry} />
  if (!data) return <Skeleton label="the savings" rows={8} />
  if (data.recommendations.length === 0 && data.verdicts.length === 0) {
    return (
      <section className="state" role="status">
        <h2>Nothing to save</h2>
        <p>No change that Egressor knows would make what was observed cheaper. It looks again every minute.</p>
      </section>
    )
  }
  const found = data.recommendations.filter((row) => holdsWords(`${row.title} ${row.kind} ${row.state} ${row.why.join(' ')} ${row.entities.join(' ')}`, text))
  return (
    <section className="screen">
      <h2>Savings</h2>
      <p className="quiet">Each is priced on what really moved, by the code that prices it today. They add up: a saving is what is left after those above it.</p>
      <Verdicts rows={data.verdicts} />
      <div className="result-bar">
        <p role="status"><b>{formatCount(found.length)}</b> of {formatCount(data.recommendations.length)}{found[0] && <span className="quiet">, together <b className="figure down"><Money of={together(found)} /></b> in 30 days</span>}</p>
        <input type="search" aria-label="Filter the savings" placeholder="Words of the title, the reason or the state" maxLength={200} value={text} onChange={(event) => setText(event.target.value)} />
        <ExportButtons name="savings" table={() => ({ columns: FIELDS, rows: found.map((row) => [row.id, row.kind, row.title, row.state, row.monthly.amount, row.low.amount, row.high.amount, row.monthly.currency, row.why.join('; ')]) })} json={() => found} />
      </div>
      {data.recommendations.length === 0 && <p className="quiet">No further change would make what was observed cheaper.</p>}
      <ol className="savings">{found.map((saving) => <li key={saving.id}><Card saving={saving} onChanged={retry} /></li>)}</ol>
    </section>
  )
}

/** What some of them bring, exactly: each is what is left after those above it. */
function together(savings: readonly Saving[]): Saving['monthly'] {
  return { amount: toText(sum(savings.map((one) => parseDecimal(one.monthly.amount)))), currency: savings[0]?.monthly.currency ?? '' }
}

function Card({ saving, onChanged }: { readonly saving: Saving; readonly onChanged: () => void }): ReactNode {
  const { go } = useView()
  return (
    <article className="panel" aria-label={displayName(saving.title, 160)}>
      <header className="saving-head">
        <h3 className="name">{displayName(saving.title, 200)}</h3>
        <p><b className="big figure down"><Money of={saving.monthly} /></b> <span className="quiet">in 30 days{saving.low.amount !== saving.high.amount && <>, <Money of={saving.low} /> to <Money of={saving.high} /> by the day</>}</span></p>
      </header>
      <p className="quiet">
        <Money of={saving.before} /> paid and <Money of={saving.after} /> instead, <TimeRange from={saving.from} to={saving.to} />, <Bytes of={saving.bytes} />, {saving.minutes} minutes observed
        {saving.breakEvenBytes !== null && saving.breakEvenBytes !== undefined && <>; pays from <Bytes of={saving.breakEvenBytes} /> a month</>}
      </p>
      <div className="beside">
        <SavingDecide saving={saving} onChanged={onChanged} />
        <p><button type="button" className="button" aria-label={`Show on the map, before and after: ${displayName(saving.title, 120)}`} onClick={() => go('/map', { whatIf: saving.id, only: [], away: [], mode: 'map', level: 'workload', filter: '' })}>Show on the map</button></p>
      </div>
      <div className="columns">
        <Texts title="Why" texts={saving.why} />
        {saving.warnings.length > 0 && <Texts title="What else will happen" texts={saving.warnings} />}
      </div>
      <details>
        <summary>Apply, check and undo</summary>
        {saving.assumptions.length > 0 && <Texts title="Taken for granted" texts={saving.assumptions} />}
        <Section title="Apply">{saving.apply.map((patch) => <PatchText key={patch.tool} patch={patch} />)}</Section>
        {saving.check !== '' && <Section title="See whether it took effect"><p className="name">{displayName(saving.check, 600)}</p></Section>}
        <Section title="Undo">{saving.undo.map((patch) => <PatchText key={patch.tool} patch={patch} />)}</Section>
      </details>
    </article>
  )
}

function Texts({ title, texts }: { readonly title: string; readonly texts: readonly string[] }): ReactNode {
  return (
    <Section title={title}>
      <ul className="evidence">{texts.map((text) => <li key={text} className="name">{displayName(asSentence(text), 400)}</li>)}</ul>
    </Section>
  )
}
