import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesContent, type Content } from '../../../src/lib/content.ts'
import { readAll } from '../../../src/lib/content.ts'
import { loadsOf } from '../../../src/files/plan.ts'
import { MOST_BYTES_PART } from '../../../src/files/read.ts'
import { MOST_BYTES_WHOLE } from '../../../src/platform/batches.ts'
import type { CheckedFile } from '../../../src/files/read.ts'
import { checkedFile } from '../../support/checked-file.ts'

function linesOf(name: string, text: string): CheckedFile {
  const packing = text.endsWith('\n') ? 'as it is' : 'with a line end'
  return checkedFile(name, bytesContent(Buffer.from(text)), { packing })
}

function numbered(count: number, text = (index: number) => `{"n":${index}}`): readonly CheckedFile[] {
  return Array.from({ length: count }, (_, index) =>
    linesOf(`data/${String(index).padStart(5, '0')}.json`, text(index)),
  )
}

const names = (files: readonly CheckedFile[]) =>
  loadsOf(files).flatMap((load) => load.map(({ remoteName }) => remoteName))

/** Of this size, and never read. */
function unread(size: number): Content {
  return { size, slice: (start, end) => unread(end - start), bytes: () => bytesContent(new Uint8Array()).bytes() }
}

describe('more than 100 JSON files', () => {
  it('travel as one, each record in a line of its own, in the order of the files', async () => {
    const file = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.boolean())
    await fc.assert(
      fc.asyncProperty(fc.array(file, { minLength: 101, maxLength: 130 }), async (shapes) => {
        const texts = shapes.map(([rows, ends], index) => {
          const lines = Array.from({ length: rows }, (_, row) => `{"file":${index},"row":${row}}`).join('\n')
          return ends ? `${lines}\n` : lines
        })
        const files = numbered(texts.length, (index) => texts[index] ?? '')
        const [[pack, ...others] = [], ...more] = loadsOf(files)
        expect([others, more]).toEqual([[], []])
        expect(pack?.sources).toEqual(files)
        const sent = Buffer.from(await readAll(pack?.content ?? unread(0))).toString()
        expect(sent.trimEnd().split('\n')).toEqual(texts.flatMap((text) => text.trimEnd().split('\n')))
      }),
      { numRuns: 20 },
    )
  })

  it('travel in parts of at most 128 MB, each file in one of them', () => {
    const sizes = [MOST_BYTES_PART - 1, ...Array.from({ length: 150 }, (_, index) => 1_000_000 + index)]
    const files = sizes.map((size, index) => checkedFile(`${index}.json`, unread(size), { packing: 'with a line end' }))
    const parts = loadsOf(files).flat()
    expect(parts.map(({ remoteName }) => remoteName)).toEqual([
      'packed-00001.json',
      'packed-00002.json',
      'packed-00003.json',
    ])
    for (const { content } of parts) expect(content.size).toBeLessThanOrEqual(MOST_BYTES_PART)
    expect(parts.flatMap(({ sources }) => sources)).toEqual(files)
  })

  it('are named like no file of the publish', () => {
    const own = numbered(101)
    const taken = checkedFile('packed-00001.json', unread(1))
    expect(names([...own, taken])).toEqual(['packed--00001.json', 'packed-00001.json'])
  })

  it('leave alone what must be a file of its own, and do not count it', () => {
    const partition = checkedFile('day=1/a.json', unread(5))
    expect(names([...numbered(101), partition])).toEqual(['packed-00001.json', 'day=1/a.json'])
    expect(names([...numbered(100), partition])).toHaveLength(101)
    const large = checkedFile('z.json', unread(MOST_BYTES_PART), { packing: 'as it is' })
    expect(names([...numbered(101), large])).toEqual(['packed-00001.json', 'z.json'])
  })
})

describe('up to 100 files', () => {
  it('travel as they are', () => {
    const files = numbered(100)
    expect(names(files)).toEqual(files.map(({ name }) => name))
  })
})

describe('a file in pieces', () => {
  const pieces = [unread(5), unread(4)]

  it('has pieces that are named for it, in their order, and like no other file', () => {
    const split = checkedFile('a/day=1/big.csv', unread(9), { chunks: pieces })
    expect(names([split])).toEqual(['a/day=1/big-part-00001.csv', 'a/day=1/big-part-00002.csv'])
    const plain = checkedFile('big', unread(9), { chunks: pieces })
    const beside = checkedFile('big-part-00001', unread(1))
    expect(names([plain, beside])).toEqual(['big-part--00001', 'big-part--00002', 'big-part-00001'])
  })

  it('is brought by one batch, and each piece says whose it is', () => {
    const split = checkedFile('big.json', unread(9), { chunks: pieces })
    const [load = []] = loadsOf([split])
    expect(load.map(({ sources }) => sources)).toEqual([[split], [split]])
  })

  it('goes by the large-file calls where a piece is still too large', () => {
    const [load = []] = loadsOf([
      checkedFile('a.json', unread(1), { chunks: [unread(MOST_BYTES_WHOLE + 1), unread(1)] }),
    ])
    expect(load.map(({ how }) => how)).toEqual(['chunked', 'whole'])
  })
})
