// Fails when what the first screen loads at once is larger than the budget.
// Lazy parts (charts, Ask) are listed but do not count.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const BUDGET_BYTES = 250_000
const dist = new URL('../dist/', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('manifest.json', dist), 'utf8'))

const first = new Set()
const visit = (key) => {
  if (first.has(key)) return
  first.add(key)
  for (const next of manifest[key].imports ?? []) visit(next)
}
visit('index.html')

let total = 0
for (const [key, { file }] of Object.entries(manifest)) {
  if (!file.endsWith('.js')) continue
  const size = gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length
  if (first.has(key)) total += size
  console.log(`${first.has(key) ? 'first' : 'lazy '}  ${String(size).padStart(7)} B gzip  ${file}`)
}
console.log(`first screen: ${total} B of JavaScript, gzip; budget ${BUDGET_BYTES} B`)
if (total > BUDGET_BYTES) process.exit(1)
