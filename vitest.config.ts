import { defineConfig } from 'vitest/config'

if (Number(process.versions.node.split('.')[0]) < 24) {
  throw new Error(
    `The tests need Node 24 and run on ${process.version}: run "npm ci" (without --omit=optional) or bring Node 24.`,
  )
}

export default defineConfig({
  test: { include: ['__tests__/**/*.test.ts'], testTimeout: 30_000, hookTimeout: 30_000, maxWorkers: 2 },
})
