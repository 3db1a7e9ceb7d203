import { displayName } from '../lib/name'
import type { GraphTransfer } from './useGraph'

/** "use1-az1 → use1-az2", "within use1-az1"; an end without a zone says so. */
export function zonesText({ sourceZone, destinationZone }: Pick<GraphTransfer, 'sourceZone' | 'destinationZone'>): string {
  if (sourceZone === '' && destinationZone === '') return 'no zones'
  if (sourceZone === destinationZone) return `within ${displayName(sourceZone, 24)}`
  return `${zone(sourceZone)} → ${zone(destinationZone)}`
}

function zone(id: string): string {
  return id === '' ? 'no zone' : displayName(id, 24)
}
