// An MCP client of another make than the server: lists every tool, calls each with the inputs that it is given as JSON on
// standard input ({"tool": {...}}), and prints what it got as JSON.
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'

let text = ''
for await (const piece of process.stdin) text += piece
const inputs = JSON.parse(text)
const client = new Client({ name: 'egressor-test', version: '0' })
await client.connect(new StreamableHTTPClientTransport(new URL(process.argv[2])))
const { tools } = await client.listTools()
const results = {}
// The calculator computes from what the others gave.
for (const { name } of tools.toSorted((a, b) => Number(a.name === 'calculate') - Number(b.name === 'calculate'))) {
  // The SDK's client checks results against the protocol's schema.
  results[name] = await client.callTool({ name, arguments: inputs[name] ?? {} })
}
await client.close()
console.log(JSON.stringify({ server: client.getServerVersion(), tools, results }))
