import type { View } from '../lib/view'
import type { Exported } from '../ui/ExportButtons'
import { lineName } from './lineName'
import type { Statement } from './useStatement'

/** The lines of a statement with exact figures, and what is not listed as a line of its own: the file adds up as the screen does. */
export function exported(view: View, { lines, rest, total, currency }: Statement): Exported {
  const row = (value: string, name: string, sum: Statement['total']): Exported['rows'][number] =>
    [value, name, sum.amount.amount, sum.standing.amount, currency, String(sum.billedBytes), String(sum.unpricedBytes)]
  return {
    columns: [view.costBy, 'name', 'cost', 'cost_by_the_hour', 'currency', 'billed_bytes', 'bytes_without_price'],
    rows: [
      ...lines.map((line) => row(line.group[0] ?? '', lineName(view.costBy, view.causer, line.group[0] ?? ''), line.sum)),
      ...(rest.lines > 0 ? [row('', `${rest.lines} others`, rest)] : []),
      row('', 'total', total),
    ],
  }
}
