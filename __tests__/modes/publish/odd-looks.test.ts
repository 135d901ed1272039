import { describe, expect, it } from 'vitest'
import type { HttpRequest, HttpResponse } from '../../../src/platform/http/transport.ts'
import type { InMemoryPlatform } from '../../support/emulator/in-memory-platform.ts'
import { contentOf, manyFiles, rowsOf } from '../../support/files/members.ts'
import { NAMED, desk, outcome, publishing } from '../../support/runs/publishing-desk.ts'

const FORBIDDEN = { status: 403, headers: {}, body: Buffer.from('{"title":"ForbiddenError"}') }
/** As a replica says it that is behind another. */
const MISSING = { status: 404, headers: {}, body: Buffer.from('{"title":"NotFoundError","status":404}') }

/** A platform that answers so to the requests after COMPLETE that are meant. */
function oddAfterComplete(platform: InMemoryPlatform, odd: (request: HttpRequest) => HttpResponse | undefined) {
  let isCompleted = false
  const send: InMemoryPlatform['send'] = async (request, signal) => {
    const answer = isCompleted ? odd(request) : undefined
    isCompleted ||= request.url.search === '?action=COMPLETE'
    return answer ?? (await platform.send(request, signal))
  }
  return { ...platform, send }
}

function once<T>(answer: T, isMeant: (request: HttpRequest) => boolean): (request: HttpRequest) => T | undefined {
  let isGiven = false
  return (request) => {
    if (isGiven || !isMeant(request)) return undefined
    isGiven = true
    return answer
  }
}

const isList = ({ method, url }: HttpRequest) => method === 'GET' && url.searchParams.has('tags')
const isLook = ({ method, url }: HttpRequest) => method === 'GET' && /\/catalog\/batches\/\w+$/.test(url.pathname)

describe('the look after success', () => {
  it('is taken again where one answer was odd: rows that stand twice are told by the run that finds them', async () => {
    const { platform } = desk()
    const runs = await Promise.all(
      ['1001', '1002'].map((runId) =>
        publishing(oddAfterComplete(platform, once(FORBIDDEN, isList)))(contentOf('a'), NAMED, { runId }),
      ),
    )
    expect(await rowsOf(platform)).toEqual(['a', 'a'])
    const [red, ...others] = runs.filter(({ failed }) => failed)
    expect([others, red?.errors.join()]).toEqual([[], expect.stringMatching(/at the same moment .*To finish, revert/s)])
  })

  it('is not skipped because one of several batches can not be followed', async () => {
    const { platform } = desk({ maxFiles: 1 })
    const runs = await Promise.all(
      ['1001', '1002'].map((runId) => {
        const hidden = { id: '' }
        const hides = (request: HttpRequest) => {
          const id = request.url.pathname.split('/').at(-1) ?? ''
          if (!isLook(request)) return undefined
          hidden.id ||= id
          return id === hidden.id ? MISSING : undefined
        }
        return publishing(oddAfterComplete(platform, hides))(manyFiles(2), NAMED, { runId })
      }),
    )
    expect(await rowsOf(platform)).toHaveLength(4)
    const said = runs.map(({ errors }) => errors.join())
    for (const text of said) expect(text).toContain('Cannot follow batch')
    expect(said.filter((text) => /at the same moment .*To finish, revert/s.test(text))).toHaveLength(1)
  })
})

describe('a batch that somebody names', () => {
  it.each(['resume', 'revert'])(
    'is found by `mode: %s` though one look asks a replica that is behind',
    async (mode) => {
      const { platform, publish } = desk()
      const id = (await publish(contentOf('a'))).outputs['batch-id'] ?? ''
      const missed = once(MISSING, isLook)
      const send: InMemoryPlatform['send'] = async (request, signal) =>
        missed(request) ?? (await platform.send(request, signal))
      const run = await publishing({ ...platform, send })(undefined, { mode, 'batch-id': id })
      expect([outcome(run), run.errors]).toEqual([mode === 'resume' ? 'published' : 'reverted', []])
    },
  )

  it('is replaced though one look asks a replica that is behind', async () => {
    const { platform, publish } = desk()
    const id = (await publish(contentOf('a'))).outputs['batch-id'] ?? ''
    const missed = once(MISSING, isLook)
    const send: InMemoryPlatform['send'] = async (request, signal) =>
      missed(request) ?? (await platform.send(request, signal))
    const inputs = { ...NAMED, 'replay-predecessors': id }
    const run = await publishing({ ...platform, send })(contentOf('b'), inputs, { runId: '1005' })
    expect([outcome(run), await rowsOf(platform)]).toEqual(['published', ['b']])
  })
})
