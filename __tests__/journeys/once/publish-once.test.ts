import { describe, expect, it } from 'vitest'
import { inMemoryPlatform } from '../../support/in-memory-platform.ts'
import { runStep } from '../../support/in-memory-action.ts'
import { member } from '../../support/platform-inputs.ts'

describe('x', () => {
  it('publishes', async () => {
    const platform = inMemoryPlatform()
    const r = await runStep(platform, { files: { 'data/a.jsonl': member('1') } })
    console.log(r.log, r.outputs, r.failed)
    expect(r.outputs['outcome']).toBe('published')
    const again = await runStep(platform, { files: { 'data/a.jsonl': member('1') }, run: { runId: '1002' } })
    console.log(again.log, again.outputs, again.failed)
    expect(again.outputs['outcome']).toBe('skipped')
  })
})
