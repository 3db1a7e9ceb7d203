import { type WireBytes, toBytes } from '../lib/bytes'
import { MINUTE_MS } from '../lib/time'
import type { Measure } from '../lib/view'
import type { Range } from '../lib/window'

export interface Minute {
  readonly minute: string
  readonly bytes: WireBytes
  readonly cost: { readonly nano: WireBytes }
}

/**
 * Columns for the chart: seconds since 1970 and one value per minute of the span. A minute that was
 * not answered is a gap (null), never a zero.
 */
export function columns(totals: readonly Minute[], measure: Measure, span: Range): [number[], Array<number | null>] {
  const known = new Map(totals.map((one) => [Date.parse(one.minute), one]))
  const times: number[] = []
  const values: Array<number | null> = []
  for (let at = Math.ceil(Date.parse(span.from) / MINUTE_MS) * MINUTE_MS; at < Date.parse(span.to); at += MINUTE_MS) {
    const one = known.get(at)
    times.push(at / 1000)
    values.push(one === undefined ? null : measure === 'cost' ? Number(toBytes(one.cost.nano)) / 1e9 : Number(toBytes(one.bytes)))
  }
  return [times, values]
}
