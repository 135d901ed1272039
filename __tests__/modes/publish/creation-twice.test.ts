import { describe, expect, it } from 'vitest'
import { lazy } from '../../../src/lib/async.ts'
import type { HttpRequest, HttpResponse } from '../../../src/platform/http/transport.ts'
import { inMemoryPlatform, type InMemoryPlatform } from '../../support/emulator/in-memory-platform.ts'
import { badMember, contentOf, manyFiles, rowsOf, stages } from '../../support/files/members.ts'
import { NAMED, PREVIOUS, outcome, publishing } from '../../support/runs/publishing-desk.ts'

/** A second batch that would replace the same is refused. */
const ONE_SUCCESSOR = {
  honoured: true,
  idStyles: ['plain'],
  secondSuccessor: 'refused',
  predecessorsOfFailed: 'kept',
} as const

type Hidden = (url: URL) => boolean

type Proxy = { readonly heard?: 'first' | 'second'; readonly isHidden?: Hidden }

/** A proxy sends each creation twice, and hands on one of the answers; some lists do not show the second batch. */
function creatingTwice(
  platform: InMemoryPlatform,
  { heard = 'first', isHidden = () => false }: Proxy = {},
): InMemoryPlatform {
  let twin = ''
  const send: InMemoryPlatform['send'] = async (request, signal) => {
    const answer = await platform.send(request, signal)
    const again = isCreation(request) ? await platform.send(request, signal) : undefined
    if (again !== undefined) twin = idIn(again)
    if (again !== undefined && heard === 'second') return again
    return request.url.pathname.endsWith('/catalog/batches') && isHidden(request.url) ? without(twin, answer) : answer
  }
  return { ...platform, send }
}

function isCreation({ method, url }: HttpRequest): boolean {
  return method === 'POST' && url.pathname.endsWith('/import/batches')
}

function idIn({ body }: HttpResponse): string {
  return (JSON.parse(Buffer.from(body).toString()) as { readonly id?: string }).id ?? ''
}

function without(id: string, answer: HttpResponse): HttpResponse {
  const { [id]: _, ...rest } = JSON.parse(Buffer.from(answer.body).toString()) as Readonly<Record<string, object>>
  return { ...answer, headers: {}, body: Buffer.from(JSON.stringify(rest)) }
}

function askedByExternalId({ emulator }: InMemoryPlatform): number {
  return emulator.requests().filter(({ target }) => target.includes('externalId=')).length
}

describe('a creation that is refused, since others may have taken what it replaces,', () => {
  it('starts everything over, though nobody can tell whether a first one was taken', async () => {
    const platform = inMemoryPlatform()
    await publishing(platform)(contentOf('a'), PREVIOUS, { runId: '900' })
    let refusals = 0
    const send: InMemoryPlatform['send'] = async (request, signal) => {
      if (isCreation(request) && refusals++ === 0) return { status: 428, headers: {}, body: Buffer.from('{}') }
      const isLook = request.url.searchParams.has('externalId') && refusals === 1
      return isLook ? { status: 500, headers: {}, body: Buffer.from('{}') } : await platform.send(request, signal)
    }
    const run = await publishing({ ...platform, send })(contentOf('b'), PREVIOUS)
    expect([outcome(run), await rowsOf(platform)], run.log).toEqual(['published', ['b']])
    expect(run.log).toContain('Starting over, nothing was completed')
  })
})

describe('a creation that a proxy sends twice', () => {
  it('is used where the first has taken what it replaces, and the second is refused', async () => {
    const platform = inMemoryPlatform({ replay: ONE_SUCCESSOR })
    await publishing(platform)(contentOf('a'), PREVIOUS, { runId: '900' })
    const run = await publishing(creatingTwice(platform, { heard: 'second' }))(contentOf('b'), PREVIOUS)
    expect([outcome(run), run.warnings], run.log).toEqual(['published', []])
    expect([await stages(platform), await rowsOf(platform)]).toEqual([['inactive', 'success'], ['b']])
  })

  it('leaves no batch open: the look before COMPLETE shows the second one, and nothing more is asked', async () => {
    const platform = inMemoryPlatform()
    const run = await publishing(creatingTwice(platform))(contentOf('a'))
    expect([outcome(run), run.warnings], run.log).toEqual(['published', []])
    expect([await stages(platform), await rowsOf(platform)]).toEqual([['success', 'aborted'], ['a']])
    expect(run.log).toContain('the creation was duplicated on its way')
    expect(askedByExternalId(platform)).toBe(0)
  })

  it('leaves none where lists show it only after success', async () => {
    const platform = inMemoryPlatform()
    let lists = 0
    const isHidden: Hidden = ({ searchParams }) => searchParams.has('tags') && ++lists <= 2
    const run = await publishing(creatingTwice(platform, { isHidden }))(contentOf('a'))
    expect([outcome(run), lists, await stages(platform)], run.log).toEqual(['published', 3, ['success', 'aborted']])
    expect(askedByExternalId(platform)).toBe(0)
  })

  it('leaves none where a part of the data that was kept turns out to be gone when the rest is completed', async () => {
    const platform = inMemoryPlatform({ maxFiles: 1 })
    const batchMost = { ...platform.batchMost, files: 2 }
    const files = manyFiles(3)
    await publishing({ ...platform, batchMost })(files)
    const [kept] = (await platform.emulator.batches()).filter(({ stage }) => stage === 'success')
    platform.emulator.change({ maxFiles: 2 })
    const revert = lazy(() => publishing(platform)(undefined, { mode: 'revert', 'batch-id': kept?.id ?? '' }))
    const send: InMemoryPlatform['send'] = async (request, signal) => {
      if (request.url.search.endsWith('action=COMPLETE')) await revert.get()
      return platform.send(request, signal)
    }
    const isHidden = ({ searchParams }: URL) => !searchParams.has('externalId')
    const twice = creatingTwice({ ...platform, batchMost, send }, { isHidden })
    const run = await publishing(twice)(files, NAMED, { runId: '1001', attempt: 2 })
    expect(run.errors.join(), run.log).toContain('which had this data, is no longer active')
    expect((await stages(platform))[3], run.log).toBe('aborted')
  })

  it('leaves none where no list shows any batch of ours: it is asked for by its external id', async () => {
    const platform = inMemoryPlatform()
    const send: InMemoryPlatform['send'] = async (request, signal) => {
      const answer = await platform.send(request, signal)
      const isList = request.url.pathname.endsWith('/catalog/batches') && request.url.searchParams.has('tags')
      return isList ? { ...answer, headers: {}, body: Buffer.from('{}') } : answer
    }
    const run = await publishing(creatingTwice({ ...platform, send }))(contentOf('a'))
    expect([outcome(run), await stages(platform)], run.log).toEqual(['published', ['success', 'aborted']])
    expect(askedByExternalId(platform)).toBe(1)
  })

  it.each<readonly [string, object, object]>([
    ['nobody waits', contentOf('a'), { wait: 'false' }],
    ['the batch fails', { 'data/a.jsonl': badMember('a') }, {}],
    ['time runs out', contentOf('a'), { 'timeout-minutes': '0.001' }],
  ])('leaves none where %s: it is asked for by its external id', async (_, files, inputs) => {
    const platform = inMemoryPlatform()
    const isHidden = ({ searchParams }: URL) => !searchParams.has('externalId')
    const run = await publishing(creatingTwice(platform, { isHidden }))({ ...files }, { ...NAMED, ...inputs })
    expect((await stages(platform))[1], run.log).toBe('aborted')
    expect(askedByExternalId(platform)).toBe(1)
  })
})
