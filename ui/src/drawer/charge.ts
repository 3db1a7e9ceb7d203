import { formatBytes, toBytes, type WireBytes } from '../lib/bytes'
import { displayName } from '../lib/name'
import { pathClass } from '../lib/paths'

/** What the words about a charge line are made of. */
export interface Charge {
  readonly payer: string
  readonly code: string
  readonly rule: string
  readonly tier: string
  readonly unitBytes: WireBytes
  readonly unpricedReason: string
}

const GATEWAYS: Record<string, string> = {
  nat: 'NAT gateway',
  'transit-gateway': 'transit gateway',
  'transit-gateway-nat': 'transit gateway or the NAT gateway behind it',
  'interface-endpoint': 'interface endpoint',
  'gateway-endpoint': 'gateway endpoint',
}
const GIB = 1n << 30n
const GB = 1_000_000_000n

/** True where a rule says that nothing is charged: such a line has no code, no rate and no payer. */
export function isFree({ code, unpricedReason }: Charge): boolean {
  return code === '' && unpricedReason === ''
}

/** The heading of a line: the code as on the provider's bill, or why there is none. */
export function chargeTitle(charge: Charge): string {
  if (charge.unpricedReason !== '') return charge.code === '' ? 'Without price' : displayName(charge.code)
  return isFree(charge) ? `Free by rule ${displayName(charge.rule)}` : displayName(charge.code)
}

/** "paid by the owner of the NAT gateway"; `path` is the transfer's way. */
export function payerText(payer: string, path: string): string {
  switch (payer) {
    case 'source':
      return 'paid by the owner of the sender'
    case 'destination':
      return 'paid by the owner of the receiver'
    case 'gateway':
      return `paid by the owner of the ${GATEWAYS[pathClass(path).id] ?? 'gateway'}`
    case 'none':
      return 'nobody pays for it'
    default:
      return `paid by: ${displayName(payer)}`
  }
}

/** ", tier 1"; tiers that the price book names keep their name; '' where the price has no tiers. */
export function tierText(tier: string): string {
  if (tier === '') return ''
  return /^\d+$/.test(tier) ? `, tier ${tier}` : `, ${displayName(tier)}`
}

/** The billed unit: "GiB", "GB", or the bytes of it. */
export function unitText(unitBytes: WireBytes): string {
  const exact = toBytes(unitBytes)
  if (exact === GB) return 'GB'
  return exact === GIB ? 'GiB' : formatBytes(exact).replace(/^1 /, '')
}
