import type { ReactNode } from 'react'
import { type Cell, toCsv } from '../lib/csv'
import { download } from './download'

export interface Exported {
  readonly columns: readonly string[]
  readonly rows: ReadonlyArray<readonly Cell[]>
}

interface Props {
  /** What the files are called, without ending. */
  readonly name: string
  readonly table: () => Exported
  /** The JSON file's content; one object per row of the table where it is left out. */
  readonly json?: () => unknown
}

/** CSV and JSON of what is on the screen, exact figures in them. */
export function ExportButtons({ name, table, json }: Props): ReactNode {
  const asCsv = (): void => {
    const { columns, rows } = table()
    download(`${name}.csv`, toCsv(columns, rows), 'text/csv')
  }
  const asJson = (): void => download(`${name}.json`, `${JSON.stringify(json ? json() : objects(table()), null, 2)}\n`, 'application/json')
  return (
    <span className="exports">
      <button type="button" className="link" aria-label={`Export ${name} as CSV`} onClick={asCsv}>CSV</button>
      <button type="button" className="link" aria-label={`Export ${name} as JSON`} onClick={asJson}>JSON</button>
    </span>
  )
}

/** Bytes and exact money stay texts: JSON numbers would lose digits. */
function objects({ columns, rows }: Exported): unknown {
  return rows.map((row) => Object.fromEntries(columns.map((column, index) => {
    const cell = row[index] ?? null
    return [column, typeof cell === 'bigint' ? String(cell) : cell]
  })))
}
