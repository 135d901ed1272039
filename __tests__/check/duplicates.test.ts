import { PARQUET } from '../support/files/shapes.ts'
import fc from 'fast-check'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { describe, expect, it } from 'vitest'
import { bytesContent } from '../../src/lib/content.ts'
import { checkFile } from '../../src/formats/check.ts'
import { findDuplicates } from '../../src/check/duplicates.ts'
import { KeyList, type RowKeys } from '../../src/formats/keys.ts'
import type { RowCheck } from '../../src/formats/record.ts'
import { createLocalChecker } from '../../src/formats/pool.ts'

const signal = new AbortController().signal

const byId: RowCheck = {
  text: (text) => idOf(JSON.parse(text)),
  value: (value) => idOf(value),
}

function idOf(record: unknown): string | undefined {
  const { _id: id } = { _id: undefined, ...(record as object) }
  return typeof id === 'string' ? id : undefined
}

function keys(ids: readonly string[]): RowKeys {
  const list = new KeyList()
  for (const [index, id] of ids.entries()) list.add(id, index + 1)
  return list.take()
}

async function keysOf(text: string, kind: 'lines' | 'array', bytes: number): Promise<RowKeys> {
  const shape = { format: 'json', kind } as const
  const file = { content: bytesContent(Buffer.from(text)), shape, sliceSize: { bytes, longestRecord: 1000 } }
  return (await checkFile(file, { checker: createLocalChecker(byId), signal })).keys
}

describe('duplicates', () => {
  it('are those that a naive search finds, over all files', () => {
    const ids = fc.array(fc.string({ maxLength: 2, unit: fc.constantFrom('a', 'b', 'ü', '1') }), { maxLength: 40 })
    fc.assert(
      fc.property(fc.array(ids, { maxLength: 4 }), (files) => {
        const seen = new Map<string, object>()
        const expected: { readonly file: number; readonly place: number; readonly first: object }[] = []
        for (const [file, all] of files.entries()) {
          for (const [index, id] of all.entries()) {
            const here = { file, place: index + 1 }
            const first = seen.get(id)
            if (first === undefined) seen.set(id, here)
            else expected.push({ ...here, first })
          }
        }
        const found = findDuplicates(files.map((all) => keys(all)))
        const counts = files.map((_, file) => expected.filter((one) => one.file === file).length)
        expect(found).toEqual({ counts, shown: expected, isComplete: true })
      }),
    )
  })

  it('are told from neighbours among many keys', () => {
    const ids = Array.from({ length: 200_000 }, (_, number) => `event-${number}`)
    expect(findDuplicates([keys(ids), keys(['event-199999'])])).toEqual({
      counts: [0, 1],
      shown: [{ file: 1, place: 1, first: { file: 0, place: 200_000 } }],
      isComplete: true,
    })
  })

  it('are not looked for beyond the limit, which is said', () => {
    expect(findDuplicates([keys(['a', 'b', 'c', 'a'])], { keys: 3, shown: 9 })).toMatchObject({ isComplete: false })
  })

  it('are all counted, and shown up to a limit', () => {
    const found = findDuplicates([keys(['a', 'a', 'a', 'a'])], { keys: 9, shown: 2 })
    expect(found).toMatchObject({ counts: [3], shown: [{ place: 2 }, { place: 3 }] })
  })

  it('are shown once for each other file beyond the limit', () => {
    const found = findDuplicates([keys(['a', 'a', 'a']), keys(['b']), keys(['b', 'a', 'b'])], { keys: 9, shown: 1 })
    expect(found.counts).toEqual([2, 0, 3])
    expect(found.shown).toEqual([
      { file: 0, place: 2, first: { file: 0, place: 1 } },
      { file: 2, place: 1, first: { file: 1, place: 1 } },
    ])
  })

  it('need more than 64 equal bits: that much, two of five million keys may share by chance', () => {
    const [one, other] = [keys(['a']), keys(['b'])]
    other.hashes.set(one.hashes.subarray(0, 2))
    expect(findDuplicates([one, other])).toMatchObject({ counts: [0, 0], shown: [] })
  })

  it('stand in their rows across the row groups of a Parquet file', async () => {
    const columnData = [{ name: '_id', data: ['a', 'b', 'c', 'd', 'a'], type: 'STRING' as const }]
    const content = bytesContent(new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: 2 })))
    const { keys: found } = await checkFile({ content, shape: PARQUET }, { checker: createLocalChecker(byId), signal })
    expect(findDuplicates([found]).shown).toEqual([{ file: 0, place: 5, first: { file: 0, place: 1 } }])
  })

  it.each([1, 7, 1000])('stand in their lines, in slices of %i bytes', async (bytes) => {
    const lines = await keysOf('{"_id":"a"}\n\n{"x":1}\n{"_id":"b"}\n', 'lines', bytes)
    expect([...lines.places]).toEqual([1, 4])
    const array = await keysOf('[{"_id":"a"},\n{"x":1},{"_id":"b"}]', 'array', bytes)
    expect([...array.places]).toEqual([1, 2])
    expect([...array.indexes]).toEqual([0, 2])
    expect([...lines.indexes]).toEqual([])
    expect(array.hashes).toEqual(lines.hashes)
  })
})
