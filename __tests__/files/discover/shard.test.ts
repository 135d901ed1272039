import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesContent } from '../../../src/lib/content.ts'
import type { FoundFile } from '../../../src/files/discover.ts'
import { shardOf, takeShard } from '../../../src/files/discover.ts'

const names = fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1 }), { maxLength: 50 })
const numbers = fc.integer({ min: 1, max: 256 })
const silent = { info: () => undefined, warning: () => undefined }

const found = (name: string): FoundFile => ({
  path: name,
  name,
  format: 'json',
  content: bytesContent(Buffer.from('{}')),
})
const namesIn = (files: readonly FoundFile[]) => files.map(({ name }) => name)
const take = (all: readonly string[], number: number, of: number) =>
  namesIn(takeShard(all.map(found), { number, of }, silent))

describe('shares', () => {
  it('hold each file once, whatever the names and the number of shares', () => {
    fc.assert(
      fc.property(names, numbers, (all, of) => {
        const shares = Array.from({ length: of }, (_, index) => take(all, index + 1, of))
        expect(shares.flat().toSorted()).toEqual(all.toSorted())
      }),
    )
  })

  it('keep a file whatever other files come and go', () => {
    fc.assert(
      fc.property(names, names, fc.string(), numbers, (some, others, name, of) => {
        const number = shardOf(name, of)
        for (const beside of [some, others]) {
          expect(take([...beside.filter((other) => other !== name), name], number, of)).toContain(name)
        }
      }),
    )
  })

  it('keep the order of the files', () => {
    fc.assert(
      fc.property(names, numbers, (all, of) => {
        const share = take(all, 1, of)
        expect(share).toEqual(all.filter((name) => share.includes(name)))
      }),
    )
  })

  it('are about as large as one another', () => {
    const all = Array.from({ length: 8_000 }, (_, i) => `data/part-${i}.parquet`)
    const sizes = Array.from({ length: 8 }, (_, index) => take(all, index + 1, 8).length)
    expect(Math.min(...sizes)).toBeGreaterThan(900)
    expect(Math.max(...sizes)).toBeLessThan(1_100)
  })

  it('of a name stay what they were: another hash would publish files twice, or never', () => {
    const shares = ['data/eu.jsonl', 'data/us.jsonl', 'day=2026-01-01/part-0.parquet'].map((name) => shardOf(name, 8))
    expect(shares).toEqual([3, 4, 6])
  })

  it('say how many of the files they are', () => {
    const lines: string[] = []
    const all = ['a', 'b', 'c'].map(found)
    const share = takeShard(all, { number: 2, of: 3 }, { ...silent, info: (line) => void lines.push(line) })
    expect(lines).toEqual([`Share 2 of 3: ${share.length} of 3 files`])
  })

  it('are all files, and nothing is said, where nothing is shared', () => {
    const all = ['a', 'b'].map(found)
    const loud = () => expect.unreachable()
    expect(takeShard(all, undefined, { info: loud, warning: loud })).toEqual(all)
  })
})
