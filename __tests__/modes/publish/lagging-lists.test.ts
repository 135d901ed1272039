import { describe, expect, it } from 'vitest'
import type { HttpResponse } from '../../../src/platform/http/transport.ts'
import type { InMemoryPlatform } from '../../support/emulator/in-memory-platform.ts'
import { contentOf, manyFiles, rowsOf } from '../../support/files/members.ts'
import { NAMED, PREVIOUS, RETRYING, desk, outcome, publishing } from '../../support/runs/publishing-desk.ts'

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

describe('a list that never shows our own batch', () => {
  it('is said, because neither this run nor the next one can rely on it', async () => {
    const { platform } = desk()
    const run = await publishing(lists(platform, [], 3_600_000))(contentOf('a'))
    expect([outcome(run), run.failed], run.log).toEqual(['published', false])
    expect(run.warnings.join()).toContain(
      `The list of batches does not show ${run.outputs['batch-id']} as completed yet`,
    )
  })
})

describe('a list that is older than our own batch', () => {
  const BOTH = {
    replay: { honoured: true, idStyles: ['plain'], secondSuccessor: 'accepted', predecessorsOfFailed: 'kept' },
  } as const

  it('is not all that COMPLETE rests on: the next one shows that another run was faster', async () => {
    const { platform, publish } = desk(BOTH)
    const overtaken = at(platform, isUpload, () => publish(contentOf('a'), NAMED, { runId: '1002' }))
    const first = await publishing(behind(overtaken, { from: 2 }))(contentOf('a'))
    expect(first.log).toContain('Starting over, nothing was completed')
    expect([outcome(first), await rowsOf(platform)], first.log).toEqual(['skipped', ['a']])
  })

  it('is no proof, after success, that nobody brought the same at the same moment', async () => {
    const { platform, publish } = desk(BOTH)
    const overtaken = at(platform, isComplete, () => publish(contentOf('a'), NAMED, { runId: '1002' }))
    const first = await publishing(behind(overtaken, { from: 3 }))(contentOf('a'))
    expect([outcome(first), await rowsOf(platform)], first.log).toEqual(['failed', ['a', 'a']])
    expect(first.errors.join()).toContain('at the same moment')
  })

  it.each<readonly [string, Asked, number, string, number]>([
    ['before COMPLETE', isUpload, 2, 'skipped', 1],
    ['after success', isComplete, 3, 'failed', 2],
  ])('or than the last of several, %s, is no proof of that either', async (_, isIt, from, expected, times) => {
    const { platform, publish } = desk({ ...BOTH, maxFiles: 2 })
    const files = manyFiles(3)
    const overtaken = at(platform, isIt, () => publish(files, NAMED, { runId: '1002' }))
    const first = await publishing(firstOfOurs(overtaken, from))(files, NAMED, { runId: '1001' })
    expect(outcome(first), first.log).toBe(expected)
    expect(await rowsOf(platform)).toHaveLength(3 * times)
  })

  it('is waited for where nobody looks after success', async () => {
    const { platform, publish } = desk(BOTH)
    const overtaken = at(platform, isUpload, () => publish(contentOf('a'), NAMED, { runId: '1002' }))
    const first = await publishing(behind(overtaken, { from: 2, count: 4 }))(contentOf('a'), {
      ...NAMED,
      wait: 'false',
    })
    expect([outcome(first), await rowsOf(platform)], first.log).toEqual(['skipped', ['a']])
  })

  it.each([
    ['true', 'published'],
    ['false', 'submitted'],
  ])('does not keep a run from ending where no list ever shows its batch (wait: %s)', async (wait, expected) => {
    const { platform } = desk()
    const startMs = platform.clock.now()
    const run = await publishing(behind(platform, { from: 1, count: Infinity }))(contentOf('a'), { ...NAMED, wait })
    expect([outcome(run), run.failed], run.log).toEqual([expected, false])
    expect(platform.clock.now() - startMs).toBeLessThan(120_000)
  })
})

