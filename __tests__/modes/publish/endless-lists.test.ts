import { describe, expect, it } from 'vitest'
import { endlessLists, type EndlessList } from '../../support/platform/endless-lists.ts'
import { inMemoryPlatform, type InMemoryPlatform } from '../../support/emulator/in-memory-platform.ts'
import { badMember, contentOf, rowsOf, stages } from '../../support/files/members.ts'
import { member } from '../../support/runs/platform-inputs.ts'
import { outcome, publishing } from '../../support/runs/publishing-desk.ts'

function withEndless(list: EndlessList) {
  const platform: InMemoryPlatform = inMemoryPlatform()
  return { platform, publish: publishing({ ...platform, send: endlessLists(platform.send, list) }) }
}

describe('a list that never ends', () => {
  it('of batches stops the run before anything is sent, and says so', async () => {
    const { platform, publish } = withEndless('batches')
    const run = await publish(contentOf('a'))
    expect([outcome(run), run.errors.join()]).toEqual(['failed', expect.stringContaining('it has more than')])
    expect(await stages(platform)).toEqual([])
  })

  it('of datasets ends the search for a name', async () => {
    const { publish } = withEndless('dataSets')
    const run = await publish(contentOf('a'), { dataset: 'Nothing' })
    expect([outcome(run), run.errors.join()]).toEqual([
      'failed',
      expect.stringContaining('list of datasets: it has more than'),
    ])
  })

  it('of what was written leaves the verdict as it is, and says what is not known', async () => {
    const { platform, publish } = withEndless('files')
    const run = await publish(contentOf('a'))
    expect([outcome(run), run.log]).toEqual(['published', expect.stringContaining('could not be counted')])
    expect(await rowsOf(platform)).toEqual(['a'])
  })

  it('of diagnostics leaves the verdict as it is', async () => {
    const { publish } = withEndless('diagnostics')
    const run = await publish({ 'data/a.jsonl': badMember('a') + member('b') })
    expect(outcome(run)).toBe('failed')
    expect(run.log).toContain('rejected by the platform (100)')
  })
})
