/** How a line is drawn: length in pixels of one dash with its gap, and the drawn share of it. */
export interface Dash {
  readonly period: number
  readonly drawn: number
}

/** One class of ways that bytes take. Colour never stands alone: each class has a dash, too. */
export interface PathClass {
  readonly id: string
  readonly label: string
  /** Semantic colour token of theme/tokens.css. */
  readonly token: `--path-${string}`
  readonly dash: Dash
  readonly meaning: string
}

const SOLID: Dash = { period: 0, drawn: 1 }
const DASHED: Dash = { period: 14, drawn: 0.6 }
const DOTTED: Dash = { period: 7, drawn: 0.42 }
const LONG: Dash = { period: 26, drawn: 0.78 }

/** In order of legend: costly ways first. The ids are the path kinds of the API. */
export const PATH_CLASSES: readonly PathClass[] = [
  { id: 'nat', label: 'NAT gateway', token: '--path-nat', dash: SOLID, meaning: 'through a NAT gateway, charged per byte on top of the transfer' },
  { id: 'transit-gateway-nat', label: 'Transit, then NAT', token: '--path-nat', dash: LONG, meaning: 'through a transit gateway to the NAT gateway of another network; both are charged' },
  { id: 'internet-gateway', label: 'Internet gateway', token: '--path-internet', dash: SOLID, meaning: 'by a public address of its own' },
  { id: 'transit-gateway', label: 'Transit gateway', token: '--path-transit', dash: LONG, meaning: 'between networks through a transit gateway' },
  { id: 'peering', label: 'Peering', token: '--path-peering', dash: DASHED, meaning: 'between peered networks' },
  { id: 'public-same-region', label: 'Public, same region', token: '--path-public', dash: DASHED, meaning: 'by a public address within the region' },
  { id: 'interface-endpoint', label: 'Interface endpoint', token: '--path-interface', dash: LONG, meaning: 'through a private interface endpoint' },
  { id: 'gateway-endpoint', label: 'Gateway endpoint', token: '--path-gateway', dash: DASHED, meaning: 'through a gateway endpoint for S3 or DynamoDB' },
  { id: 'load-balancer', label: 'Load balancer', token: '--path-interface', dash: DASHED, meaning: 'to or from an interface of a load balancer' },
  { id: 'direct-connect', label: 'Private line', token: '--path-transit', dash: SOLID, meaning: 'by a private line to the own network' },
  { id: 'vpn', label: 'VPN', token: '--path-transit', dash: DOTTED, meaning: 'by an encrypted tunnel to the own network' },
  { id: 'vpc', label: 'Within the VPC', token: '--path-vpc', dash: SOLID, meaning: 'between private addresses of one VPC' },
  { id: 'node', label: 'Within a machine', token: '--path-node', dash: DOTTED, meaning: 'never left the machine' },
  { id: 'unknown', label: 'Unknown way', token: '--path-unknown', dash: DOTTED, meaning: 'no inventory tells the way' },
]

const BY_ID = new Map(PATH_CLASSES.map((path) => [path.id, path]))
const UNKNOWN = PATH_CLASSES[PATH_CLASSES.length - 1] as PathClass

/** The class of a path as the API names it: "nat", or "nat:nat-0a1@use1-az1". A kind that is new to this UI keeps its name. */
export function pathClass(path: string): PathClass {
  const kind = path.split(/[:@?]/, 1)[0] ?? ''
  return BY_ID.get(kind) ?? { ...UNKNOWN, id: kind, label: kind === '' ? UNKNOWN.label : kind }
}
