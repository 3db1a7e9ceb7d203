import { defineConfig } from 'vitest/config'

const live = process.env['EGRESSOR_UI_LIVE'] === '1'

// One browser at a time: the machine's two cores also run the server.
export default defineConfig({
  test: {
    include: [live ? 'test/live/**/*.spec.ts' : 'test/e2e/**/*.spec.ts'],
    environment: 'node',
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
