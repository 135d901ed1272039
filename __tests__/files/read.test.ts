import { describe, expect, it } from 'vitest'
import type { Content } from '../../src/lib/content.ts'
import { splitContent } from '../../src/files/read.ts'
import { never } from '../support/time/never.ts'
import { LINES, PARQUET, csvShape } from '../support/files/shapes.ts'
import { PART_MOST_BYTES, WHOLE_FILE_MOST_BYTES } from '../../src/platform/limits.ts'

const CHOICES = { mode: 'publish', largeFiles: 'split' } as const
const MIB = 1 << 20

/** As large as wished, and never whole in memory: `head`, and the same MiB of rows again and again. */
function repeated(head: string, row: string, size: number): Content {
  const period = Buffer.from(row.repeat(Math.ceil(MIB / row.length)))
  const first = Buffer.from(head)
  const part = (start: number, end: number): Content => ({
    size: end - start,
    slice: (from, to) => part(start + from, start + to),
    async *bytes() {
      for (let at = start; at < end;) {
        const rest = at < first.length ? first.subarray(at) : period.subarray((at - first.length) % period.length)
        const chunk = rest.subarray(0, end - at)
        at += chunk.length
        yield chunk
      }
    },
  })
  return part(0, size)
}

async function begins(content: Content, bytes: number): Promise<string> {
  let text = ''
  for await (const chunk of content.slice(0, bytes).bytes()) text += Buffer.from(chunk).toString()
  return text
}

describe('what is too large to go whole', () => {
  it('is cut between lines, in chunks of about the same size that are all of it', async () => {
    const row = '{"id":"a"}\n'
    const content = repeated('', row, row.length * Math.ceil((WHOLE_FILE_MOST_BYTES + 1) / row.length))
    const chunks = await splitContent({ content, shape: LINES }, CHOICES, never())
    expect(chunks.map(({ size }) => size).reduce((a, b) => a + b)).toBe(content.size)
    for (const { size } of chunks) expect(size).toBeLessThanOrEqual(PART_MOST_BYTES)
    expect(chunks.length).toBeLessThanOrEqual(4)
    for (const chunk of chunks) expect(await begins(chunk, row.length)).toBe(row)
  })

  it('gets the header of CSV before each chunk, quoted line feeds and all', async () => {
    const [header, row] = ['id,"a\nb"\n', '1,"x\ny"\n']
    const content = repeated(header, row, header.length + row.length * Math.ceil(WHOLE_FILE_MOST_BYTES / row.length))
    const chunks = await splitContent({ content, shape: csvShape(['id', 'a\nb']) }, CHOICES, never())
    const repeatedBytes = header.length * (chunks.length - 1)
    expect(chunks.map(({ size }) => size).reduce((a, b) => a + b)).toBe(content.size + repeatedBytes)
    for (const chunk of chunks) {
      expect(chunk.size).toBeLessThanOrEqual(PART_MOST_BYTES)
      expect(await begins(chunk, header.length + row.length)).toBe(header + row)
    }
  })

  it('stays whole where nothing was said, where nothing is sent, where it is Parquet, and where it is small', async () => {
    const large = repeated('', '{}\n', WHOLE_FILE_MOST_BYTES + 2)
    expect(await splitContent({ content: large, shape: LINES }, { ...CHOICES, mode: 'validate' }, never())).toEqual([])
    expect(await splitContent({ content: large, shape: LINES }, { ...CHOICES, largeFiles: 'chunk' }, never())).toEqual(
      [],
    )
    expect(await splitContent({ content: large, shape: PARQUET }, CHOICES, never())).toEqual([])
    expect(
      await splitContent({ content: large.slice(0, WHOLE_FILE_MOST_BYTES), shape: LINES }, CHOICES, never()),
    ).toEqual([])
  })

  it('stays whole where it has no line end to be cut at', async () => {
    const content = repeated('', 'x', WHOLE_FILE_MOST_BYTES + 2)
    expect(await splitContent({ content, shape: LINES }, CHOICES, never())).toEqual([])
  })
})
