import { describe, expect, it } from 'vitest'
import { bytesContent } from '../../../src/lib/content.ts'
import { filesApi, type Receipt } from '../../../src/platform/batches.ts'
import { caught } from '../../support/caught.ts'
import { clientAt } from '../../support/platform/client-at.ts'
import { datasetId, batchId } from '../../support/make.ts'
import { never } from '../../support/time/never.ts'
import { answer, refused, reset, type Reply } from '../../support/platform/scripted-transport.ts'

const DATASET = '5c8c3c555033b814b69f947f'
const SLOT = { batch: batchId(), dataset: datasetId(DATASET), name: 'year=2026/a b?.json' }
const SMALL = bytesContent(Buffer.from('small'))
const LARGE = bytesContent(Buffer.alloc((8 << 20) + 1))

function filesAt(...replies: readonly Reply[]) {
  const { client, far, notices } = clientAt(replies)
  return { files: filesApi(client, '/import'), far, notices }
}

describe('a file that is sent whole', () => {
  it('goes to its own address, with every segment of its name encoded', async () => {
    const { files, far } = filesAt(answer(200))
    expect(await files.put(SLOT, SMALL, never())).toEqual({ kind: 'stored' })
    expect(far.requests[0]).toMatchObject({ method: 'PUT', headers: { 'content-type': 'application/octet-stream' } })
    expect(far.requests[0]?.url.pathname).toBe(`/import/01HBATCH/datasets/${DATASET}/files/year%3D2026/a%20b%3F.json`)
  })

  it.each<readonly [string, typeof SMALL, readonly Reply[], Receipt['kind'], number]>([
    ['small, cut off and then taken', SMALL, [answer(504), answer(200)], 'stored', 2],
    ['small, cut off again and again', SMALL, [answer(504)], 'in doubt', 6],
    ['large, cut off and then taken', LARGE, [reset(), answer(201)], 'stored', 2],
    ['large, cut off twice', LARGE, [answer(504)], 'in doubt', 2],
    ['large, reset twice, as TLS may hide a 413', LARGE, [reset()], 'in doubt', 2],
    ['refused by a busy platform, then taken', LARGE, [answer(429), answer(503), answer(200)], 'stored', 3],
    ['too large for a gateway', LARGE, [answer(413)], 'too large', 1],
    ['in doubt, then too large', LARGE, [answer(504), answer(413)], 'too large', 2],
  ])('%s', async (_, content, replies, kind, requests) => {
    const { files, far } = filesAt(...replies)
    expect((await files.put(SLOT, content, never())).kind).toBe(kind)
    expect(far.requests).toHaveLength(requests)
  })

  it.each([answer(400, {}), answer(403, {}), refused()])(
    'that surely can not be stored is an error (%j)',
    async (reply) => {
      expect(await caught(filesAt(reply).files.put(SLOT, SMALL, never()))).toMatchObject({ mayHaveActed: false })
    },
  )
})

describe('a piece of a file', () => {
  const piece = { start: 100, content: bytesContent(Buffer.from('0123456789')) }

  it('says which bytes it is', async () => {
    const { files, far } = filesAt(answer(200))
    await files.patch(SLOT, piece, never())
    expect(far.requests[0]).toMatchObject({ method: 'PATCH', headers: { 'content-range': 'bytes 100-109' } })
    expect(far.bodies).toEqual(['0123456789'])
  })

  it.each<readonly [string, readonly Reply[], Receipt['kind'], number]>([
    ['is never sent twice in doubt', [answer(504)], 'in doubt', 1],
    ['is never sent twice after a reset', [reset()], 'in doubt', 1],
    ['is sent again when the platform was busy', [answer(503), answer(200)], 'stored', 2],
    ['may be too large', [answer(413)], 'too large', 1],
  ])('%s', async (_, replies, kind, requests) => {
    const { files, far } = filesAt(...replies)
    expect((await files.patch(SLOT, piece, never())).kind).toBe(kind)
    expect(far.requests).toHaveLength(requests)
  })
})

describe('what a server says of a refused upload', () => {
  const detail = 'row 1: value "anna.q@example.com" is invalid'
  const page = `<html><h1>${detail}</h1></html>`
  const piece = { start: 0, content: SMALL }
  const requests: Readonly<Record<string, (files: ReturnType<typeof filesAt>['files']) => Promise<unknown>>> = {
    put: (files) => files.put(SLOT, SMALL, never()).then(inDoubt),
    patch: (files) => files.patch(SLOT, piece, never()).then(inDoubt),
    initialize: (files) => files.initialize(SLOT, never()),
    completeFile: (files) => files.completeFile(SLOT, never()),
  }
  const refusals = [
    answer(422, { detail }),
    answer(403, page),
    answer(500, { errors: { message: detail } }),
    answer(200, page),
  ]
  const cases = Object.keys(requests).flatMap((name) => refusals.map((refusal) => ({ name, refusal })))

  it.each(cases)('is hidden, since it may quote data: $name, $refusal.status', async ({ name, refusal }) => {
    const { files, notices } = filesAt(refusal)
    expect(await caught(requests[name]?.(files) ?? Promise.resolve())).toMatchObject({
      message: expect.stringMatching(new RegExp(`: the answer was ${refusal.status}[^"]*$`)) as string,
      remedy: expect.stringMatching(/"show-values: true" shows it\.$/) as string,
      response: { status: refusal.status, text: '' },
    })
    expect(notices.join('\n')).not.toContain('anna')
  })

  it('is shown where values may be', async () => {
    const { client } = clientAt([answer(422, { detail })], undefined, { showValues: true })
    expect(await caught(filesApi(client, '/import').put(SLOT, SMALL, never()))).toMatchObject({
      message: expect.stringContaining(`the answer was 422 ${JSON.stringify(detail)}`) as string,
      remedy: expect.not.stringContaining('show-values') as string,
    })
  })
})

/** An upload in doubt is no error yet. */
function inDoubt(receipt: Receipt): void {
  if (receipt.kind !== 'stored') throw receipt.problem
}

describe('how much of a file arrived', () => {
  it.each([
    ['bytes=0-99', 100],
    ['bytes 0-99', 100],
    ['0-99', 100],
    ['bytes=0-0', 1],
    ['bytes=50-99', undefined],
    ['bytes=0-99,200-299', undefined],
    ['none', undefined],
    [undefined, undefined],
  ])('by the header %j is %j', async (range, bytes) => {
    const { files, far } = filesAt(answer(200, '', range === undefined ? {} : { range }))
    expect(await files.bytesHeld(SLOT, never())).toBe(bytes)
    expect(far.requests[0]?.method).toBe('HEAD')
  })
})

describe('the end of a file that went by pieces', () => {
  it.each<readonly [number, boolean]>([
    [200, true],
    [201, true],
    [400, false],
  ])('answered %i is %j', async (status, whole) => {
    const { files, far } = filesAt(answer(status, {}))
    expect(await files.completeFile(SLOT, never())).toBe(whole)
    expect(far.requests[0]?.url.search).toBe('?action=COMPLETE')
  })

  it('is asked for again in doubt, and refused with an error', async () => {
    const { files, far } = filesAt(reset(), answer(200))
    expect([await files.completeFile(SLOT, never()), far.requests.length]).toEqual([true, 2])
    expect(await caught(filesAt(answer(403, {})).files.completeFile(SLOT, never()))).toMatchObject({
      response: { status: 403 },
    })
  })
})
