import { describe, expect, it } from 'vitest'
import { annotations } from '../../../src/report/annotations.ts'
import type { Rejection } from '../../../src/publish/rejected/diagnose.ts'
import type { ValidatedFile } from '../../../src/check/findings.ts'
import { examined, finding } from '../../support/examined.ts'
import { at, batchOf, diagnosis, runInfoOf, factsOf, rejection } from '../../support/facts.ts'
import { batchId } from '../../support/make.ts'

const id = batchId('01B')
const FILE = 'data/a.jsonl'
const CAUSE = 'A value cannot be converted to the type that the schema gives its field.'

type Given = {
  readonly rejections: readonly Rejection[]
  readonly checks?: readonly ValidatedFile[]
  readonly showValues?: boolean
}

function annotated({ rejections, checks, showValues = false }: Given) {
  const batches = [batchOf(id, { diagnosis: diagnosis(id, { rejections }) })]
  return annotations(factsOf({ batches, examined: checks, runInfo: runInfoOf({}, { showValues }) }))
}

const tier = (line: number) => rejection('100', at(FILE, line, 9), { pointer: '/tier', message: 'found "iron"' })

describe('a row that the platform rejected', () => {
  it('is annotated at its line, with the code in plain words', () => {
    expect(annotated({ rejections: [tier(7)] })).toEqual([
      {
        level: 'error',
        text: `/tier: the platform rejected the row (100): ${CAUSE}`,
        place: { file: FILE, line: 7, column: 9, title: '100' },
      },
    ])
  })

  it("is told in the platform's words only where values may be shown", () => {
    expect(annotated({ rejections: [tier(7)], showValues: true })[0]?.text).toBe(
      '/tier: the platform rejected the row (100): found "iron"',
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
        text: 'the record (row 3): the platform rejected the row (7)',
        place: { file: 'a.parquet', title: '7' },
      },
    ])
  })

  it('is annotated once, though the check had said so before', () => {
    const places = [{ kind: 'text', line: 7, column: 9 }] as const
    const shown = annotated({ rejections: [tier(7)], checks: [examined(FILE, finding({ places }))] })
    expect(shown.map(({ text }) => text)).toEqual([
      `/tier: expected one of "gold", found a string. The platform rejected the row (100): ${CAUSE}`,
    ])
  })

  it('does not hide a finding that the platform did not confirm at every place', () => {
    const places = [7, 8].map((line) => ({ kind: 'text', line, column: 9 }) as const)
    const elsewhere = finding({ path: '/points', places: [{ kind: 'text', line: 7, column: 9 }] })
    const checks = [examined(FILE, finding({ places }), elsewhere, finding({ places: places.slice(0, 1), count: 900 }))]
    expect(annotated({ rejections: [tier(7)], checks })).toHaveLength(4)
  })

  it('leaves room for every kind of rejection, and one error for the step', () => {
    const many = Array.from({ length: 30 }, (_, index) => tier(index + 1))
    const other = rejection('124', at(FILE, 400), { pointer: '/since' })
    const shown = annotated({ rejections: [...many, other], checks: [examined(FILE, finding({ path: '/x' }))] })
    expect(shown.map(({ place: { title, line } }) => `${title} ${line}`)).toEqual([
      '100 1',
      '124 400',
      '100 2',
      '100 3',
      '100 4',
      '100 5',
      '100 6',
      '100 7',
      '100 8',
    ])
  })
})
