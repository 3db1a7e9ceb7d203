import { type ReactNode, useMemo } from 'react'
import { displayName } from '../lib/name'
import { Bytes, Money } from '../ui/figures'
import { Name } from '../ui/Name'
import { type Column, SortableTable } from '../ui/SortableTable'
import { type CypherResult, textOf } from './result'

interface Row {
  readonly at: string
  readonly values: readonly unknown[]
}

/** The answer as rows. Bytes and costs, known by their columns' names, are shown with their units. */
export function ResultTable({ result, currency }: { readonly result: CypherResult; readonly currency: string }): ReactNode {
  const rows = useMemo(() => result.rows.map((values, index) => ({ at: String(index), values })), [result])
  const columns = useMemo(() => result.columns.map((name, index) => columnOf(name, index, result, currency)), [result, currency])
  return <SortableTable caption="Result" columns={columns} rows={rows} rowId={(row) => row.at} initial={{ column: '', descending: false }} />
}

function columnOf(name: string, index: number, { rows }: CypherResult, currency: string): Column<Row> {
  const numeric = rows.length > 0 && rows.every((row) => row[index] === null || typeof row[index] === 'number')
  return {
    id: String(index),
    label: displayName(name, 60),
    numeric,
    sort: numeric ? (row) => (row.values[index] as number | null) ?? Number.NEGATIVE_INFINITY : (row) => textOf(row.values[index]),
    cell: (row) => shown(name, row.values[index], currency),
  }
}

function shown(name: string, value: unknown, currency: string): ReactNode {
  if (value === null || value === undefined) return <span className="quiet">null</span>
  if (typeof value === 'number' && Number.isInteger(value)) {
    if (/bytes$/i.test(name)) return <Bytes of={value} />
    if (/costNano$/i.test(name)) return <Money of={{ amount: nanoText(value), currency }} />
    return <span className="figure">{value}</span>
  }
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return <Name of={String(value)} longest={80} />
  return <Name of={textOf(value)} longest={160} />
}

/** 10^-9 units as a decimal. */
function nanoText(nano: number): string {
  const digits = String(Math.abs(nano)).padStart(10, '0')
  return `${nano < 0 ? '-' : ''}${digits.slice(0, -9)}.${digits.slice(-9)}`
}
