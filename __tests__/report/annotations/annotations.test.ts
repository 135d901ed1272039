import { describe, expect, it } from 'vitest'
import { annotations } from '../../../src/report/annotations.ts'
import { sentence } from '../../../src/report/verdict.ts'
import { examined, finding } from '../../support/examined.ts'

const many = (count: number, level: 'error' | 'warning') =>
  Array.from({ length: count }, (_, index) => finding({ level, path: `/f${index}`, count: index + 1 }))

describe('annotations', () => {
  it('stand at the first place of a problem and tell how many more there are', () => {
    const places = [
      { kind: 'text', line: 7, column: 3 },
      { kind: 'text', line: 9, column: 1 },
    ] as const
    expect(
      annotations({
        batches: [],
        runInfo: undefined,
        examined: [examined('data/a.jsonl', finding({ places, count: 1312 }))],
      }),
    ).toEqual([
      {
        level: 'error',
        text: '/tier: expected one of "gold", found a string; and 1,311 more',
        place: { file: 'data/a.jsonl', title: 'enum', line: 7, column: 3 },
      },
    ])
  })

  it('leave one error for the step itself and put the most frequent first, errors before warnings', () => {
    const shown = annotations({
      batches: [],
      runInfo: undefined,
      examined: [examined('a', ...many(20, 'warning')), examined('b', ...many(20, 'error'))],
    })
    expect(shown.map(({ level }) => level)).toEqual([
      ...Array.from({ length: 9 }, () => 'error'),
      ...Array.from({ length: 9 }, () => 'warning'),
    ])
    expect(shown.map(({ text }) => /^\/f\d+/.exec(text)?.[0]).slice(0, 3)).toEqual(['/f19', '/f18', '/f17'])
    expect(shown[0]?.place.file).toBe('b')
  })

  it('have no line where a file has rows, or is meant as a whole', () => {
    const [row, whole] = annotations({
      batches: [],
      runInfo: undefined,
      examined: [
        examined('a', finding({ places: [{ kind: 'row', row: 4 }] }), finding({ places: [{ kind: 'file' }] })),
      ],
    })
    expect(row).toMatchObject({ text: '/tier (row 4): expected one of "gold", found a string' })
    expect(row?.place).toEqual({ file: 'a', title: 'enum' })
    expect(whole?.place).toEqual({ file: 'a', title: 'enum' })
  })

  it('are none where nothing was found', () => {
    expect(annotations({ batches: [], runInfo: undefined, examined: [examined('a')] })).toEqual([])
  })

  it('speak of the record where no field is meant, and hint at what was', () => {
    const [placed] = finding({ path: '', hint: 'did you mean "tier"?' }).first
    expect(placed && sentence(placed)).toBe('the record: expected one of "gold", found a string (did you mean "tier"?)')
  })
})
