import { describe, expect, it } from 'vitest'
import { checkFile } from '../../../src/formats/check.ts'
import type { RecordShape } from '../../../src/formats/format.ts'
import { summarise } from '../../../src/formats/formats.ts'
import { createLocalChecker } from '../../../src/formats/pool.ts'
import type { Content } from '../../../src/lib/content.ts'
import { never } from '../../support/time/never.ts'
import { rowCheck } from '../row-check.ts'

const MEGABYTE = Buffer.alloc(1_000_000, 'x')

/** A file with so many megabytes between its beginning and its end, of which nothing is kept. */
function around(start: string, megabytes: number, end: string): Content {
  const parts = [Buffer.from(start), ...Array.from({ length: megabytes }, () => MEGABYTE), Buffer.from(end)]
  return ofParts(parts)
}

function ofParts(parts: readonly Buffer[]): Content {
  const size = parts.reduce((sum, { length }) => sum + length, 0)
  return {
    size,
    slice: (from, to) => ofParts(cutOut(parts, from, to)),
    async *bytes() {
      yield* parts
    },
  }
}

function cutOut(parts: readonly Buffer[], from: number, to: number): readonly Buffer[] {
  let at = 0
  return parts.flatMap((part) => {
    const cut = part.subarray(Math.max(from - at, 0), Math.max(to - at, 0))
    at += part.length
    return cut.length > 0 ? [cut] : []
  })
}

const dialect = { delimiter: ',', quote: '"', escape: '"' }
const tools = { checker: createLocalChecker(rowCheck), signal: never() }

/** What the file is refused for, where every row is validated. */
function validated(path: string, format: 'json' | 'csv', content: Content) {
  const read = async (seen: Content, shape: RecordShape) => void (await checkFile({ content: seen, shape }, tools))
  return summarise({ path, content }, format, { dialect, read })
}

describe('a record that is longer than any is read', () => {
  it.each([
    ['JSON Lines', 'a.jsonl', 'json', '{"_id":"1"}\n{"_id":"'],
    ['an array', 'a.json', 'json', '[{"_id":"1"},\n{"_id":"'],
    ['CSV', 'a.csv', 'csv', 'a,b\n1,2\n"'],
  ] as const)('is refused for its size, with its place: %s', async (_, path, format, start) => {
    const summary = await validated(path, format, around(start, 300, '"}\n'))
    expect(summary).toMatchObject({ kind: 'refused', code: 'record-too-long' })
  })

  it('is refused for its size, too, where it is the first of a CSV file', async () => {
    const summary = await validated('a.csv', 'csv', around('a,b\n1,"', 80, '"\n'))
    expect(summary).toMatchObject({ kind: 'refused', code: 'first-record-too-long' })
  })
})
