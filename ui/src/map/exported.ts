import type { Exported } from '../ui/ExportButtons'
import type { GraphTransfer } from './useGraph'

const FIELDS = ['id', 'source', 'destination', 'path', 'via', 'server_port', 'protocol', 'source_zone', 'destination_zone', 'bytes', 'cost', 'currency'] as const

/** Transfers as a table for files, with exact figures. */
export function exportedTransfers(rows: readonly GraphTransfer[]): Exported {
  return { columns: FIELDS, rows: rows.map((row) => [row.id, row.source, row.destination, row.path, row.via, row.serverPort, row.protocol, row.sourceZone, row.destinationZone, String(row.bytes), row.cost.amount, row.cost.currency]) }
}
