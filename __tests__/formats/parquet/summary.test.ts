import { parquetWriteBuffer } from 'hyparquet-writer'
import { describe, expect, it } from 'vitest'
import { parquetSummary } from '../../../src/formats/parquet/summary.ts'
import { inChunks } from '../in-chunks.ts'

const file = written(['1', '2', '3', '4', '5'])

function written(ids: readonly string[]): Buffer {
  const columnData = [
    { name: '_id', data: [...ids], type: 'STRING' as const },
    { name: 'points', data: ids.map(Number), type: 'INT32' as const },
  ]
  return Buffer.from(parquetWriteBuffer({ columnData, rowGroupSize: 2 }))
}

/** Without `bytes` of the row groups' last page, and the footer where it was: at the end. */
function shortened(bytes: number): Buffer {
  const footer = file.length - 8 - file.readUInt32LE(file.length - 8)
  return Buffer.concat([file.subarray(0, footer - bytes), file.subarray(footer)])
}

function patched(at: number, put: string | number): Buffer {
  const copy = Buffer.from(file)
  const from = at < 0 ? copy.length + at : at
  if (typeof put === 'string') copy.write(put, from, 'latin1')
  else copy.writeUInt32LE(put, from)
  return copy
}

describe('a Parquet file', () => {
  it('has its rows counted from the footer', async () => {
    expect(await parquetSummary(inChunks(file, [7]))).toEqual({
      format: 'parquet',
      rows: 5,
      rowGroups: 3,
      columns: [
        { path: ['_id'], meaning: 'string', repetition: 'optional' },
        { path: ['points'], meaning: 'integer', repetition: 'optional' },
      ],
    })
  })

  it('is read at its ends alone', async () => {
    const ranges: number[] = []
    const content = inChunks(file, [64])
    await parquetSummary({
      ...content,
      slice: (start, end) => (ranges.push(end - start), content.slice(start, end)),
      bytes: () => expect.fail('the whole file was read'),
    })
    expect(ranges).toEqual([8, 4, file.readUInt32LE(file.length - 8)])
  })

  it.each([
    ['no rows', written([]), 'no-rows'],
    ['text', Buffer.from('a,b\n1,2\n3,4\n5,6\n'), 'not-parquet'],
    ['a first byte', file.subarray(0, 1), 'not-parquet'],
    ['a magic alone', file.subarray(0, 4), 'parquet-truncated'],
    ['no end', file.subarray(0, file.length - 1), 'parquet-truncated'],
    ['no footer', file.subarray(0, 40), 'parquet-truncated'],
    ['an encrypted footer', patched(-4, 'PARE'), 'parquet-encrypted'],
    ['encrypted beginnings', patched(0, 'PARE'), 'parquet-encrypted'],
    ['a footer longer than the file', patched(-8, file.length), 'parquet-footer'],
    ['a footer that is none', patched(-8, 9), 'parquet-footer'],
    ['an empty footer', patched(-8, 0), 'parquet-footer'],
    ['pages that are missing', shortened(9), 'parquet-ranges'],
  ])('with %s is refused', async (_, bytes, code) => {
    expect(await parquetSummary(inChunks(bytes, [1 << 16]))).toMatchObject({ kind: 'refused', code })
  })
})
