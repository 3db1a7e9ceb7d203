import { type ReactNode, useMemo } from 'react'
import { formatCount } from '../lib/bytes'
import { parseDecimal } from '../lib/decimal'
import { displayName } from '../lib/name'
import type { Selection } from '../lib/view'
import { Bytes, Money, TimeRange } from '../ui/figures'
import { Name } from '../ui/Name'
import { PathMark } from '../ui/PathMark'
import { Section } from '../drawer/parts'
import { type Line, type Pair, type WhatIf, monthlyOf, pairsOf } from './lines'

interface Props {
  readonly whatIf: WhatIf
  readonly lines: readonly Line[]
  readonly selection: Selection | null
  readonly onSelect: (selection: Selection | null) => void
  readonly onClose: () => void
}

/** A change as a list: each pair of nodes with its ways and money before and after, then what else is in the sums. */
export function WhatIfPane({ whatIf, lines, selection, onSelect, onClose }: Props): ReactNode {
  const pairs = useMemo(() => pairsOf(lines), [lines])
  const { recommendation, rest } = whatIf
  const currency = recommendation.monthly.currency
  return (
    <aside className="pane drawer" aria-label="What would change">
      <button type="button" className="button icon close" aria-label="Close the list" title="Close the list" onClick={onClose}>×</button>
      <header className="pane-head">
        <p className="quiet">What would change, in 30 days at the rate of <TimeRange from={recommendation.from} to={recommendation.to} /></p>
        <h2 className="name">{displayName(recommendation.title, 200)}</h2>
        <p><Money of={recommendation.monthly} /> a month less{recommendation.low.amount !== recommendation.high.amount && <>, <Money of={recommendation.low} /> to <Money of={recommendation.high} /> by the day</>}.</p>
      </header>
      {pairs.length > 0 && (
        <table className="table small whatif-table">
          <caption className="hidden">Transfers before and after the change, money a month</caption>
          <thead><tr><th scope="col">From and to</th><th scope="col" className="numeric">Before</th><th scope="col" className="numeric">After</th></tr></thead>
          <tbody>
            {pairs.map((pair) => <PairRow key={pair.id} pair={pair} currency={currency} selected={isIn(pair, selection)} onSelect={onSelect} />)}
            <Hours whatIf={whatIf} />
            {rest.shifts > 0 && (
              <tr className="quiet"><td>{formatCount(rest.shifts)} smaller transfers</td><td className="numeric"><Money of={rest.monthlyBefore} /></td><td className="numeric"><Money of={rest.monthlyAfter} /></td></tr>
            )}
          </tbody>
          <tfoot><tr><th scope="row">Together</th><td className="numeric"><b><Money of={whatIf.monthlyBefore} /></b></td><td className="numeric"><b><Money of={whatIf.monthlyAfter} /></b></td></tr></tfoot>
        </table>
      )}
      <Texts title="Why" texts={recommendation.why} />
      <Texts title="Taken for granted" texts={recommendation.assumptions} />
      <Texts title="What else will happen" texts={recommendation.warnings} />
    </aside>
  )
}

function PairRow({ pair, currency, selected, onSelect }: { readonly pair: Pair; readonly currency: string; readonly selected: boolean; readonly onSelect: Props['onSelect'] }): ReactNode {
  const [first] = [...pair.before, ...pair.after]
  return (
    <tr aria-selected={selected || undefined} className={selected ? 'selected' : undefined}>
      <td>
        <button type="button" className="link" onClick={() => onSelect(first ? { kind: 'bundle', id: first.id } : null)}><Name of={pair.sourceName} longest={26} /> → <Name of={pair.destinationName} longest={26} /></button>
        <ul className="whatif-ways">
          {pair.before.filter((line) => !line.after).map((line) => <Way key={line.id} line={line} sign="×" word={line.change === 'ends' ? 'ends' : 'carries less'} />)}
          {pair.after.map((line) => <Way key={line.id} line={line} sign={line.before ? '±' : '+'} word={line.before ? 'changes' : line.change === 'begins' ? 'new' : 'carries more'} />)}
        </ul>
      </td>
      <td className="numeric"><Money of={monthlyOf(pair.before, 'before', currency)} /></td>
      <td className="numeric"><Money of={monthlyOf(pair.after, 'after', currency)} /></td>
    </tr>
  )
}

function Way({ line, sign, word }: { readonly line: Line; readonly sign: string; readonly word: string }): ReactNode {
  const side = line.after ?? line.before
  return <li><span className="whatif-sign" aria-hidden="true">{sign}</span> <PathMark path={line.path.id} /> <span className="quiet">{word}, <Bytes of={side?.bytes} /></span></li>
}

/** What stands by the hour, whatever goes through: only where there is some. */
function Hours({ whatIf: { hoursBefore, hoursAfter } }: { readonly whatIf: WhatIf }): ReactNode {
  if (parseDecimal(hoursBefore.amount).units === 0n && parseDecimal(hoursAfter.amount).units === 0n) return null
  return <tr><td>By the hour, whatever goes through</td><td className="numeric"><Money of={hoursBefore} /></td><td className="numeric"><Money of={hoursAfter} /></td></tr>
}

function isIn({ before, after }: Pair, selection: Selection | null): boolean {
  return selection?.kind === 'bundle' && [...before, ...after].some((line) => line.id === selection.id)
}

function Texts({ title, texts }: { readonly title: string; readonly texts: readonly string[] }): ReactNode {
  if (texts.length === 0) return null
  return <Section title={title}><ul className="evidence">{texts.map((text) => <li key={text} className="name">{displayName(text, 400)}</li>)}</ul></Section>
}