describe('a list that is older than the one before it', () => {
  it('does not hide what this run has waited for: nothing is created a second time', async () => {
    const { platform, publish } = desk()
    await publish(contentOf('a'), { ...NAMED, wait: 'false' })
    const again = await publishing(behind(platform, { from: 2 }))(contentOf('a'), NAMED, { runId: '1002' })
    expect([outcome(again), await rowsOf(platform)], again.log).toEqual(['published', ['a']])
    expect(again.log).toContain('Waiting for batches in progress')
    expect(again.log).not.toContain('Created batch')
  })

  it.each([
    ['for one look', 1],
    ['for a minute', 60_000],
  ])('and shows as open what this run has waited for, %s, does not publish its rows twice', async (_, forMs) => {
    const { platform, publish } = desk(RETRYING)
    await publish(contentOf('a'), { ...NAMED, wait: 'false' })
    const again = await publishing(reopened(platform, forMs))(contentOf('a'), NAMED, { runId: '1002' })
    expect([outcome(again), await rowsOf(platform)], again.log).toEqual(['published', ['a']])
    expect(again.log).toContain('Waiting for batches in progress')
    expect(again.log).not.toContain('Created batch')
  })
})

/** After the first list of batches, and for so long, every list shows all of them as `loading`. */
function reopened(platform: InMemoryPlatform, forMs: number): InMemoryPlatform {
  let listed = 0
  let endMs: number | undefined
  const send: InMemoryPlatform['send'] = async (request, signal) => {
    const answer = await platform.send(request, signal)
    if (!request.url.pathname.endsWith('/catalog/batches') || ++listed === 1) return answer
    endMs ??= platform.clock.now() + forMs
    const text = Buffer.from(answer.body)
      .toString()
      .replaceAll(/"status":"\w+"/g, '"status":"loading"')
    return platform.clock.now() < endMs ? { ...answer, headers: {}, body: Buffer.from(text) } : answer
  }
  return { ...platform, send }
}

type Asked = (request: Parameters<InMemoryPlatform['send']>[0]) => boolean

const isUpload: Asked = ({ method }) => method === 'PUT'
const isComplete: Asked = ({ url }) => url.searchParams.get('action') === 'COMPLETE'

/** Before the first such request arrives, this is done. */
function at(platform: InMemoryPlatform, isIt: Asked, act: () => Promise<unknown>): InMemoryPlatform {
  let hasActed = false
  const send: InMemoryPlatform['send'] = async (request, signal) => {
    const isNow = isIt(request) && !hasActed
    if (isNow) hasActed = true
    if (isNow) await act()
    return await platform.send(request, signal)
  }
  return { ...platform, send }
}

type Behind = { readonly from: number; readonly count?: number; readonly isKnown?: (record: object) => boolean }

/** The lists of batches from this one on are those of a replica that knows only these yet, so many in a row. */
function behind(platform: InMemoryPlatform, { from, count = 1, isKnown = () => false }: Behind): InMemoryPlatform {
  let answered = 0
  const send: InMemoryPlatform['send'] = async (request, signal) => {
    const answer = await platform.send(request, signal)
    if (!request.url.pathname.endsWith('/catalog/batches') || !request.url.searchParams.has('tags')) return answer
    const isBehind = ++answered >= from && answered < from + count
    if (!isBehind) return answer
    const records = JSON.parse(Buffer.from(answer.body).toString()) as Records
    const known = Object.fromEntries(Object.entries(records).filter(([, record]) => isKnown(record)))
    return { ...answer, headers: {}, body: Buffer.from(JSON.stringify(known)) }
  }
  return { ...platform, send }
}

/** One list is of when run 1001 had created the first of its two batches. */
function firstOfOurs(platform: InMemoryPlatform, from: number): InMemoryPlatform {
  const isKnown = (record: object) =>
    ['"gh_part":["1/2"]', '"gh_run_id":["1001"]'].every((tag) => JSON.stringify(record).includes(tag))
  return behind(platform, { from, isKnown })
}
