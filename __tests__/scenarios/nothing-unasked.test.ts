import { describe, expect, it } from 'vitest'
import { localPlatform, type LocalPlatform } from '../support/emulator/local-platform.ts'
import { addEventDataset, event } from '../support/emulator/profile-events.ts'
import { expectPublished, mainPhase, type WorkflowStep } from '../support/runs/workflow-step.ts'

/** What is written into the dataset of the step: its batches, and the bodies of its files. */
const INGESTION =
  /^\/data\/foundation\/import\/batches(?:$|\/[^/?]+(?:\?action=(?:COMPLETE|ABORT|REVERT)$|\/datasets\/))/
const TOKEN = /^\/ims\/token\/v3$/

type Situation = { readonly platform: LocalPlatform; readonly dataset: string; readonly batch: string }

/** An event dataset that Profile takes, and an active batch in it. */
async function situation(): Promise<Situation & AsyncDisposable> {
  const platform = await localPlatform({ staleReads: 0 })
  const dataset = addEventDataset(platform)
  const batch = await expectPublished(platform, { files: { 'data/a.jsonl': event('e1') }, inputs: { dataset } })
  return { platform, dataset, batch, [Symbol.asyncDispose]: () => platform[Symbol.asyncDispose]() }
}

/** The targets of all requests that could change anything. */
const written = ({ platform }: Situation) =>
  platform.emulator.requests().flatMap(({ method, target }) => (/^(?:GET|HEAD)$/.test(method) ? [] : [target]))

/** In an order in which each finds what it is about. */
const RUNS: Readonly<Record<string, (batch: string) => WorkflowStep>> = {
  doctor: () => ({ inputs: { mode: 'doctor', glob: '' } }),
  validate: () => ({ files: { 'data/a.jsonl': event('e2') }, inputs: { mode: 'validate' } }),
  plan: () => ({
    files: { 'data/a.jsonl': event('e2') },
    inputs: { mode: 'plan', 'replay-predecessors': 'previous', publication: 'events' },
  }),
  publish: () => ({ files: { 'data/a.jsonl': event('e2') }, inputs: { publication: 'more' } }),
  'publish, replacing': (batch) => ({
    files: { 'data/a.jsonl': event('e3') },
    inputs: { 'replay-predecessors': batch },
  }),
  'publish, with rows that are rejected': () => ({
    files: { 'data/a.jsonl': event('e4') + event('e5').replace('"e5"', '5') },
    inputs: { publication: 'bad', 'error-threshold': '50', validation: 'warn' },
  }),
  resume: (batch) => ({ inputs: { mode: 'resume', glob: '', 'batch-id': batch } }),
  abort: (batch) => ({ inputs: { mode: 'abort', glob: '', 'batch-id': batch } }),
  revert: (batch) => ({ inputs: { mode: 'revert', glob: '', 'batch-id': batch } }),
  'revert, of the last publish run': () => ({
    inputs: { mode: 'revert', glob: '', 'batch-id': 'previous', publication: 'glob:data/*.jsonl' },
  }),
}

describe('nothing outside of the dataset is written to without the input for it', () => {
  it.concurrent.each(Object.entries(RUNS))('in mode: %s', async (name, stepFor) => {
    await using here = await situation()
    const before = written(here).length
    const { inputs, ...step } = stepFor(here.batch)
    const run = await mainPhase(here.platform, {
      run: 2001,
      ...step,
      inputs: { dataset: here.dataset, validation: 'error', ...inputs },
    })
    expect(run.outputs['outcome'], run.log).not.toBe('')
    const targets = written(here).slice(before)
    const outside = targets.filter((target) => !INGESTION.test(target) && !TOKEN.test(target))
    expect(outside).toEqual([])
    // Modes that only read ask for a token, and for nothing else in writing.
    if (/^(?:doctor|validate|plan|resume)/.test(name)) expect(targets.filter((one) => !TOKEN.test(one))).toEqual([])
    expect(here.platform.requests('GET', /\/ups\//)).toEqual([])
  })

  it.concurrent('and with it, nothing else: one system job, which "revert-profile" asks for', async () => {
    await using here = await situation()
    const before = written(here).length
    const inputs = { dataset: here.dataset, mode: 'revert', glob: '', 'batch-id': here.batch, 'revert-profile': 'true' }
    const run = await mainPhase(here.platform, { run: 2001, inputs })
    expect(run.outputs['outcome'], run.log).toBe('reverted')
    const targets = written(here).slice(before)
    expect(targets.filter((target) => !INGESTION.test(target) && !TOKEN.test(target))).toEqual([
      '/data/core/ups/system/jobs',
    ])
  })
})
