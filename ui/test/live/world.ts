import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** The running demo: no sign-in, everybody is an admin. */
export const DEMO = process.env['EGRESSOR_UI_URL'] ?? 'http://127.0.0.1:8080'
/** A served scenario of an hour with planted incidents, behind a sign-in; '' where none is served. */
export const STORY = process.env['EGRESSOR_UI_STORY_URL'] ?? ''
const TOKENS = process.env['EGRESSOR_UI_TOKENS'] ?? ''
const BINARY = process.env['EGRESSOR_BIN'] ?? new URL('../../../bin/egressor', import.meta.url).pathname

export type Role = 'viewer' | 'analyst' | 'admin'

/** The secret of the story's token of a role. */
export function tokenOf(role: Role): string {
  return readFileSync(`${TOKENS}/${role}.token`, 'utf8').trim()
}

/** Asks the API behind the browser's back: what the screens must agree with. */
export async function answer<Data>(query: string, variables: Record<string, unknown> = {}, of: { readonly base?: string; readonly token?: string } = {}): Promise<Data> {
  const response = await fetch(`${of.base ?? DEMO}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(of.token === undefined ? {} : { authorization: `Bearer ${of.token}` }) },
    body: JSON.stringify({ query, variables }),
  })
  const { data, errors } = (await response.json()) as { data: Data; errors?: unknown }
  if (errors) throw new Error(`${query}: ${JSON.stringify(errors)}`)
  return data
}

/** Runs the command line against the demo and returns what it prints. */
export function egressor(args: readonly string[], input = ''): string {
  return execFileSync(BINARY, [...args, '--server', DEMO], { input, encoding: 'utf8', timeout: 180_000 })
}

/** Asks until the answer is there, on machines that do other things as well. */
export async function until<Value>(what: string, ask: () => Promise<Value | null | undefined | false>, seconds = 400): Promise<Value> {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const found = await ask()
    if (found) return found
    if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s`)
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

/** A window as a link and as the API takes it, pinned: both give the same tomorrow. */
export interface Pinned {
  readonly version: number
  readonly from: string
  readonly to: string
  /** Parameters of a link. */
  readonly link: string
  /** The API's Window. */
  readonly window: { readonly from: string; readonly to: string; readonly asOf: { readonly version: number } }
}

/** The last minutes of what is known now. */
export async function pin(minutes = 15): Promise<Pinned> {
  const { meta } = await answer<{ meta: { version: { number: number } } }>('{ meta { version { number } } }')
  const { graph } = await answer<{ graph: { window: { to: string } } }>('query($v: Version!) { graph(window: { asOf: { version: $v } }, limit: 1) { window { to } } }', { v: meta.version.number })
  return pinnedTo(meta.version.number, shifted(graph.window.to, -minutes), graph.window.to)
}

export function pinnedTo(version: number, from: string, to: string): Pinned {
  return { version, from, to, link: `from=${from}&to=${to}&v=${version}`, window: { from, to, asOf: { version } } }
}

/** A moment some minutes later. */
export function shifted(moment: string, minutes: number): string {
  return `${new Date(Date.parse(moment) + minutes * 60_000).toISOString().slice(0, 19)}Z`
}

export interface Transfer {
  readonly id: string
  readonly source: string
  readonly destination: string
  readonly sourceName: string
  readonly destinationName: string
  readonly path: string
  readonly bytes: number
  readonly cost: { readonly amount: string; readonly nano: number }
}

const TRANSFERS = `query($window: Window!, $first: Int!) {
  transfers(window: $window, first: $first) { edges { node { id source destination sourceName destinationName path bytes cost { amount nano } } } }
}`

/** The transfers of a window, the costliest first. */
export async function transfersOf(window: object, first = 500): Promise<Transfer[]> {
  const { transfers } = await answer<{ transfers: { edges: Array<{ node: Transfer }> } }>(TRANSFERS, { window, first })
  return transfers.edges.map((edge) => edge.node)
}

/** Of some things the first of which something holds: what a journey cannot do without. */
export function firstOf<Item>(items: readonly Item[], what: string, holds: (item: Item) => boolean = () => true): Item {
  const found = items.find(holds)
  if (found === undefined) throw new Error(`none of ${items.length} is ${what}`)
  return found
}
