import { describe, expect, it } from 'vitest'
import type { ValidatedFile } from '../../src/check/findings.ts'
import type { Rejection } from '../../src/publish/rejected/diagnose.ts'
import { annotations, type Annotation } from '../../src/report/annotations.ts'
import type { RunFacts } from '../../src/report/facts.ts'
import { findingText } from '../../src/report/findings.ts'
import { runReport } from '../../src/report/run-report.ts'
import { validatedFile, finding } from '../support/check/validated-file.ts'
import { at, batchOf, diagnosis, runInfoOf, factsOf, rejection } from '../support/report/facts.ts'
import { batchId } from '../support/make.ts'

const id = batchId('01B')
const FILE = 'data/a.jsonl'

function annotate(facts: Partial<RunFacts>): readonly Annotation[] {
  return annotations(runReport(factsOf(facts), { kind: 'judged', verdict: { fails: false } }))
}

const many = (count: number, level: 'error' | 'warning') =>
  Array.from({ length: count }, (_, index) => finding({ level, path: `/f${index}`, count: index + 1 }))

describe('annotations', () => {
  it('stand at the first place of a problem and tell how many more there are', () => {
    const places = [
      { kind: 'text', line: 7, column: 3 },
      { kind: 'text', line: 9, column: 1 },
    ] as const
    expect(annotate({ validated: [validatedFile('data/a.jsonl', finding({ places, count: 1312 }))] })).toEqual([
      {
        level: 'error',
        text: '/tier: expected one of "gold", found a string; and 1,311 more',
        place: { file: 'data/a.jsonl', title: 'enum', line: 7, column: 3 },
      },
    ])
  })

  it('leave one error for the step itself and put the most frequent first, errors before warnings', () => {
    const shown = annotate({
      validated: [validatedFile('a', ...many(20, 'warning')), validatedFile('b', ...many(20, 'error'))],
    })
    expect(shown.map(({ level }) => level)).toEqual([
      ...Array.from({ length: 9 }, () => 'error'),
      ...Array.from({ length: 9 }, () => 'warning'),
    ])
    expect(shown.map(({ text }) => /^\/f\d+/.exec(text)?.[0]).slice(0, 3)).toEqual(['/f19', '/f18', '/f17'])
    expect(shown[0]?.place.file).toBe('b')
  })

  it('are one where 200 files have the same mistake, with its count and theirs', () => {
    const validated = Array.from({ length: 200 }, (_, index) => validatedFile(`d/${index}`, finding({ count: 2 })))
    expect(annotate({ validated })).toMatchObject([
      {
        text: '/tier: expected one of "gold", found a string; and 399 more, in 200 files in total',
        place: { file: 'd/0' },
      },
    ])
  })

  it('have no line where a file has rows, or is meant as a whole', () => {
    const [row, whole] = annotate({
      validated: [
        validatedFile(
          'a',
          finding({ places: [{ kind: 'row', row: 4 }] }),
          finding({ path: '/x', places: [{ kind: 'file' }] }),
        ),
      ],
    })
    expect(row).toMatchObject({ text: '/tier (row 4): expected one of "gold", found a string' })
    expect(row?.place).toEqual({ file: 'a', title: 'enum' })
    expect(whole?.place).toEqual({ file: 'a', title: 'enum' })
  })

  it('are none where nothing was found', () => {
    expect(annotate({ validated: [validatedFile('a')] })).toEqual([])
  })

  it('speak of the record where no field is meant, and hint at what was', () => {
    const [placed] = finding({ path: '', hint: 'did you mean "tier"?' }).first
    expect(placed && findingText(placed)).toBe(
      'the record: expected one of "gold", found a string (did you mean "tier"?)',
    )
  })
})

const CAUSE = 'A value cannot be converted to the type of its field in the schema.'

type Given = {
  readonly rejections: readonly Rejection[]
  readonly checks?: readonly ValidatedFile[]
  readonly showValues?: boolean
}

function annotated({ rejections, checks, showValues = false }: Given) {
  const batches = [batchOf(id, { diagnosis: diagnosis(id, { rejections }) })]
  return annotate({ batches, validated: checks, runInfo: runInfoOf({}, { showValues }) })
}

const tier = (line: number) => rejection('100', at(FILE, line, 9), { pointer: '/tier', message: 'found "iron"' })

describe('a row that the platform rejected', () => {
  it('is annotated at its line, with the code in plain words', () => {
    expect(annotated({ rejections: [tier(7)] })).toEqual([
      {
        level: 'error',
        text: `/tier: rejected by the platform (100): ${CAUSE}`,
        place: { file: FILE, line: 7, column: 9, title: '100' },
      },
    ])
  })

  it("is told in the platform's words only where values may be shown", () => {
    expect(annotated({ rejections: [tier(7)], showValues: true })[0]?.text).toBe(
      '/tier: rejected by the platform (100): found "iron"',
    )
  })

  it('is told by its row where the file has no lines, and by nothing where it was not found', () => {
    const row = rejection('7', { kind: 'found', file: 'a.parquet', place: { kind: 'row', row: 3 } })
    const lost = rejection('7', { kind: 'not found' })
    const alike = rejection('7', {
      kind: 'ambiguous',
      places: [{ file: FILE, place: { kind: 'row', row: 1 } }],
      count: 2,
    })
    expect(annotated({ rejections: [row, alike, lost] })).toEqual([
      {
        level: 'error',
        text: 'the record (row 3): rejected by the platform (7) (and 2 more rows)',
        place: { file: 'a.parquet', title: '7' },
      },
    ])
  })

  it('is annotated once, though the check had said so before', () => {
    const places = [{ kind: 'text', line: 7, column: 9 }] as const
    const shown = annotated({ rejections: [tier(7)], checks: [validatedFile(FILE, finding({ places }))] })
    expect(shown.map(({ text }) => text)).toEqual([
      `/tier: expected one of "gold", found a string; rejected by the platform (100): ${CAUSE}`,
    ])
  })

  it('does not hide a finding that the platform did not confirm at every place', () => {
    const places = [7, 8].map((line) => ({ kind: 'text', line, column: 9 }) as const)
    const elsewhere = finding({ path: '/points', places: [{ kind: 'text', line: 7, column: 9 }] })
    const checks = [
      validatedFile(
        FILE,
        finding({ places }),
        elsewhere,
        finding({ path: '/tier', fate: 'changed', places: places.slice(0, 1), count: 900 }),
      ),
    ]
    expect(annotated({ rejections: [tier(7)], checks })).toHaveLength(4)
  })

  it('is one with 94 others that were rejected for the same reason at the same field, with their count', () => {
    const tiers = Array.from({ length: 95 }, (_, index) => tier(index + 1))
    const other = rejection('124', at(FILE, 400), { pointer: '/since' })
    const shown = annotated({ rejections: [...tiers, other], checks: [validatedFile(FILE, finding({ path: '/x' }))] })
    expect(shown.map(({ place: { title, line } }) => `${title} ${line}`)).toEqual(['100 1', '124 400', 'enum 1'])
    expect(shown[0]?.text).toMatch(/ \(and 94 more rows\)$/)
  })
})
