import type * as api from './gen/schema'
import { addUp } from './decimal'
import { type MockEdge, type Span, iso, minutes, money } from './world'

/** A month as the service tells it. The mock holds three hours, and says of the days before that they were like them. */
export function forecastOf(edges: readonly MockEdge[], { to, known }: Span, young: boolean): api.CostForecast {
  const through = Math.min(to, known)
  const at = new Date(through - 60_000)
  const [from, end] = [Date.UTC(at.getUTCFullYear(), at.getUTCMonth()), Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1)]
  const hour = Number(addUp(edges.map((edge) => edge.cost({ from: through - 3_600_000, to: through, known }))))
  const measured = minutes({ from, to: through, known }).length
  const spent = hour * (young ? measured / 60 : (through - from) / 3_600_000)
  const rest = hour * ((end - through) / 3_600_000)
  const text = (amount: number): api.Money => money(amount.toFixed(9))
  return {
    from: iso(from), through: iso(through), to: iso(end), toDate: text(spent),
    missingMinutes: young ? (through - from) / 60_000 - measured : 0, historyHours: young ? Math.floor(measured / 60) : 540,
    method: young ? 'NONE' : 'HOUR_OF_WEEK', unknown: young ? `${Math.floor(measured / 60)} hours are measured of the 48 that a forecast takes` : '',
    expected: young ? null : text(spent + rest), low: young ? null : text(spent + rest * 0.82), high: young ? null : text(spent + rest * 1.31),
    assumptions: young ? [] : ['each hour to come costs the median of the measured hours at its time of the week, in the last four weeks', 'prices and the tiers that are reached stay as they are', 'what costs by the hour, such as a gateway, is not in it'],
  }
}
