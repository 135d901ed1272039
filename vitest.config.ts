import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { drawSeed } from './__tests__/support/seed/seed.ts'

if (Number(process.versions.node.split('.')[0]) < 24) {
  throw new Error(
    `The tests need Node 24 and run on ${process.version}: run "npm ci" (without --omit=optional) or bring Node 24.`,
  )
}

const seed = drawSeed(process.env['SEED'])

/** What starts processes, or plays many runs: whoever changes a line of src/ runs the others first, with "npm run test:unit". */
const STORIES = ['scenarios', 'simulation', 'bench', 'examples', 'workflows', 'docs'].map(
  (folder) => `__tests__/${folder}/**/*.test.ts`,
)

export default defineConfig({
  test: {
    globalSetup: ['__tests__/support/seed/print-seed.ts'],
    setupFiles: ['__tests__/support/seed/property-seed.ts'],
    env: { SEED: String(seed) },
    // A deadline is for a test that hangs: one that a machine under heavy load misses would be red without a change.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    expect: { poll: { interval: 5, timeout: 540_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['__tests__/**/*.test.ts'],
          exclude: STORIES,
          // No file leaves anything behind in a module or a global, so all share what is loaded: a fresh start costs 0.5 s.
          isolate: false,
          maxWorkers: availableParallelism(),
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'stories',
          include: STORIES,
          isolate: false,
          // They wait for other processes more than they compute.
          maxWorkers: 2 * availableParallelism(),
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
