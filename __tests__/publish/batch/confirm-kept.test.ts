import { describe, expect, it } from 'vitest'
import type { Settings } from '../../../emulator/settings.ts'
import type { InMemoryPlatform } from '../../support/emulator/in-memory-platform.ts'
import { contentOf, rowsOf, stages } from '../../support/files/members.ts'
import { never } from '../../support/time/never.ts'
import { desk, outcome, PREVIOUS, publishing } from '../../support/runs/publishing-desk.ts'

const CREATIONS = '/data/foundation/import/batches'

/** Content `b` put in the place of content `a`. */
async function replaced(settings: Partial<Settings>) {
  const { platform, publish } = desk(settings)
  await publish(contentOf('a'), PREVIOUS)
  const second = await publish(contentOf('b'), PREVIOUS)
  return { platform, second }
}

describe('answers that leave out tags and predecessors', () => {
  const silent = { createAnswer: 'without-tags-and-replay' } as const

  it.each([0, 20_000])('are made up for by the catalogue, also when it lags (%i ms)', async (created) => {
    const { platform, second } = await replaced({ ...silent, catalogueLagMs: { created, completed: 0 } })
    expect([outcome(second), await rowsOf(platform)]).toEqual(['published', ['b']])
  })

  it('are looked for once more where one look takes longer than the catalogue may lag', async () => {
    const { platform, publish } = desk({ ...silent, catalogueLagMs: { created: 20_000, completed: 0 } })
    await publish(contentOf('a'), PREVIOUS)
    await platform.clock.sleep(60_000, never())
    const second = await publishing(slowAtFirst(platform))(contentOf('b'), PREVIOUS, { runId: '1002' })
    expect([outcome(second), await rowsOf(platform)], second.log).toEqual(['published', ['b']])
  })

  it('leave nothing open where a tag is lost, whatever its name', async () => {
    const { platform } = desk()
    const tags = { tags: 'constructor=x' }
    const run = await publishing(losingTags(platform))(contentOf('a'), tags)
    expect([outcome(run), run.errors.join()]).toEqual(['failed', expect.stringContaining('tags constructor')])
    expect(await stages(platform)).toEqual(['aborted'])
  })

  it('leave nothing open where the catalogue does not know the batch either', async () => {
    const { platform, publish } = desk(silent)
    const first = await publish(contentOf('a'))
    const ids = { 'replay-predecessors': first.outputs['batch-id'] ?? '' }
    const run = await publishing(untold(platform))(contentOf('b'), ids, { runId: '1002' })
    expect([outcome(run), run.errors.join()]).toEqual([
      'failed',
      expect.stringContaining('the catalog does not show it'),
    ])
    expect([await stages(platform), await rowsOf(platform)]).toEqual([['success', 'aborted'], ['a']])
  })
})

/** The first look for one batch is answered long after it was taken. */
function slowAtFirst(platform: InMemoryPlatform): InMemoryPlatform {
  let looks = 0
  const send: InMemoryPlatform['send'] = async (request, signal) => {
    const answer = await platform.send(request, signal)
    const isLook = /\/catalog\/batches\/\w+$/.test(request.url.pathname)
    if (isLook && ++looks === 1) await platform.clock.sleep(61_000, signal)
    return answer
  }
  return { ...platform, send }
}

/** From the first creation on the catalogue learns of nothing new. */
function untold(platform: InMemoryPlatform): InMemoryPlatform {
  const send: InMemoryPlatform['send'] = async (request, signal) => {
    const answer = await platform.send(request, signal)
    if (request.url.pathname === CREATIONS) {
      platform.emulator.change({ catalogueLagMs: { created: 3_600_000, completed: 0 } })
    }
    return answer
  }
  return { ...platform, send }
}

/** The answer to a creation says that this one tag was not kept. */
function losingTags(platform: InMemoryPlatform): InMemoryPlatform {
  const send: InMemoryPlatform['send'] = async (request, signal) => {
    const answer = await platform.send(request, signal)
    if (request.url.pathname !== CREATIONS) return answer
    const text = Buffer.from(answer.body).toString().replaceAll('"constructor":["x"]', '"other":[]')
    return { ...answer, body: Buffer.from(text) }
  }
  return { ...platform, send }
}

describe('predecessors', () => {
  const replay = { honoured: true, secondSuccessor: 'refused', predecessorsOfFailed: 'kept' } as const

  it('that are not understood plain are named once more with a `$`', async () => {
    const { platform, second } = await replaced({ replay: { ...replay, idStyles: ['dollar'] } })
    expect([outcome(second), await rowsOf(platform)]).toEqual(['published', ['b']])
    expect(await stages(platform)).toEqual(['inactive', 'aborted', 'success'])
  })

  it.each([400, 422] as const)('that are refused plain (%i) are named once more with a `$`', async (otherStyles) => {
    const { platform, second } = await replaced({ replay: { ...replay, idStyles: ['dollar'], otherStyles } })
    expect([outcome(second), await rowsOf(platform)]).toEqual(['published', ['b']])
    expect(await stages(platform)).toEqual(['inactive', 'success'])
  })

  it('that are refused in both spellings stop the run with the first answer; nothing was sent', async () => {
    const { platform, second } = await replaced({ replay: { ...replay, idStyles: [], otherStyles: 400 } })
    expect([outcome(second), await stages(platform), await rowsOf(platform)]).toEqual(['failed', ['success'], ['a']])
    expect(second.errors.join()).toMatch(/the answer was 400 "Predecessor 01\w+ is not written as it must be/)
    const creations = platform.emulator
      .requests()
      .filter(({ method, target }) => method === 'POST' && target === CREATIONS)
    expect(creations).toHaveLength(3)
  })

  it.each<readonly [string, Partial<Settings>]>([
    ['in neither spelling', { replay: { ...replay, idStyles: ['braces'] } }],
    ['at all', { replay: { ...replay, idStyles: ['plain'], honoured: false } }],
  ])('that are not understood %s stop the run; nothing was sent, nothing stays open', async (_, settings) => {
    const { platform, second } = await replaced(settings)
    expect([outcome(second), second.errors.join()]).toEqual(['failed', expect.stringContaining('neither spelling')])
    expect([await stages(platform), await rowsOf(platform)]).toEqual([['success', 'aborted', 'aborted'], ['a']])
  })
})
