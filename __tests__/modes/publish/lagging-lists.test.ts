import { describe, expect, it } from 'vitest'
import type { HttpResponse } from '../../../src/platform/http/transport.ts'
import type { InMemoryPlatform } from '../../support/in-memory-platform.ts'
import { contentOf, rowsOf } from '../../support/members.ts'
import { NAMED, PREVIOUS, desk, outcome, publishing } from '../../support/publishing-desk.ts'

type Records = Readonly<Record<string, object>>

/** For so long, the lists of batches read as if only these were there, all active; a look at one batch tells the truth. */
function lists(platform: InMemoryPlatform, shown: readonly string[], forMs: number): InMemoryPlatform {
  const endMs = platform.clock.now() + forMs
  const send: InMemoryPlatform['send'] = async (request, signal) => {
    const answer = await platform.send(request, signal)
    const { pathname } = request.url
    if (platform.clock.now() < endMs && pathname.endsWith('/catalog/batches')) return asBefore(answer, shown)
    // The files of a batch may be listed for a while after it was replaced.
    return /\/export\/batches\/\w+\/files$/.test(pathname) ? FILES : answer
  }
  return { ...platform, send }
}

const FILES: HttpResponse = {
  status: 200,
  headers: {},
  body: Buffer.from('{"data":[{"dataSetFileId":"f","records":"1"}]}'),
}

function asBefore(answer: HttpResponse, shown: readonly string[]): HttpResponse {
  const records = JSON.parse(Buffer.from(answer.body).toString()) as Records
  const before = Object.entries(records)
    .filter(([id]) => shown.includes(id))
    .map(([id, record]) => [id, { ...record, status: 'success' }])
  return { ...answer, headers: {}, body: Buffer.from(JSON.stringify(Object.fromEntries(before))) }
}

const OLD = { runId: '1001', attempt: 2 }

describe('a list of batches that lags', () => {
  /** Run 1001 published, and run 1002 has replaced that a moment ago. */
  async function replaced() {
    const { platform, publish } = desk({ staleReads: 0 })
    const first = await publish(contentOf('a'), PREVIOUS, { runId: '1001' })
    await publish(contentOf('b'), PREVIOUS, { runId: '1002' })
    return { platform, old: first.outputs['batch-id'] ?? '' }
  }

  it('does not make an old run that is run again take for published what a later one has just replaced', async () => {
    const { platform, old } = await replaced()
    const again = await publishing(lists(platform, [old], 45_000))(contentOf('a'), PREVIOUS, OLD)
    expect([outcome(again), again.failed], again.log).toEqual(['failed', true])
    expect(again.log).toContain(`Batch ${old} is no longer active, although the list of batches shows it so`)
    expect(again.errors.join()).toContain('a later run published')
    expect(await rowsOf(platform)).toEqual(['b'])
  })

  it('is not waited for without end, and then nothing is sent', async () => {
    const { platform, old } = await replaced()
    const again = await publishing(lists(platform, [old], 3_600_000))(contentOf('a'), PREVIOUS, OLD)
    expect([outcome(again), again.failed], again.log).toEqual(['failed', true])
    expect(again.errors.join()).toContain(`the list of batches still shows ${old} as active`)
    expect(await rowsOf(platform)).toEqual(['b'])
  })

  it('costs one look at each batch that is kept, and nothing else', async () => {
    const { platform, publish } = desk()
    const first = await publish(contentOf('a'), NAMED)
    const before = platform.emulator.requests().length
    await publish(contentOf('a'), NAMED)
    const looks = platform.emulator
      .requests()
      .slice(before)
      .filter(({ target }) => target.endsWith(`/${first.outputs['batch-id']}`))
    expect(looks).toHaveLength(1)
  })
})
