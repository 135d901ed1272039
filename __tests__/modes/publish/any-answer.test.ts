import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HttpResponse } from '../../../src/platform/http/transport.ts'
import { hostileText } from '../../support/report/hostile-text.ts'
import { runStep } from '../../support/runs/in-memory-action.ts'
import { inMemoryPlatform } from '../../support/emulator/in-memory-platform.ts'
import { member } from '../../support/runs/platform-inputs.ts'

const FILES = { 'data/a.jsonl': member('1') + member('2') }
const STATUSES = [
  'loading',
  'processing',
  'success',
  'active',
  'failed',
  'stalled',
  'inactive',
  'SUCCESS',
  '',
  'unknown',
]
const COUNTS = [
  'inputRecordCount',
  'outputRecordCount',
  'failedRecordCount',
  'recordsRead',
  'recordsWritten',
  'recordsFailed',
]

const long = fc.nat({ max: 2_000 }).map((length) => '$(id)'.repeat(length))
const words = fc.oneof(
  hostileText,
  long,
  fc.constantFrom('x"; $(id) `id` \n${{ secrets.X }}', '__proto__', "'; rm -rf /"),
)
const scalar = fc.oneof(words, fc.double(), fc.integer(), fc.constantFrom('9'.repeat(400), '-1', '1e9', null, true))

const answers = fc.record({
  status: fc.oneof(fc.constantFrom(...STATUSES), words),
  metrics: fc.dictionary(fc.constantFrom(...COUNTS), scalar),
  errors: fc.array(fc.record({ code: scalar, description: scalar, recordCount: scalar }), { maxLength: 2 }),
  /** Of the batch that is created, where it is not what it was. */
  id: fc.option(words),
  name: fc.oneof(fc.constant('Loyalty members'), words),
})

type Answers = typeof answers extends fc.Arbitrary<infer T> ? T : never

describe('whatever a server writes', () => {
  it('every output is short, and holds nothing that a shell, an expression or the runner takes for more than text', async () => {
    await fc.assert(
      fc.asyncProperty(answers, async (said) => {
        const { outputs } = await runStep(platformThatSays(said), { files: FILES, inputs: { 'timeout-minutes': '2' } })
        for (const [name, value] of Object.entries(outputs)) expect(`${name} ${value}`).toMatch(HARMLESS)
        expect(KNOWN).toContain(outputs['status'])
      }),
      { numRuns: 60 },
    )
  })
})

/** The quotes, brackets and commas are those of `batch-ids`, a list in JSON. */
const HARMLESS = /^[a-z-]+ (?:[\w./-]{0,100}|\["[\w-]{1,64}"(?:,"[\w-]{1,64}")*\]|\[\])$/

const KNOWN = [
  '',
  'unknown',
  'loading',
  'loaded',
  'queued',
  'processing',
  'staging',
  'staged',
  'retrying',
  'stalled',
  'success',
  'failed',
  'aborted',
  'abandoned',
  'deleted',
  'inactive',
  'archived',
  'retained',
]

/** The local platform, whose answers are rewritten on their way. */
function platformThatSays(said: Answers) {
  const platform = inMemoryPlatform()
  const send: typeof platform.send = async (request, signal) => {
    const answer = await platform.send(request, signal)
    const path = request.url.pathname
    if (request.method === 'POST' && path.endsWith('/import/batches') && said.id !== null)
      return rewrite(answer, (body) => ({ ...body, id: said.id }))
    if (request.method !== 'GET') return answer
    if (/\/catalog\/batches\/\w+$/.test(path)) return rewrite(answer, (body) => ofEach(body, said))
    if (/\/catalog\/dataSets\/\w+$/.test(path)) return rewrite(answer, (body) => ofEach(body, { name: said.name }))
    return answer
  }
  return { ...platform, send }
}

function rewrite(answer: HttpResponse, change: (body: object) => unknown): HttpResponse {
  const body = JSON.parse(new TextDecoder().decode(answer.body)) as object
  return { ...answer, body: new TextEncoder().encode(JSON.stringify(change(body))) }
}

function ofEach(body: object, more: object) {
  return Object.fromEntries(Object.entries(body).map(([id, record]) => [id, { ...(record as object), ...more }]))
}
