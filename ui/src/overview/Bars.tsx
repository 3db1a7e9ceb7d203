import type { ReactNode } from 'react'
import { shareOf } from '../map/MapToolbar'
import { Bytes } from '../ui/figures'
import { formatExactMoney, isNothing, withCurrency } from '../lib/money'
import { barLength } from './pace'
import type { Line, Overview } from './useOverview'

type Sum = Overview['paths']['total']

interface Props {
  readonly title: string
  readonly lines: readonly Line[]
  readonly rest: Sum
  readonly total: Sum
  readonly name: (line: Line) => ReactNode
}

/** Lines of a statement as bars: as shown they add up to the total as shown. */
export function Bars({ title, lines, rest, total, name }: Props): ReactNode {
  const longest = lines[0]?.sum.amount.amount ?? '0'
  return (
    <section className="panel" aria-label={title}>
      <h2>{title}</h2>
      <ol className="bars">
        {lines.map((line) => (
          <li key={line.group.join('|')}>
            <span className="bar-name">{name(line)}</span>
            <Amount sum={line.sum} share={shareOf(line.sum.amount.amount, total.amount.amount)} />
            <svg className="bar" width="100%" height="5" aria-hidden="true"><rect className="ground" width="100%" height="5" rx="2.5" /><rect width={`${100 * barLength(line.sum.amount.amount, longest)}%`} height="5" rx="2.5" /></svg>
          </li>
        ))}
        {rest.lines > 0 && (
          <li>
            <span className="bar-name quiet">{rest.lines} others</span>
            <Amount sum={rest} share={shareOf(rest.amount.amount, total.amount.amount)} />
          </li>
        )}
      </ol>
      <p className="panel-total"><b>Total</b> <span className="figure" title={formatExactMoney(total.amount)}><b>{withCurrency(total.shown, total.amount.currency)}</b></span></p>
    </section>
  )
}

function Amount({ sum, share }: { readonly sum: Sum; readonly share: string }): ReactNode {
  return (
    <span className="bar-amount">
      <span className="figure" title={formatExactMoney(sum.amount)}>{withCurrency(isNothing(sum.amount.amount) ? '0' : sum.shown, sum.amount.currency)}</span>
      <span className="quiet figure">{share}</span>
      {sum.unpricedBytes !== 0 && sum.unpricedBytes !== '0' && <span className="warn" title="No price is known for these bytes: the true cost is higher">+ <Bytes of={sum.unpricedBytes} /> without price</span>}
    </span>
  )
}
