import type { ReactNode } from 'react'
import { type Meta } from '../api/head'
import { directionOf, signedMoney } from '../compare/change'
import { accountedFor } from '../lib/accounting'
import { plural } from '../lib/bytes'
import { formatExactMoney } from '../lib/money'
import { formatRangeBeside } from '../lib/time'
import type { Range } from '../lib/window'
import { Bytes, Money, NotKnown, TimeRange } from '../ui/figures'
import type { Forecast } from '../forecast/useForecast'
import { DAY_MINUTES, MONTH_MINUTES, atPace } from './pace'
import type { Overview } from './useOverview'

interface Props {
  readonly overview: Overview
  readonly meta: Meta
  readonly range: Range
  readonly earlier: Range
  readonly month: Forecast | null
}

/** The window in five figures. */
export function Tiles({ overview: { diff }, meta, range, earlier, month }: Props): ReactNode {
  const { after, costChange } = diff.total
  const known = diff.after.window.foldedMinutes ?? 0
  const pace = (minutes: number): ReactNode => {
    const money = atPace(after.cost, known, minutes)
    return money ? <Money of={money} /> : <NotKnown />
  }
  return (
    <dl className="tiles">
      <div><dt>Cost</dt><dd><Money of={after.cost} /></dd><dd className="quiet"><TimeRange {...range} /></dd></div>
      <div>
        <dt>Change</dt>
        <dd>{diff.before.window.foldedMinutes ? <span className={`figure ${directionOf(costChange.amount)}`} title={formatExactMoney(costChange)}>{signedMoney(costChange)}</span> : <NotKnown />}</dd>
        <dd className="quiet">{againstText(diff.before.window, formatRangeBeside(earlier.from, earlier.to, range.from))}</dd>
      </div>
      <div><dt>At this pace, a day</dt><dd>{pace(DAY_MINUTES)}</dd><dd className="quiet">{plural(known, 'minute')} measured</dd></div>
      <div><dt>{month?.expected ? 'This month, expected' : 'At this pace, 30 days'}</dt><dd>{month?.expected ? <Money of={month.expected} /> : pace(MONTH_MINUTES)}</dd><dd className="quiet">{monthText(month)}</dd></div>
      <div><dt>Moved</dt><dd><Bytes of={after.bytes} /></dd><dd className="quiet">{accountedFor(meta)}</dd></div>
    </dl>
  )
}

/** What the window is compared with. Of a window that nothing is known of there is no change to tell. */
function againstText({ foldedMinutes, minutes }: Overview['diff']['before']['window'], earlier: string): string {
  if (!foldedMinutes) return `nothing is known of ${earlier}`
  return foldedMinutes < minutes ? `against ${earlier}, of which ${foldedMinutes} of ${minutes} minutes are known` : `against ${earlier}`
}

function monthText(month: Forecast | null): ReactNode {
  if (!month) return 'not a forecast: the pace of this window'
  if (!month.expected || !month.low || !month.high) return <><Money of={month.toDate} /> in the month so far; too young for a forecast</>
  return <><Money of={month.toDate} /> so far, <Money of={month.low} /> to <Money of={month.high} /> at its end</>
}
