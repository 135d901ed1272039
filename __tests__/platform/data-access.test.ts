import { describe, expect, it } from 'vitest'
import { diagnosticsApi, type DiagnosticFile } from '../../src/platform/data-access.ts'
import { HttpFailure } from '../../src/platform/http/errors.ts'
import { jsonReader } from '../../src/lib/json-reader.ts'
import { caught } from '../support/caught.ts'
import { clientAt } from '../support/platform/client-at.ts'
import { batchId } from '../support/make.ts'
import { member } from '../support/runs/platform-inputs.ts'
import { finishedBatch } from '../support/emulator/rejected-batch.ts'
import { never } from '../support/time/never.ts'
import { answer, type Reply } from '../support/platform/scripted-transport.ts'

const BATCH = batchId()
const BASE = `/data/foundation/export/batches/${BATCH}`
const MIB = 1024 * 1024

function api(...replies: readonly Reply[]) {
  const { client, far } = clientAt(replies)
  const paths = () => far.requests.map(({ url }) => url.host + url.pathname + url.search)
  const ranges = () => far.requests.map(({ headers }) => headers['range'])
  return { diagnostics: diagnosticsApi(client), paths, ranges }
}

function listing(...data: readonly object[]): Reply {
  return answer(200, { data, _page: { limit: 100, count: data.length } })
}

function linked(href: string) {
  return { name: 'a.json', length: '5', _links: { self: { href } } }
}

async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  let text = ''
  for await (const chunk of chunks) text += Buffer.from(chunk).toString()
  return text
}

describe('a list of diagnostics', () => {
  it('has the files that may hold rows, their lengths and where they are read', async () => {
    const { diagnostics } = api(listing({ name: 'parsing_errors_0.json', length: '5' }, { name: 'b', length: '0' }, {}))
    const found = await diagnostics.list(BATCH, 'row_errors', never())
    const id = 'row_errors/parsing_errors_0.json'
    expect(found).toEqual({
      kind: 'found',
      record: [{ id, bytes: 5, target: `${BASE}/meta?path=${encodeURIComponent(id)}` }],
    })
  })

  it('of a failed batch leaves out the marks of its writer', async () => {
    const { diagnostics, paths } = api(listing({ name: '_SUCCESS', length: '7' }, { name: 'part-0.json' }))
    const found = await diagnostics.list(BATCH, 'failed', never())
    expect(found).toMatchObject({
      record: [{ id: 'part-0.json', bytes: undefined, target: `${BASE}/failed?path=part-0.json` }],
    })
    expect(paths()).toEqual([`platform.example${BASE}/failed?start=0&limit=100`])
  })

  it('without end is read as far as anyone reads its files', async () => {
    const client = clientAt([]).client
    const send: typeof client.send = async ({ path }) => {
      const start = Number(/start=(\d+)/.exec(path)?.[1])
      const data = Array.from({ length: 100 }, (_, i) => ({ name: `f${start + i}`, length: 1 }))
      return { status: 200, headers: {}, json: () => jsonReader({ data }, 'answer'), bytes: () => new Uint8Array() }
    }
    const found = await diagnosticsApi({ ...client, send }).list(BATCH, 'row_errors', never())
    expect(found.kind === 'found' && found.record.length).toBe(10_000)
  })

  it('is refused without the words of the server, which may quote rows', async () => {
    const { diagnostics } = api(answer(403, { code: 'E-1', detail: 'not "anna.q@example.com"' }))
    expect(await caught(diagnostics.list(BATCH, 'row_errors', never()))).toMatchObject({
      message: 'Cannot read which rows the platform rejected: the answer was 403 E-1',
      remedy: expect.stringContaining('"show-values: true" shows it') as string,
    })
  })

  it('is read page by page', async () => {
    const names = Array.from({ length: 150 }, (_, index) => ({ name: `e${index}.json`, length: 1 }))
    const { diagnostics, paths } = api(listing(...names.slice(0, 100)), listing(...names.slice(99)))
    const found = await diagnostics.list(BATCH, 'row_errors', never())
    expect(found.kind === 'found' && found.record).toHaveLength(150)
    expect(paths()[1]).toContain('start=99&limit=100')
  })

  it('may be bare, as the ETL guide shows it', async () => {
    const { diagnostics } = api(answer(200, [{ name: 'a.json', length: 5 }]))
    expect(await diagnostics.list(BATCH, 'row_errors', never())).toMatchObject({ record: [{ bytes: 5 }] })
  })

  it('is asked for again where the answer is none', async () => {
    const { diagnostics } = api(answer(200, { message: 'later' }), answer(200, [{ name: 'a.json', length: 5 }]))
    expect(await diagnostics.list(BATCH, 'row_errors', never())).toMatchObject({ record: [{ bytes: 5 }] })
  })

  it.each([404, 410])('is missing where the answer is %i', async (status) => {
    const { diagnostics } = api(answer(status, { title: 'no' }))
    expect(await diagnostics.list(BATCH, 'row_errors', never())).toMatchObject({ kind: 'missing' })
  })

  it('fails where it needs a permission, or the far side is no platform', async () => {
    const forbidden = api(answer(403, { title: 'Forbidden' })).diagnostics
    expect(await caught(forbidden.list(BATCH, 'row_errors', never()))).toBeInstanceOf(HttpFailure)
    const page = api(answer(404, '<html>')).diagnostics
    expect(await caught(page.list(BATCH, 'row_errors', never()))).toBeInstanceOf(HttpFailure)
  })
})

