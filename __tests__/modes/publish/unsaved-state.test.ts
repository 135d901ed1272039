import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../emulator/faults/faults.ts'
import { Problem } from '../../../src/lib/errors.ts'
import { runPostPhase, runStep, type Step } from '../../support/runs/in-memory-action.ts'
import { inMemoryPlatform } from '../../support/emulator/in-memory-platform.ts'
import { contentOf, stages } from '../../support/files/members.ts'
import { outcome } from '../../support/runs/publishing-desk.ts'

const FULL = new Problem('Cannot write to GITHUB_STATE: ENOSPC', { remedy: 'Make room' })

/** The disk of the runner's state is full once the log of batches reads so; the state keeps what was saved before. */
function diskFullAt(text: string | RegExp) {
  const saved: Record<string, string> = {}
  let isFull = false
  const onSave = (name: string, value: string) => {
    isFull ||= new RegExp(text).test(`${name} ${value}`)
    if (isFull) throw FULL
    saved[name] = value
  }
  return { saved, onSave }
}

async function published(text: string | RegExp, step: Step = {}, faults: readonly Fault[] = []) {
  const platform = inMemoryPlatform()
  platform.emulator.faults.add(...faults)
  const { saved, onSave } = diskFullAt(text)
  const run = await runStep(platform, { files: contentOf('a'), onSave, ...step })
  const post = await runPostPhase(platform, saved)
  const [batch] = await platform.emulator.batches()
  return { run, post, batch, stages: await stages(platform), calls: platform.emulator.requests() }
}

describe('state that can not be saved', () => {
  it('from the beginning stops a publish before it asks for anything', async () => {
    const { run, calls } = await published(/^phase/)
    expect([outcome(run), run.failed, calls.length]).toEqual(['failed', true, 0])
    expect(run.errors.join()).toContain('ENOSPC')
  })

  it('from the beginning is a warning where nothing is changed', async () => {
    const { run } = await published(/^phase/, { inputs: { mode: 'plan' } })
    expect([outcome(run), run.failed, run.warnings[0]]).toEqual(['planned', false, FULL.message])
  })

  it('before a batch is created stops before it', async () => {
    const { run, stages: all } = await published('"creating"')
    expect([outcome(run), run.failed, all]).toEqual(['failed', true, []])
    expect(run.errors.join()).toContain('ENOSPC')
  })

  it('when a batch was just created has it aborted by the main phase, and named', async () => {
    const { run, batch, stages: all } = await published('"open"')
    expect([outcome(run), run.failed, all]).toEqual(['failed', true, ['aborted']])
    expect(run.errors.join()).toContain(`Cannot continue with batch "${batch?.id}"`)
  })

  it('when a batch was just created and can not be aborted either has it named with what to do', async () => {
    const refused: Fault = { path: '**?action=ABORT', times: 0, effect: { kind: 'answer', status: 403, body: '{}' } }
    const { run, batch } = await published('"open"', {}, [refused])
    expect(run.warnings.join()).toContain(`Batch ${batch?.id} stays open`)
    expect(run.errors.join()).toContain(`batch "${batch?.id}"`)
  })

  it('before COMPLETE has the batch aborted, and nothing is completed', async () => {
    const { run, post, batch, stages: all, calls } = await published('"completing"')
    expect([outcome(run), run.failed, all]).toEqual(['failed', true, ['aborted']])
    expect(calls.filter(({ target }) => target.endsWith('COMPLETE'))).toEqual([])
    expect(run.outputs).toMatchObject({ status: 'aborted', 'batch-ids': JSON.stringify([batch?.id]) })
    expect(run.log).toContain(`Aborted batch ${batch?.id}`)
    expect([post.failed, post.log]).toEqual([false, expect.not.stringContaining(`Aborted batch ${batch?.id}`)])
  })

  it('after success changes no verdict', async () => {
    const { run, post, stages: all } = await published(/ledger \[\]/)
    expect([outcome(run), run.failed, all]).toEqual(['published', false, ['success']])
    expect(run.warnings.join()).toContain('ENOSPC')
    expect(post.warnings).toEqual([])
  })
})
