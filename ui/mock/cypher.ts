import { readFileSync, readdirSync } from 'node:fs'
import { GraphQLError } from 'graphql'
import type * as api from './gen/schema'
import { type MockEdge, type Span, type World } from './world'

const QUERIES = new URL('../../graphsvc/savedcypher/queries/', import.meta.url)

/** The shipped queries themselves, read as the service reads them. */
export function savedCypher(): api.SavedCypher[] {
  return readdirSync(QUERIES).filter((name) => name.endsWith('.cypher')).toSorted().map((file) => {
    const lines = readFileSync(new URL(file, QUERIES), 'utf8').split('\n')
    const comments = lines.filter((line) => line.startsWith('//')).map((line) => line.slice(2).trim())
    const parameters = comments.slice(1).map((line) => {
      const [, name = '', meaning = '', value = ''] = /^\$(\w+): (.*); ?(.*)$/.exec(line) ?? []
      return { name, meaning, default: /^\d+$/.test(value) ? Number(value) : value }
    })
    return { name: file.replace(/^\d+-|\.cypher$/g, ''), title: comments[0] ?? '', statement: lines.filter((line) => !line.startsWith('//')).join('\n').trim(), parameters }
  })
}

/** Answers in the shapes of the service; what is matched is always the mock's own transfers, costliest first. */
export function cypher(world: World, { query, params, limit }: api.QueryCypherArgs, asked: Span): api.CypherAnswer {
  const refused = /\b(CREATE|DELETE|SET|MERGE|LOAD|CALL)\b/i.exec(query)
  if (refused) {
    throw new GraphQLError(`not taken: at character ${refused.index + 1}: ${refused[0].toUpperCase()} is not for reading`, { extensions: { code: 'CYPHER_REFUSED', hint: 'Statements may MATCH, filter and RETURN. To change endpoints, see the Settings screen.' } })
  }
  if (!/\bRETURN\b/i.test(query)) throw new GraphQLError("Query cannot conclude with MATCH", { extensions: { code: 'BAD_INPUT', hint: 'correct the statement; docs/formats/graph.md describes the graph' } })
  if (query.startsWith('UNWIND $transfers')) return ofWindow(world, query, asked)
  const newest = world.endOf(world.newest)
  const span = { from: newest - 3_600_000, to: newest, known: newest }
  const edges = world.edges.filter((edge) => edge.bytes(span) > 0n).toSorted((a, b) => Number(b.cost(span)) - Number(a.cost(span))).slice(0, Number((params as { limit?: number } | null | undefined)?.limit ?? limit ?? 200))
  if (/RETURN p\b/.test(query)) return asPaths(edges.slice(0, 8))
  const rows = edges.map((edge) => [edge.source.id, edge.destination.id, edge.row.path, Number(edge.bytes(span)), Math.floor(Number(edge.cost(span)) * 1e9)])
  return { columns: ['source', 'destination', 'path', 'bytes', 'costNano'], rows, more: false, estimatedRows: edges.length, nodes: [], relationships: [] }
}

/** The statement that the drawer copies, on the transfers of a window. */
function ofWindow(world: World, query: string, span: Span): api.CypherAnswer {
  const [, escaped = ''] = /= '((?:\\.|[^'\\])*)'/.exec(query) ?? []
  const id = escaped.replaceAll(/\\u([0-9a-f]{4})|\\(.)/g, (_, code: string | undefined, letter: string | undefined) => (code === undefined ? (letter ?? '') : String.fromCharCode(Number.parseInt(code, 16))))
  const rows = world.edges.map((edge) => edge.transfer(span)).filter((row) => Number(row.bytes) > 0 && [row.id, row.source, row.destination].includes(id))
    .map((row): [string, number, number] => [row.id, Number(row.bytes), Number(row.cost.nano)]).toSorted((a, b) => b[2] - a[2] || b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  return { columns: ['id', 'bytes', 'costNano'], rows: rows.slice(0, 100), more: false, estimatedRows: rows.length, nodes: [], relationships: [] }
}

function asPaths(edges: readonly MockEdge[]): api.CypherAnswer {
  const nodes = new Map(edges.flatMap(({ source, destination }) => [source, destination]).map((node) => [node.id, { element: node.id, labels: ['Entity', labelOf(node.kind)], properties: { id: node.id, name: node.name } }]))
  const relationships = edges.map((edge) => ({ element: edge.id, start: edge.source.id, end: edge.destination.id, type: 'TRANSFERS', properties: { id: edge.id, pathKind: edge.row.path } }))
  const rows = edges.map((edge, index) => [{ nodes: [nodes.get(edge.source.id), nodes.get(edge.destination.id)], relationships: [relationships[index]] }])
  return { columns: ['p'], rows, more: false, estimatedRows: edges.length, nodes: [...nodes.values()], relationships }
}

function labelOf(kind: api.EntityKind): string {
  return { WORKLOAD: 'Workload', NODE: 'Node', CLOUD_ENDPOINT: 'CloudEndpoint', UNKNOWN: 'Unknown' }[kind]
}
