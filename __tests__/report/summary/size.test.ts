import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Problem } from '../../../src/lib/errors.ts'
import type { RunEnd, RunFacts } from '../../../src/report/facts.ts'
import { cell } from '../../../src/report/markdown.ts'
import { runReport } from '../../../src/report/run-report.ts'
import { summary } from '../../../src/report/summary.ts'
import { InvalidFiles } from '../../../src/files/refusal.ts'
import { validatedFile, finding } from '../../support/check/validated-file.ts'
import {
  at,
  batchOf,
  datasetOf,
  diagnosis,
  runInfoOf,
  factsOf,
  fileOf,
  reason,
  rejection,
} from '../../support/report/facts.ts'
import { expectClosed } from '../../support/report/markdown-shape.ts'
import { batchId } from '../../support/make.ts'

const MIB = 2 ** 20

type Scale = Readonly<Record<'files' | 'batches' | 'notes' | 'rows' | 'letters' | 'inputs', number>>

/** Long texts of what takes the most room when it is made safe. */
function large({ files, batches, notes, rows, letters, inputs }: Scale): RunFacts {
  const long = (name: string) => `${name}${'|'.repeat(letters)}`
  const all = times(files, (index) => fileOf(long(`data/${index}`)))
  return factsOf({
    runInfo: runInfoOf(Object.fromEntries(times(inputs, (index) => [`input-${index}`, long('x').repeat(4)]))),
    dataset: datasetOf({ name: long('Loyalty') }),
    found: all,
    files: all,
    validated: all.map(({ path }) => validatedFile(path, finding({ path: long('/a'), received: long('b') }))),
    batches: times(batches, (index) => {
      const id = batchId(`01B${index}`)
      const said = diagnosis(id, {
        reasons: times(rows, (nth) => reason(`C${nth}`, { texts: [long('says')] })),
        rejections: times(rows, (nth) => rejection(`C${nth}`, at(long('data/x'), nth + 1), { pointer: long('/p') })),
        notes: times(notes, (nth) => long(`note ${nth} `)),
      })
      const outcome = {
        kind: 'timed-out',
        status: 'staging',
        notes: times(notes, (nth) => long(`${index} ${nth} `)),
      } as const
      return batchOf(id, { outcome, diagnosis: said })
    }),
  })
}

function times<T>(number: number, make: (index: number) => T): readonly T[] {
  return Array.from({ length: number }, (_, index) => make(index))
}

const scale: fc.Arbitrary<Scale> = fc.record({
  files: fc.constantFrom(0, 30, 300),
  batches: fc.constantFrom(1, 20, 60),
  notes: fc.constantFrom(0, 3, 10),
  rows: fc.constantFrom(0, 3, 9),
  letters: fc.constantFrom(0, 80, 400),
  inputs: fc.constantFrom(0, 3, 60),
})

const JUDGED: RunEnd = { kind: 'judged', verdict: { fails: true, why: 'time ran out' } }

describe('a summary', () => {
  it('is never too large for the runner, begins with the verdict and what it concerns, and leaves nothing open', () => {
    fc.assert(
      fc.property(scale, (size) => {
        const report = runReport(large(size), JUDGED)
        const text = summary(report)
        expect(Buffer.byteLength(text)).toBeLessThan(MIB)
        expect(text.startsWith(`### ⌛ ${cell(report.headline.text)}\n\n\`\`\``)).toBe(true)
        expect(text).toContain(report.details)
        expectClosed(text)
      }),
      { numRuns: 8, examples: [[{ files: 300, batches: 60, notes: 10, rows: 9, letters: 400, inputs: 60 }]] },
    )
  })

  it('shows all there is where there is room, and else less, and says so', () => {
    const few = summary(runReport(large({ files: 30, batches: 1, notes: 0, rows: 40, letters: 0, inputs: 0 }), JUDGED))
    expect(few).not.toMatch(/… and|… cut/)
    const many = summary(
      runReport(large({ files: 3_000, batches: 60, notes: 0, rows: 1, letters: 80, inputs: 0 }), JUDGED),
    )
    expect(many).toMatch(/… and 2,(?:800|980) more files, in the report/)
    expect(many).not.toContain('… cut')
  })

  it.each([
    ['a message without an end', new Problem('x'.repeat(3 * MIB), { remedy: 'y'.repeat(3 * MIB) })],
    ['a message of many lines', new Problem('x\n'.repeat(MIB), { remedy: 'y\n'.repeat(MIB) })],
    [
      'many refused files',
      new InvalidFiles(
        times(9_000, (index) => ({ path: `${index}`.repeat(200), reason: 'is empty', remedy: 'Look.' })),
      ),
    ],
  ])('is not too large for %s', (_, error) => {
    const text = summary(runReport(factsOf({ runInfo: runInfoOf() }), { kind: 'stopped', error }))
    expect(Buffer.byteLength(text)).toBeLessThan(MIB)
    expectClosed(text)
  })
})
