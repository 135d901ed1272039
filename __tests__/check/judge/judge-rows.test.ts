import { describe, expect, it } from 'vitest'
import { InvalidRecords, judgeRows } from '../../../src/check/judge.ts'
import { caught } from '../../support/caught.ts'
import { heard } from '../../support/runs/heard.ts'
import { finding } from '../../support/check/validated-file.ts'

type Counts = { readonly rows?: number; readonly rejected?: number; readonly changed?: number }

const file = (path: string, { rows = 10, rejected = 0, changed = 0 }: Counts) => {
  return { path, rows, badRows: rejected + changed, rejectedRows: rejected, findings: [] }
}

const GOOD = file('a.jsonl', { rows: 90 })

const choices = (validation: 'error' | 'warn', errorThreshold = 0) => ({ validation, errorThreshold })

async function refusal(files: Parameters<typeof judgeRows>[0], errorThreshold = 0): Promise<InvalidRecords> {
  const error = await caught(() => judgeRows(files, choices('error', errorThreshold), heard()))
  if (!(error instanceof InvalidRecords)) throw new Error('The rows were let through', { cause: error })
  return error
}

it('rows with errors stop the run, with a line for each file that has some, which tells the two kinds apart', async () => {
  const files = [GOOD, file('b\n.jsonl', { rejected: 2, changed: 1 }), file('c.jsonl', { changed: 3 })]
  expect((await refusal(files)).message).toBe(
    [
      'Validation failed, nothing was sent: 2 of 110 rows (1.82 %) would be rejected ("error-threshold" allows 0 %): the batch is expected to fail; and 4 of 110 rows (3.64 %) would be stored incomplete or changed',
      '- "b\\n.jsonl": 2 rejected, 1 changed of 10 rows',
      '- "c.jsonl": 3 changed of 10 rows',
    ].join('\n'),
  )
})

it('a message names twenty files with errors and counts the others, however many there are', async () => {
  const files = Array.from({ length: 3_000 }, (_, index) => file(`${index}.jsonl`, { rejected: 1 }))
  const lines = (await refusal(files)).message.split('\n')
  expect(lines).toHaveLength(22)
  expect(lines.slice(-2)).toEqual(['- "19.jsonl": 1 rejected of 10 rows', '- and 2,980 more files'])
})

it('rejected rows stop nothing under "warn", nor below the error threshold, which counts all files together', () => {
  const files = [GOOD, file('b.jsonl', { rejected: 2 })]
  for (const one of [choices('warn'), choices('error', 2)]) {
    const say = heard()
    judgeRows(files, one, say)
    expect(say.infos).toEqual([expect.stringMatching(/^2 of 100 rows \(2 %\) would be rejected/)])
  }
  expect(() => judgeRows(files, choices('error', 1.99), heard())).toThrow(InvalidRecords)
})

it.each([7, 14, 28, 55])('%i of 100 rows are not above an error threshold of just as many per cent', (rejected) => {
  const say = heard()
  judgeRows([file('a.jsonl', { rows: 100, rejected })], choices('error', rejected), say)
  expect(say.infos).toEqual([expect.stringContaining('is expected to succeed without these rows')])
})

it('rows of which a mapping could make no record stop the run, whatever is allowed: nobody would count them', async () => {
  const files = [GOOD, { ...file('b.csv', { rejected: 3 }), unreadRows: 2 }]
  const words =
    /^Validation failed, nothing was sent: 2 of 100 rows \(2 %\) cannot be read, so the mapping made no record of them\n- "b\.csv": 3 rejected of 10 rows$/
  for (const one of [choices('error'), choices('error', 100), choices('warn', 100)]) {
    expect(() => judgeRows(files, one, heard())).toThrow(words)
  }
  expect((await refusal(files, 100)).remedy).not.toContain('To send them anyway')
})

it('changed rows stop the run whatever the error threshold allows, since the platform drops none of them', async () => {
  const files = [GOOD, file('b.jsonl', { changed: 1 })]
  for (const threshold of [0, 50, 100]) {
    const { message } = await refusal(files, threshold)
    expect(message).toContain('1 of 100 rows (1 %) would be stored incomplete or changed')
    expect(message).not.toMatch(/rejected|without them|threshold/)
  }
  expect(() => judgeRows(files, choices('warn'), heard())).not.toThrow()
})

it('a file that does not fit the schema stops the run whatever the error threshold allows: it fails every batch', async () => {
  const unfit = { ...file('b.parquet', { rejected: 10 }), findings: [finding({ fate: 'fails-batch' })] }
  const { message, remedy } = await refusal([GOOD, unfit], 99)
  expect(message).toContain('whatever "error-threshold" allows): the batch is expected to fail')
  expect(remedy).not.toMatch(/warn|threshold/)
})

describe('the ways round that a refusal names', () => {
  it.each([
    [
      'rejected rows: a threshold, or "warn"',
      { rejected: 3, rows: 9 },
      [/"error-threshold: 33\.34"/, /"validation: warn"/],
    ],
    [
      'changed rows: "warn" alone, which changes them',
      { changed: 3 },
      [/rows that are stored incomplete or changed: "validation: warn"\.$/],
    ],
    ['both: both', { rejected: 3, changed: 1 }, [/"validation: warn", and "error-threshold: 30" or higher/]],
  ])('are for %s', async (_, counts, ways) => {
    const { remedy } = await refusal([file('b', counts)])
    for (const way of ways) expect(remedy).toMatch(way)
  })

  it.each([{ rejected: 10 }, { changed: 10 }, { rejected: 4, changed: 6 }])(
    'are none where every row has an error (%j)',
    async (counts) => {
      const { remedy } = await refusal([file('b', counts)])
      expect(remedy).not.toMatch(/warn|threshold/)
      expect(remedy).toContain('Every row has an error')
    },
  )
})
