import { describe, expect, it } from 'vitest'
import type { HttpRequest } from '../../../src/platform/http/transport.ts'
import type { InMemoryPlatform } from '../../support/emulator/in-memory-platform.ts'
import { contentOf, rowsOf } from '../../support/files/members.ts'
import { NAMED, creations, desk, outcome, publishing } from '../../support/runs/publishing-desk.ts'

const is = (method: string, path: RegExp) => (request: HttpRequest) =>
  request.method === method && path.test(request.url.pathname)

/** What is asked for, and answers that are JSON and none to that. */
const QUESTIONS: readonly (readonly [string, (request: HttpRequest) => boolean, readonly string[]])[] = [
  ['the token', is('POST', /\/ims\/token/), ['{}', 'null', '{"access_token":"t"}', '"maintenance"']],
  ['the dataset', is('GET', /\/dataSets\/\w+$/), ['{}', 'null', '{"message":"try later"}']],
  [
    'the list of batches',
    is('GET', /\/catalog\/batches$/),
    ['null', '"maintenance"', '["later"]', '{"message":"later"}'],
  ],
  ['the schema', is('GET', /\/schemas\/[^/]+$/), ['{}', 'null', '[]', '{"message":"later"}']],
  ['the identities of the schema', is('GET', /\/descriptors$/), ['null', '[]', '{"message":"later"}']],
  ['the files of a batch', is('GET', /\/export\/batches\/\w+\/files$/), ['{}', 'null', '{"message":"later"}']],
  ['a batch', is('GET', /\/catalog\/batches\/\w+$/), ['{}', 'null', '{"message":"later"}']],
]

const VALIDATED = { ...NAMED, validation: 'error' }

const CASES = QUESTIONS.flatMap(([what, isMeant, bodies]) => bodies.map((body) => [what, body, isMeant] as const))

function unreadableOnce(platform: InMemoryPlatform, body: string, isMeant: (request: HttpRequest) => boolean) {
  let isGiven = false
  const send: InMemoryPlatform['send'] = async (request, signal) => {
    const answer = await platform.send(request, signal)
    if (isGiven || !isMeant(request)) return answer
    isGiven = true
    return { status: 200, headers: {}, body: Buffer.from(body) }
  }
  return { ...platform, send }
}

describe('one answer that reads 200 and can not be read', () => {
  it.each(CASES)('is asked for again, as after a reset: %s, %s', async (_, body, isMeant) => {
    const { platform, publish } = desk()
    await publish(contentOf('a'))
    const again = () => publishing(unreadableOnce(platform, body, isMeant))
    const run = await again()(contentOf('a'), VALIDATED, { runId: '1007' })
    const next = await again()(contentOf('b'), VALIDATED, { runId: '1008' })
    expect([outcome(run), outcome(next)], run.log + next.log).toEqual(['skipped', 'published'])
    expect([creations(platform), await rowsOf(platform)]).toEqual([2, ['a', 'b']])
    expect((run.log + next.log).match(/retry in/g)?.length).toBeGreaterThanOrEqual(1)
  })
})
