import { expect, it } from 'vitest'
import { localPlatform } from '../../support/emulator/local-platform.ts'
import { datasets, member } from '../../support/runs/platform-inputs.ts'
import { mainPhase } from '../../support/runs/workflow-step.ts'

const files = { 'data/a.jsonl': member('1') }
const DAY = 86_400_000

async function runs(leftMs: number, mode: string) {
  await using platform = await localPlatform()
  const dataset = datasets.loyalty
  const record = platform.emulator.dataset(dataset) ?? {}
  const tags = { 'adobe/hygiene/ttl': [String(Date.now() + leftMs)] }
  platform.emulator.addDataset({ id: dataset, sandbox: 'dev', record: { ...record, tags } })
  const run = await mainPhase(platform, { files, inputs: { dataset, mode } })
  return { ...run, batches: await platform.emulator.batches() }
}

it.each(['publish', 'plan'])('a dataset that is being deleted takes nothing: `mode: %s` fails', async (mode) => {
  const { exitCode, log, batches } = await runs(-DAY, mode)
  expect([exitCode, batches], log).toEqual([1, []])
  expect(log).toMatch(/Cannot publish: dataset .* expired on .*the platform is deleting it/)
})

it('a dataset that expires in three days is warned of, one in a month is noted', async () => {
  const soon = await runs(3.5 * DAY, 'publish')
  expect([soon.exitCode, soon.log]).toEqual([0, expect.stringMatching(/::warning.*expires on .*, in 3 days/)])
  const later = await runs(30.5 * DAY, 'publish')
  expect([later.exitCode, later.log]).toEqual([0, expect.stringMatching(/^Dataset .*expires on .*, in 30 days/m)])
  expect(later.log).not.toMatch(/::warning.*expires/)
})
