import { expect, it } from 'vitest'
import { InvalidRecords, judgeRows } from '../../../src/check/judge.ts'
import { caught } from '../../support/caught.ts'
import { heard } from '../../support/heard.ts'

const FILES = [
  { path: 'a.jsonl', rows: 90, badRows: 0, findings: [] },
  { path: 'b\n.jsonl', rows: 10, badRows: 2, findings: [] },
]

const choices = (validation: 'error' | 'warn', errorThreshold = 0) => ({ validation, errorThreshold })

it('bad rows stop the run, with a line for each file that has some', async () => {
  const error = await caught(() => judgeRows(FILES, choices('error'), heard()))
  expect(error).toBeInstanceOf(InvalidRecords)
  expect(error).toMatchObject({
    message: expect.stringContaining(
      'nothing was sent:\n- "b\\n.jsonl": 2 bad rows of 10 rows\n2 bad rows of 100 rows',
    ),
    remedy: expect.stringContaining('"validation: warn"'),
  })
})

it('bad rows stop nothing under "warn", nor below the error threshold, which counts all files together', () => {
  for (const one of [choices('warn'), choices('error', 2)]) {
    const say = heard()
    judgeRows(FILES, one, say)
    expect(say.infos).toEqual([expect.stringMatching(/^2 bad rows of 100 rows \(2 %\)/)])
  }
  expect(() => judgeRows(FILES, choices('error', 1.99), heard())).toThrow(InvalidRecords)
})
