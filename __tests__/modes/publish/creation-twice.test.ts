import { describe, expect, it } from 'vitest'
import type { HttpRequest, HttpResponse } from '../../../src/platform/http/transport.ts'
import { inMemoryPlatform, type InMemoryPlatform } from '../../support/in-memory-platform.ts'
import { badMember, contentOf, rowsOf, stages } from '../../support/members.ts'
import { NAMED, outcome, publishing } from '../../support/publishing-desk.ts'

type Hidden = (url: URL) => boolean

/** A proxy sends each creation twice, and hands on the first answer; some lists do not show the second batch. */
function creatingTwice(platform: InMemoryPlatform, isHidden: Hidden = () => false): InMemoryPlatform {
  let twin = ''
  const send: InMemoryPlatform['send'] = async (request, signal) => {
    const answer = await platform.send(request, signal)
    if (isCreation(request)) twin = idIn(await platform.send(request, signal))
    return request.url.pathname.endsWith('/catalog/batches') && isHidden(request.url) ? without(twin, answer) : answer
  }
  return { ...platform, send }
}

function isCreation({ method, url }: HttpRequest): boolean {
  return method === 'POST' && url.pathname.endsWith('/import/batches')
}

function idIn({ body }: HttpResponse): string {
  return (JSON.parse(Buffer.from(body).toString()) as { readonly id: string }).id
}

function without(id: string, answer: HttpResponse): HttpResponse {
  const { [id]: _, ...rest } = JSON.parse(Buffer.from(answer.body).toString()) as Readonly<Record<string, object>>
  return { ...answer, headers: {}, body: Buffer.from(JSON.stringify(rest)) }
}

function askedByExternalId({ emulator }: InMemoryPlatform): number {
  return emulator.requests().filter(({ target }) => target.includes('externalId=')).length
}

describe('a creation that a proxy sends twice', () => {
  it('leaves no batch open: the look before COMPLETE shows the second one, and nothing more is asked', async () => {
    const platform = inMemoryPlatform()
    const run = await publishing(creatingTwice(platform))(contentOf('a'))
    expect([outcome(run), run.warnings], run.log).toEqual(['published', []])
    expect([await stages(platform), await rowsOf(platform)]).toEqual([['success', 'aborted'], ['a']])
    expect(run.log).toMatch(/duplicated on its way\n[^]*ingestion started|ingestion started\n[^]*duplicated on its way/)
    expect(askedByExternalId(platform)).toBe(0)
  })

  it('leaves none where lists show it only after success', async () => {
    const platform = inMemoryPlatform()
    let lists = 0
    const run = await publishing(
      creatingTwice(platform, ({ searchParams }) => searchParams.has('tags') && ++lists <= 2),
    )(contentOf('a'))
    expect([outcome(run), lists, await stages(platform)], run.log).toEqual(['published', 3, ['success', 'aborted']])
    expect(askedByExternalId(platform)).toBe(0)
  })

  it.each<readonly [string, object, object]>([
    ['nobody waits', contentOf('a'), { wait: 'false' }],
    ['the batch fails', { 'data/a.jsonl': badMember('a') }, {}],
    ['time runs out', contentOf('a'), { 'timeout-minutes': '0.001' }],
  ])('leaves none where %s: it is asked for by its external id', async (_, files, inputs) => {
    const platform = inMemoryPlatform()
    const isHidden = ({ searchParams }: URL) => !searchParams.has('externalId')
    const run = await publishing(creatingTwice(platform, isHidden))({ ...files }, { ...NAMED, ...inputs })
    expect((await stages(platform))[1], run.log).toBe('aborted')
    expect(askedByExternalId(platform)).toBe(1)
  })
})
