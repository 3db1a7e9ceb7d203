// Runs the public audit suite of GraphQL over HTTP against a server:
// node test/graphql-over-http.mjs URL. Prints what is not ok; exits with 1 where
// anything is an error or a warning. `go test ./graphsvc/api` runs it.
import { auditServer } from 'graphql-http'

const url = process.argv[2]
if (!url) {
  console.error('usage: node test/graphql-over-http.mjs URL')
  process.exit(2)
}
const results = await auditServer({ url })
const counts = { ok: 0, notice: 0, warn: 0, error: 0 }
for (const result of results) {
  counts[result.status]++
  if (result.status !== 'ok') {
    console.log(`${result.status} ${result.id} ${result.name}: ${result.reason}`)
    await result.response.body?.cancel()
  }
}
console.log(JSON.stringify(counts))
process.exit(counts.warn + counts.error > 0 ? 1 : 0)
