import { defineConfig } from 'vitest/config'
import { drawSeed } from './__tests__/support/seed.ts'

if (Number(process.versions.node.split('.')[0]) < 24) {
  throw new Error(
    `The tests need Node 24 and run on ${process.version}: run "npm ci" (without --omit=optional) or bring Node 24.`,
  )
}

const seed = drawSeed(process.env['SEED'])

export default defineConfig({
  test: {
    include: ['__tests__/**/*.test.ts'],
    globalSetup: ['__tests__/support/print-seed.ts'],
    setupFiles: ['__tests__/support/property-seed.ts'],
    env: { SEED: String(seed) },
    // A deadline is for a test that hangs: one that a machine under heavy load misses would be red without a change.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    maxWorkers: 2,
  },
})
