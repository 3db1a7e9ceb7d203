// Starts the mock server; vite compiles its TypeScript. See main.ts.
import { runnerImport } from 'vite'

await runnerImport(new URL('main.ts', import.meta.url).pathname)
