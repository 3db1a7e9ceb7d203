import { existsSync, readFileSync } from 'node:fs'
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSchema, execute, graphql, subscribe, validate } from 'graphql'
import { createHandler } from 'graphql-sse/lib/use/http'
import { hostileAnswer } from './hostile'
import { resolvers } from './resolvers'
import { type Scenario, World } from './world'

export interface Mock {
  readonly url: string
  readonly world: World
  /** Ends the sign-in of who is signed in, as a change of the access file does. */
  readonly endSignIn: () => void
  readonly stop: () => Promise<void>
}

const UI = fileURLToPath(new URL('..', import.meta.url))
const SCHEMA = join(UI, '../schema.graphqls')
const TYPES: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json' }
/** The same policy as the Go server's, so that what it forbids fails here first. */
const POLICY = readFileSync(join(UI, 'csp.txt'), 'utf8').trim()
const GRAPHIQL_POLICY = readFileSync(join(UI, 'csp-graphiql.txt'), 'utf8').trim()

/** Serves /graphql, /graphql/stream and the built UI. Development and tests only; port 0 takes a free one. */
export async function startMock({ scenario, port = 0 }: { scenario: Scenario; port?: number }): Promise<Mock> {
  const schema = buildSchema(readFileSync(SCHEMA, 'utf8'))
  const world = new World(scenario)
  const rootValue = resolvers(world)
  const signIn = signInOf(scenario)
  // validate and execute are ours, too: graphql refuses a schema made by another copy of itself.
  const stream = createHandler({ schema, validate, execute, subscribe: (args) => subscribe({ ...args, rootValue }) })
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://mock').pathname
    const done = path.startsWith('/auth/') ? signIn.answer(path, request, response) : path === '/graphql/stream' ? stream(request, response) : path === '/graphql' ? question(request, response) : file(path, response)
    Promise.resolve(done).catch((error: unknown) => response.writeHead(500).end(String(error)))
  })

  async function question(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { query, variables } = JSON.parse(Buffer.concat(chunks).toString()) as { query: string; variables?: Record<string, unknown> }
    const result = await graphql({ schema, source: query, rootValue, variableValues: variables ?? {} })
    response.writeHead(200, { 'content-type': 'application/graphql-response+json' }).end(JSON.stringify(scenario === 'hostile' && result.data ? { ...result, data: hostileAnswer(result.data) } : result))
  }

  await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready))
  const stop = (): Promise<void> => {
    server.closeAllConnections()
    return new Promise((closed) => server.close(() => closed()))
  }
  const endSignIn = (): void => {
    signIn.end()
    for (const leave of world.turnedOut) leave()
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, world, endSignIn, stop }
}

/** The sign-in as the service has it: off, or for the scenario "locked" the token "letmein". */
function signInOf(scenario: Scenario): { answer: (path: string, request: IncomingMessage, response: ServerResponse) => Promise<void>; end: () => void } {
  let signedIn = false
  const who = { signIn: 'required', name: 'ann', role: 'viewer', scopes: ['*/*'], methods: ['token', 'oidc'] }
  const end = (): void => void (signedIn = false)
  return { end, answer: async (path, request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const answer = (status: number, body: unknown): void => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (scenario !== 'locked') return answer(200, { signIn: 'off', name: 'local', role: 'admin', scopes: ['*/*'] })
    if (path === '/auth/logout') signedIn = false
    if (path === '/auth/token') {
      signedIn = new URLSearchParams(Buffer.concat(chunks).toString()).get('token') === 'letmein'
      return signedIn ? answer(200, { name: who.name }) : answer(401, { errors: [{ message: 'this token is not known', extensions: { code: 'UNAUTHENTICATED' } }] })
    }
    return answer(200, signedIn ? who : { ...who, name: '', role: '', scopes: [] })
  } }
}

function file(path: string, response: ServerResponse): void {
  const dist = join(UI, 'dist')
  const asked = join(dist, path === '/graphiql' ? 'graphiql.html' : normalize(path))
  const found = asked.startsWith(dist) && extname(asked) !== '' && existsSync(asked) ? asked : join(dist, 'index.html')
  if (!existsSync(found)) {
    response.writeHead(503, { 'content-type': 'text/plain' }).end('the UI was not built: run npm run build (or use npm run dev)\n')
    return
  }
  const policy = found.endsWith('graphiql.html') ? GRAPHIQL_POLICY : POLICY
  response.writeHead(200, { 'content-type': TYPES[extname(found)] ?? 'application/octet-stream', 'content-security-policy': policy }).end(readFileSync(found))
}
