import { partsOf } from '../lib/identity'

/** The same question in the two languages: of one answered window, as of its version. */
export interface Asked {
  readonly from: string
  readonly to: string
  readonly version: number
}

export type About = { readonly kind: 'node' | 'transfer'; readonly id: string }

/** A query that anybody can send to /graphql: it names the version, so that it gives the same answer tomorrow. */
export function asGraphQL({ kind, id }: About, { from, to, version }: Asked): string {
  const window = `window: { from: "${from}", to: "${to}", asOf: { version: ${version} } }`
  if (kind === 'transfer') return `{\n  transfer(id: ${JSON.stringify(id)}, ${window}) {\n    transfer { id bytes cost { nano } }\n  }\n}\n`
  return `{\n  entity(id: ${JSON.stringify(id)}, ${window}) {\n    transfers(first: 100) { id bytes cost { nano } }\n  }\n}\n`
}

/** A statement for the Cypher screen, which gives it the window's transfers as $transfers (docs/formats/graph.md). */
export function asCypher({ kind, id }: About): string {
  const text = cypherText(id)
  const where = kind === 'transfer' ? `t.id = ${text}` : `t.source = ${text} OR t.destination = ${text}`
  return `UNWIND $transfers AS t\nWITH t WHERE ${where}\nRETURN t.id AS id, t.wireBytes AS bytes, t.costNano AS costNano\nORDER BY costNano DESC, bytes DESC, id\nLIMIT 100`
}

/** A Cypher string literal. What is not plain ASCII is written as an escape, so that no mark in it deceives who reads the statement. */
export function cypherText(text: string): string {
  const escaped = [...text].map((letter) => {
    if (letter === '\\' || letter === "'") return `\\${letter}`
    return /^[ -~]$/.test(letter) ? letter : [...Array(letter.length).keys()].map((at) => `\\u${letter.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')
  })
  return `'${escaped.join('')}'`
}

/** What a node's id says of a workload: "w/CLUSTER/NAMESPACE/KIND/NAME"; null for what is no workload. */
export function workloadOf(id: string): { readonly cluster: string; readonly namespace: string; readonly kind: string; readonly name: string } | null {
  const [letter, ...parts] = partsOf(id)
  const [cluster = '', namespace = '', kind = '', name = ''] = parts
  return letter === 'w' && parts.length === 4 && kind !== '' && name !== '' ? { cluster, namespace, kind, name } : null
}

/** A command for a shell: every part is quoted, whatever it holds. */
export function kubectlOf(id: string): string | null {
  const of = workloadOf(id)
  return of && `kubectl --namespace ${shellText(of.namespace)} describe ${shellText(of.kind.toLowerCase())} ${shellText(of.name)}`
}

export function shellText(text: string): string {
  return /^[\w./:-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

/** The link to a workload in a console, by a template with {cluster}, {namespace}, {kind} and {name}; null where the template is no web address. */
export function consoleLink(template: string, id: string): string | null {
  const of = workloadOf(id)
  if (!of || !/^https?:\/\/[^{}\s]+/.test(template)) return null
  const filled = template.replace(/\{(cluster|namespace|kind|name)\}/g, (_, part: keyof typeof of) => encodeURIComponent(of[part]))
  return URL.canParse(filled) ? filled : null
}
