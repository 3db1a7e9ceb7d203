import type { EntityKind } from '../gql/graphql'

export interface Found {
  readonly id: string
  readonly name: string
  readonly namespace: string
  readonly kind: EntityKind
}

const MOST = 8

/** Nodes whose name, namespace/name or id holds the text; names that begin with it come first. */
export function searchNodes<Node extends Found>(nodes: readonly Node[], text: string): Node[] {
  const wanted = text.trim().toLocaleLowerCase('en')
  if (wanted === '') return []
  return nodes
    .map((node) => ({ node, rank: rank(node, wanted) }))
    .filter(({ rank }) => rank > 0)
    .toSorted((a, b) => b.rank - a.rank || a.node.name.length - b.node.name.length || (a.node.id < b.node.id ? -1 : 1))
    .slice(0, MOST)
    .map(({ node }) => node)
}

function rank(node: Found, wanted: string): number {
  const name = node.name.toLocaleLowerCase('en')
  if (name === wanted) return 4
  if (name.startsWith(wanted)) return 3
  if (name.includes(wanted)) return 2
  const full = `${node.namespace}/${name} ${node.id}`.toLocaleLowerCase('en')
  return full.includes(wanted) ? 1 : 0
}

/** True where every word of what is looked for is somewhere in a text, in whatever case. */
export function holdsWords(text: string, wanted: string): boolean {
  const all = text.toLocaleLowerCase('en')
  return wanted.toLocaleLowerCase('en').split(/\s+/).every((word) => all.includes(word))
}
