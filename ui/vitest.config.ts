import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { include: ['src/**/*.test.{ts,tsx}', 'mock/**/*.test.ts', 'test/rules.test.ts'], environment: 'node' },
})
