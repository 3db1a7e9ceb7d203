import { type ReactNode, useMemo, useState } from 'react'

type Spare = 'wide' | 'spare' | 'sparer' | 'sparest' | 'least'

export interface Column<Row> {
  readonly id: string
  readonly label: string
  readonly cell: (row: Row) => ReactNode
  /** What to sort by; without it the column is not sortable. */
  readonly sort?: (row: Row) => string | number | bigint
  readonly numeric?: boolean
  /** From how narrow a place on there is no room for the column: below 1560, 1240, 1030, 700 or 480 pixels. */
  readonly spare?: Spare
  /** The column that shows this one's cell beside its own where there is no room for the column: folded away is not lost. */
  readonly into?: string
  /** What is shown there, where the cell by itself would not say what it is. */
  readonly foldedCell?: (row: Row) => ReactNode
}

interface Props<Row> {
  readonly caption: string
  readonly columns: ReadonlyArray<Column<Row>>
  readonly rows: readonly Row[]
  readonly rowId: (row: Row) => string
  readonly initial: { readonly column: string; readonly descending: boolean }
  /** Ids of the rows that stand out. */
  readonly selected?: ReadonlySet<string>
}

/** A table that sorts by its headings: click or Enter. Numbers stand right. */
export function SortableTable<Row>({ caption, columns, rows, rowId, initial, selected }: Props<Row>): ReactNode {
  const [order, setOrder] = useState(initial)
  const sorted = useMemo(() => sortRows(rows, columns.find((column) => column.id === order.column), order.descending), [rows, columns, order])
  return (
    // A region that scrolls must be reachable with the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="scroll narrows" tabIndex={0} role="region" aria-label={caption}>
      <table className="table">
        <caption className="hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => {
              const active = column.id === order.column
              const direction = order.descending ? 'descending' : 'ascending'
              return (
                <th key={column.id} scope="col" className={classOf(column)} aria-sort={active ? direction : undefined}>
                  {column.sort ? (
                    <button type="button" onClick={() => setOrder({ column: column.id, descending: active ? !order.descending : column.numeric === true })}>
                      {column.numeric !== true && column.label}
                      <span aria-hidden="true" className="arrow">{active ? (order.descending ? '▼' : '▲') : ''}</span>
                      {column.numeric === true && column.label}
                    </button>
                  ) : column.label}
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <tr key={rowId(row)} className={selected?.has(rowId(row)) ? 'selected' : undefined}>
              {columns.map((column) => <td key={column.id} className={classOf(column)}>{column.cell(row)}{foldedInto(column, columns, row)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The cells of columns without room of their own, with what is folded into those; hidden where they have it. */
function foldedInto<Row>({ id }: Column<Row>, columns: ReadonlyArray<Column<Row>>, row: Row): ReactNode {
  return columns.filter(({ into }) => into === id).map((column) => <span key={column.id} className={`folded quiet small ${column.spare ?? ''}`}>{(column.foldedCell ?? column.cell)(row)}{foldedInto(column, columns, row)}</span>)
}

function classOf({ numeric, spare }: Pick<Column<never>, 'numeric' | 'spare'>): string | undefined {
  return [numeric ? 'numeric' : '', spare ?? ''].filter(Boolean).join(' ') || undefined
}

export function sortRows<Row>(rows: readonly Row[], column: Column<Row> | undefined, descending: boolean): Row[] {
  const sort = column?.sort
  if (!sort) return [...rows]
  const sign = descending ? -1 : 1
  return rows.toSorted((a, b) => {
    const [left, right] = [sort(a), sort(b)]
    if (typeof left === 'string' && typeof right === 'string') return sign * left.localeCompare(right, 'en')
    return left < right ? -sign : left > right ? sign : 0
  })
}
