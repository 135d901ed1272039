import { expect, it } from 'vitest'
import { createRunFactsRecorder } from '../../../src/report/facts.ts'
import { type RunContext, runPhase } from '../../../src/modes/steps/run.ts'
import { caught } from '../../support/caught.ts'
import { contextOf } from '../../support/runs/context.ts'
import { fakeClock } from '../../support/time/fake-clock.ts'
import { heard } from '../../support/runs/heard.ts'
import { startNoThreads } from '../../support/runs/in-memory-action.ts'

function bench() {
  const clock = fakeClock(1_000)
  const recorder = createRunFactsRecorder()
  const openChecker = () => {
    throw new Error('Nothing is checked here')
  }
  const context: RunContext = {
    ...contextOf({ clock }),
    clock,
    log: heard(),
    recorder,
    openChecker,
    startThreads: startNoThreads,
  }
  return { context, clock, recorder }
}

it('a phase is a span of time in the report, under its name', async () => {
  const { context, clock, recorder } = bench()
  const made = await runPhase('Upload', context, async () => {
    await clock.advance(250)
    return 'made'
  })
  expect(made).toBe('made')
  expect(recorder.facts().spans).toEqual([{ phase: 'Upload', startMs: 1_000, endMs: 1_250 }])
})

it('a phase that fails took its time too, and fails with what made it fail', async () => {
  const { context, clock, recorder } = bench()
  const reason = new Error('no')
  const work = runPhase('Validate files', context, async () => {
    await clock.advance(5)
    throw reason
  })
  expect(await caught(work)).toBe(reason)
  expect(recorder.facts().spans).toEqual([{ phase: 'Validate files', startMs: 1_000, endMs: 1_005 }])
})

it('a phase that comes again is told again', async () => {
  const { context, clock, recorder } = bench()
  for (let time = 1; time <= 2; time++) await runPhase('Upload', context, () => clock.advance(1))
  expect(recorder.facts().spans).toHaveLength(2)
})