describe('a link of the platform', () => {
  const own = `${BASE}/meta?path=row_errors%2Fa.json`

  it.each([
    [`https://platform-va7.adobe.io:443${BASE}/meta?path=x.json`, `${BASE}/meta?path=x.json`],
    [`${BASE}/meta?path=x.json`, `${BASE}/meta?path=x.json`],
    ['https://platform.adobe.io/data/foundation/catalog/batches', own],
    [`https://evil.example${BASE}/../../../../import/batches`, own],
    ['javascript:alert(1)', own],
    ['https://[', own],
    ['', own],
  ])('%s is asked for as %s at the configured host', async (href, target) => {
    const { diagnostics, paths } = api(listing(linked(href)), answer(200, 'text'))
    const found = await diagnostics.list(BATCH, 'row_errors', never())
    const [file] = found.kind === 'found' ? found.record : []
    if (file === undefined) throw new Error('There is no file')
    await textOf(diagnostics.read(file, never()))
    expect(paths()[1]).toBe(`platform.example${target}`)
  })
})

describe('a file of diagnostics', () => {
  const file = (bytes: number | undefined): DiagnosticFile => ({ id: 'x', bytes, target: `${BASE}/meta?path=x` })
  const part = (text: string, range: string) => answer(206, text, { 'content-range': range })

  it('that is short is asked for as a whole', async () => {
    const { diagnostics, ranges } = api(answer(200, 'short'))
    expect(await textOf(diagnostics.read(file(5), never()))).toBe('short')
    expect(ranges()).toEqual([undefined])
  })

  it('that may be long is read piece by piece', async () => {
    const { diagnostics, ranges } = api(part('one', 'bytes 0-2/6'), part('two', 'bytes 3-5/6'))
    expect(await textOf(diagnostics.read(file(undefined), never()))).toBe('onetwo')
    expect(ranges()).toEqual([`bytes=0-${4 * MIB - 1}`, `bytes=3-${4 * MIB + 2}`])
  })

  it.each([
    ['the platform sends all of it', [answer(200, 'all')], 'all'],
    ['its end is told by 416', [part('all', 'bytes 0-2/*'), answer(416)], 'all'],
    ['it is empty', [answer(416)], ''],
    ['it is not there', [answer(404, { title: 'no' })], ''],
    ['it is no longer there', [answer(410)], ''],
  ])('is read to its end where %s', async (_, replies, text) => {
    expect(await textOf(api(...replies).diagnostics.read(file(undefined), never()))).toBe(text)
  })

  it('is not put together of parts that do not fit', async () => {
    const { diagnostics } = api(part('one', 'bytes 0-2/9'), part('two', 'bytes 6-8/9'))
    expect(await caught(textOf(diagnostics.read(file(9 * MIB), never())))).toMatchObject({
      message: 'Cannot read "x" from byte 3: the answer begins at byte 6',
    })
  })

  it('is read no further than it is asked for', async () => {
    const { diagnostics, ranges } = api(part('one', 'bytes 0-2/900'))
    for await (const _ of diagnostics.read(file(undefined), never())) break
    expect(ranges()).toHaveLength(1)
  })
})

describe('diagnostics of a platform', () => {
  it('are listed and read by their links, whatever host these name', async () => {
    const batch = await finishedBatch({
      files: { 'a.jsonl': `${member('1')}{"a" 1}\n${member('2', { points: 'x' })}` },
      settings: { links: 'foreign-host' },
    })
    const { diagnostics, record } = batch
    const found = await diagnostics.list(record.id, 'row_errors', never())
    const files = found.kind === 'found' ? found.record : []
    expect(files.map(({ id }) => id)).toEqual([
      'row_errors/parsing_errors_0.json',
      'row_errors/conversion_errors_0.json',
    ])
    const texts = await Promise.all(files.map((file) => textOf(diagnostics.read(file, never()))))
    expect(texts.map((text) => text.trimEnd().split('\n').length)).toEqual([1, 1])
    const samples = await Promise.all(
      diagnostics.samples(record.id).map((file) => textOf(diagnostics.read(file, never()))),
    )
    expect(samples).toEqual([texts.join(''), ''])
  })
})
