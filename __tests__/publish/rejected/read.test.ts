import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Problem } from '../../../src/lib/errors.ts'
import type { DiagnosticsApi } from '../../../src/platform/data-access.ts'
import { gather, readLines } from '../../../src/publish/rejected/read.ts'
import { fakeClock } from '../../support/time/fake-clock.ts'
import { batchId } from '../../support/make.ts'
import { contextOf } from '../../support/runs/context.ts'

type Kept = Readonly<Record<string, Iterable<string>>>

/** Diagnostics whose rows are made when they are asked for. */
function holding(kept: Kept, onPiece = () => {}): DiagnosticsApi & { readonly read: DiagnosticsApi['read'] } {
  const entries = Object.keys(kept).map((id) => ({ id, bytes: id.length, target: id }))
  return {
    list: async (_, room) => ({ kind: 'found', record: room === 'row_errors' ? entries : [] }),
    samples: () => [],
    async *read({ id }) {
      for (const piece of kept[id] ?? []) {
        onPiece()
        yield Buffer.from(piece)
      }
    },
  }
}

function row(code: string, text = ''): string {
  return `${JSON.stringify({ text, _errors: [{ code }] })}\n`
}

function* repeated(text: string, times: number): Generator<string> {
  for (let at = 0; at < times; at++) yield text
}

async function gathered(diagnostics: DiagnosticsApi, clock = fakeClock()) {
  const order = { batch: batchId(), origin: 'json', keepRecords: false, mayBeLate: false } as const
  const { rows, ...others } = await gather(order, contextOf({ diagnostics, clock }))
  const codes = Map.groupBy(rows, ({ errors }) => errors[0]?.code ?? '')
  return { ...others, counts: Object.fromEntries([...codes].map(([code, of]) => [code, of.length])) }
}

describe('rejected rows', () => {
  it('of every kind are read, however many there are of one', async () => {
    const kept = { parsing_errors: repeated(row('1401'), 30_000), conversion: [row('100'), row('100')], x: [row('7')] }
    expect(await gathered(holding(kept))).toEqual({ counts: { 7: 1, 100: 2, 1401: 9_997 }, isWhole: false, notes: [] })
  })

  it('of files as long as each other are read in equal numbers', async () => {
    const kept = { a: repeated(row('1401'), 30_000), b: repeated(row('100'), 30_000) }
    expect(await gathered(holding(kept))).toMatchObject({ counts: { 100: 5_000, 1401: 5_000 }, isWhole: false })
  })

  it('are read no further than there is memory for', async () => {
    let pieces = 0
    const endless = repeated(row('100', 'x'.repeat(1_000_000)), Infinity)
    const { counts, isWhole } = await gathered(holding({ a: endless }, () => pieces++))
    expect([counts['100'], isWhole]).toEqual([16, false])
    expect(pieces).toBe(17)
  })

  it('are read no longer than a minute', async () => {
    const clock = fakeClock()
    let nowMs = 0
    const endless = holding({ a: repeated(row('100'), Infinity), bb: [row('7')] }, () => (nowMs += 10_000))
    const running = { ...clock, now: () => nowMs }
    expect(await gathered(endless, running)).toEqual({ counts: { 100: 6 }, isWhole: false, notes: [] })
    expect(nowMs).toBe(70_000)
  })

  it('of a file whose line never ends are left, those of others are not', async () => {
    const endless = repeated('x'.repeat(1_000_000), Infinity)
    const { counts, notes } = await gathered(holding({ aa: endless, b: [row('7')] }))
    expect(counts).toEqual({ 7: 1 })
    expect(notes).toEqual([expect.stringContaining('a line has more than')])
  })

  it('of a sample that is there by both of its names are counted once, where the rooms can not be listed', async () => {
    const diagnostics = holding({ sample: [row('7'), row('100')], samples: [row('7'), row('100')] })
    const sample = (id: string) => ({ id, bytes: undefined, target: id })
    const list = () => Promise.reject(new Problem('Cannot read it', { remedy: 'Wait.' }))
    const samples = () => [sample('missing'), sample('sample'), sample('samples')]
    const { counts, isWhole } = await gathered({ ...diagnostics, list, samples })
    expect([counts, isWhole]).toEqual([{ 7: 1, 100: 1 }, false])
  })

  it('are not lost by what nobody foresaw, of which no message is shown', async () => {
    const diagnostics = holding({ a: [row('7')], b: [] })
    const read: DiagnosticsApi['read'] = (file, signal) => {
      if (file.id === 'b') throw new TypeError('the secret')
      return diagnostics.read(file, signal)
    }
    const { counts, notes } = await gathered({ ...diagnostics, read })
    expect(counts).toEqual({ 7: 1 })
    expect(notes).toEqual([expect.stringMatching(/unexpected error \(TypeError\)/)])
    expect(notes[0]).not.toContain('secret')
  })
})

/** One buffer for all chunks, as a reader of files has it. */
async function* reused(text: string, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text)
  const chunk = Buffer.alloc(64)
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1
    const copied = bytes.copy(chunk, 0, at, at + size)
    yield chunk.subarray(0, copied)
    at += copied
  }
}

describe('the lines of a text', () => {
  it('are what stands between line feeds, however it comes', async () => {
    const text = fc.array(fc.string({ unit: 'grapheme', maxLength: 9 }), { maxLength: 8 }).map((all) => all.join('\n'))
    const sizes = fc.array(fc.integer({ min: 1, max: 64 }), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(text, sizes, async (whole, cuts) => {
        const found: string[] = []
        for await (const line of readLines(reused(whole, cuts))) found.push(line)
        const expected = whole.split('\n')
        expect(found).toEqual(expected.at(-1) === '' ? expected.slice(0, -1) : expected)
      }),
    )
  })
})
