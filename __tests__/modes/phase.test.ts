import { expect, it } from 'vitest'
import { createRunFactsRecorder } from '../../src/report/facts.ts'
import { phase, type PhaseTools } from '../../src/modes/phase.ts'
import { caught } from '../support/caught.ts'
import { fakeClock } from '../support/fake-clock.ts'

function bench() {
  const titles: string[] = []
  const clock = fakeClock(1_000)
  const recorder = createRunFactsRecorder()
  const group: PhaseTools['group'] = async (title, work) => {
    titles.push(title)
    return await work()
  }
  return { clock, recorder, group, titles }
}

it('a phase is a group of the log under its name, and a span of time in the report', async () => {
  const tools = bench()
  const made = await phase('Upload', tools, async () => {
    await tools.clock.advance(250)
    return 'made'
  })
  expect([made, tools.titles]).toEqual(['made', ['Upload']])
  expect(tools.recorder.facts().spans).toEqual([{ phase: 'Upload', startMs: 1_000, endMs: 1_250 }])
})

it('a phase that fails took its time too, and fails with what made it fail', async () => {
  const tools = bench()
  const reason = new Error('no')
  const work = phase('Check the files', tools, async () => {
    await tools.clock.advance(5)
    throw reason
  })
  expect(await caught(work)).toBe(reason)
  expect(tools.recorder.facts().spans).toEqual([{ phase: 'Check the files', startMs: 1_000, endMs: 1_005 }])
})

it('a phase that comes again is told again', async () => {
  const tools = bench()
  for (let time = 1; time <= 2; time++) await phase('Upload', tools, () => tools.clock.advance(1))
  expect(tools.recorder.facts().spans).toHaveLength(2)
})
