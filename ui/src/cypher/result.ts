import type { CypherQuery } from '../gql/graphql'
import type { Cell } from '../lib/csv'

export type CypherResult = CypherQuery['cypher']

export interface DrawnNode {
  readonly id: string
  readonly name: string
  /** The first label that says what it is, for its shape. */
  readonly label: string
  /** Id of the map's node, null where it is none. */
  readonly entity: string | null
}

export interface DrawnLink {
  readonly id: string
  readonly source: string
  readonly target: string
  readonly type: string
}

export interface DrawnGraph {
  readonly nodes: readonly DrawnNode[]
  readonly links: readonly DrawnLink[]
}

/** What a value of an answer is, for showing it. */
export type Shown = 'node' | 'relationship' | 'path' | 'list' | 'other'

/** Ids of the map's nodes look like this: kind, then parts. */
const ENTITY_ID = /^[wmneu]\/\S/
/** First parts of ids, as the API has them, with the label of their nodes. */
const LABEL_OF_ID: Readonly<Record<string, string>> = { w: 'Workload', m: 'Node', n: 'Node', e: 'CloudEndpoint', u: 'Unknown' }
const FROM_COLUMNS = ['source', 'from', 'one', 'peer']
const TO_COLUMNS = ['destination', 'to', 'other', 'endpoint']

export function kindOf(value: unknown): Shown {
  if (Array.isArray(value)) return 'list'
  if (typeof value !== 'object' || value === null) return 'other'
  if ('labels' in value && 'properties' in value) return 'node'
  if ('type' in value && 'properties' in value) return 'relationship'
  if ('nodes' in value && 'relationships' in value) return 'path'
  return 'other'
}

/** A value as one line of text: names of nodes, types of relationships, JSON of the rest. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  const record = value as Record<string, unknown>
  switch (kindOf(value)) {
    case 'node': return nameOf(record['properties'])
    case 'relationship': return `[:${String(record['type'])}]`
    case 'path': return (record['nodes'] as unknown[]).map(textOf).join(' — ')
    case 'list': return (value as unknown[]).map(textOf).join(', ')
    default: return JSON.stringify(value)
  }
}

/** A value as a cell of a file: numbers stay numbers. */
export function cellOf(value: unknown): Cell {
  return typeof value === 'number' || typeof value === 'boolean' ? value : value === null || value === undefined ? null : textOf(value)
}

/** The answer as a graph: its nodes and relationships, or where it has none, ends named in its columns. */
export function graphOf(result: CypherResult): DrawnGraph {
  if (result.nodes.length > 0) {
    const nodes = new Map(result.nodes.map((node) => [node.element, { id: node.element, name: nameOf(node.properties), label: labelOf(node.labels), entity: node.labels.includes('Entity') ? idOf(node.properties) : null }]))
    const links = result.relationships.map((one) => ({ id: one.element, source: one.start, target: one.end, type: one.type }))
    return { nodes: [...nodes.values()], links: links.filter((link) => nodes.has(link.source) && nodes.has(link.target)) }
  }
  return graphOfColumns(result)
}

/** Ids of the map's nodes that an answer names, in order. */
export function entitiesOf(result: CypherResult): string[] {
  const named = graphOf(result).nodes.flatMap((node) => node.entity ?? [])
  const cells = result.rows.flat().flatMap((value) => (Array.isArray(value) ? value as unknown[] : [value])).filter((value): value is string => typeof value === 'string' && isEntityId(value))
  return [...new Set([...named, ...cells])]
}

function graphOfColumns({ columns, rows }: CypherResult): DrawnGraph {
  const [from, to] = [FROM_COLUMNS, TO_COLUMNS].map((names) => columns.findIndex((column) => names.includes(column)))
  const nodes = new Map<string, DrawnNode>()
  const links = new Map<string, DrawnLink>()
  for (const row of rows) {
    const [source, target] = [row[from ?? -1], row[to ?? -1]]
    if (typeof source !== 'string' || typeof target !== 'string' || source === '' || target === '') continue
    for (const id of [source, target]) nodes.set(id, { id, name: shortName(id), label: LABEL_OF_ID[id.split('/', 1)[0] ?? ''] ?? '', entity: isEntityId(id) ? id : null })
    links.set(`${source}\n${target}`, { id: `${source}\n${target}`, source, target, type: '' })
  }
  return { nodes: [...nodes.values()], links: [...links.values()] }
}

function isEntityId(text: string): boolean {
  return ENTITY_ID.test(text)
}

/** The last part; of what is outside also the one before, since many are called by their region. */
function shortName(id: string): string {
  const parts = id.split('/').filter(Boolean)
  return isEntityId(id) ? parts.slice(parts[0] === 'w' ? -1 : -2).join(' ') : id
}

function nameOf(properties: unknown): string {
  const { name, id, hash, number } = (properties ?? {}) as Record<string, unknown>
  for (const value of [name, hash, id]) if (typeof value === 'string' && value !== '') return value
  return typeof number === 'number' ? `v${number}` : ''
}

function idOf(properties: unknown): string | null {
  const { id } = (properties ?? {}) as Record<string, unknown>
  return typeof id === 'string' ? id : null
}

function labelOf(labels: readonly string[]): string {
  return labels.find((label) => label !== 'Entity') ?? labels[0] ?? ''
}
