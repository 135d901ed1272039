import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { localPlatform } from '../../support/emulator/local-platform.ts'
import { mappingSet } from '../../support/files/mapping-sets.ts'
import { bothPhases } from '../../support/runs/workflow-step.ts'

const preload = pathToFileURL(`${import.meta.dirname}/../../support/runs/say-threads.mjs`)

/** More ways to match than there is time for; "!" fits none of them. */
const ENDLESS = `Text\n${'a'.repeat(60)}!\n`

it.each([
  'matches_regex(Text, "^(a+)+$")',
  'Text.replaceAll("^(a+)+$", "") == ""',
  'size_of(explode(Text, "(a+)+$")) == 1',
])('a cancel while %s computes a row stops it at once, and leaves no batch behind', async (test) => {
  await using platform = await localPlatform()
  const { log, post, ...run } = await bothPhases(platform, {
    files: {
      'data/a.csv': ENDLESS,
      'maps/slow.json': mappingSet([`iif(${test}, "a", "b")`, '_emutenant.loyalty.loyaltyId', 'EXPRESSION']),
    },
    inputs: { mapping: 'maps/slow.json', glob: 'data/*.csv', validation: 'error' },
    env: { NODE_OPTIONS: `--import=${preload.href}` },
    onLine: { match: /^A thread began$/m, act: (child) => void child.kill('SIGINT') },
  })
  expect(run.exitCode, log).toBe(1)
  expect(run.outputs, log).toMatchObject({ outcome: 'cancelled', 'batch-ids': '[]' })
  expect(log).toContain('::error::The step was cancelled (SIGINT)')
  expect(log).not.toContain('took longer than')
  expect(await platform.emulator.batches(), post.log).toEqual([])
})
