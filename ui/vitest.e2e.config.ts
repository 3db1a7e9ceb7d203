import { defineConfig } from 'vitest/config'

// Vite takes the name BASE_URL for itself inside the tests, so it is handed on under another.
const baseUrl = process.env['BASE_URL'] ?? 'http://127.0.0.1:8080'
const live = process.env['EGRESSOR_UI_LIVE'] === '1'

// One browser at a time: the machine's two cores also run the server.
export default defineConfig({
  test: {
    include: [live ? 'test/live/**/*.spec.ts' : 'test/e2e/**/*.spec.ts'],
    environment: 'node',
    env: { EGRESSOR_UI_URL: baseUrl },
    fileParallelism: false,
    // Only what never comes runs out of time: how fast a machine is, and what else it does, is not what is tested. A journey
    // of a live demo may wait for a minute that is folded or a saving that is found, and walks then.
    testTimeout: live ? 1_200_000 : 600_000,
    hookTimeout: 300_000,
    teardownTimeout: 60_000,
    // A real page on a busy machine has more orders of events than tests have thought of. What passes at the second try stops
    // nobody, and is told: its line says "retry x1", which is a fault to be found. `--retry=0` is for who looks for them.
    retry: 1,
    expect: { poll: { timeout: 90_000, interval: 50 } },
  },
})
