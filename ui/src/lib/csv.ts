/** One cell: a text, a number, or nothing. */
export type Cell = string | number | bigint | boolean | null

// What spreadsheets take for the beginning of a formula, also after blanks, and in the full-width forms.
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/
const NUMBER = /^-?\d+(\.\d+)?$/

/**
 * RFC 4180 text with a heading. A text that a spreadsheet would run as a formula gets a leading
 * apostrophe; numbers stay numbers. Every other character is kept as it is.
 */
export function toCsv(columns: readonly string[], rows: ReadonlyArray<readonly Cell[]>): string {
  return [columns, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n') + '\r\n'
}

function csvCell(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell !== 'string') return String(cell)
  const safe = FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
