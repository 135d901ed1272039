import { describe, expect, it } from 'vitest'
import { jsonReport } from '../../src/report/json.ts'
import { mappingSection } from '../../src/report/mapping.ts'
import { runReport } from '../../src/report/run-report.ts'
import { factsOf, mappingFact, runInfoOf } from '../support/report/facts.ts'
import { reportFaults } from '../support/report/report-faults.ts'

const END = { kind: 'validated', verdict: { fails: false } } as const

function reportOf(more: Parameters<typeof mappingFact>[0], showValues = false, value?: string) {
  const field = { path: '/a', ...(value === undefined ? {} : { value }) }
  const facts = factsOf({
    runInfo: runInfoOf({}, { showValues }),
    mapping: mappingFact(more),
    mappedRecords: [[field]],
  })
  return runReport(facts, END)
}

const text = (...args: Parameters<typeof reportOf>) => mappingSection(reportOf(...args), 10).join('\n\n')

describe('what a mapping made of the rows', () => {
  it('is a line for each mapping, those with errors first', () => {
    expect(
      text({})
        .split('\n')
        .filter((line) => line.startsWith('| ')),
    ).toEqual([
      '| Mapping | Source | Target | Values | Nulls | Errors |',
      '| ---: | --- | --- | ---: | ---: | ---: |',
      '| 2 | `date(born, "dd/MM/yyyy")` | `person.birthDate` | 8 | 0 | 2 |',
      '| 1 | `first_name` | `person.name.firstName` | 9 | 1 | 0 |',
      '| Field | Record 1 |',
      '| --- | --- |',
      '| `/a` | ✓ |',
    ])
  })

  it('names the set in Data Prep by its id and version', () => {
    expect(text({ id: 'abc', version: 3 })).toContain('In Data Prep: id `abc`, version 3.')
    expect(text({ name: 'abc', id: 'abc', version: 3 })).toContain('`abc`: 2 mappings. In Data Prep: version 3.')
  })

  it.each([
    [['fax'], false, 'No mapping reads `fax`.'],
    [['fax', 'jane@example.com'], false, 'No mapping reads `fax`, and 1 column whose names may be data.'],
    [['jane@example.com'], true, 'No mapping reads `jane@example.com`.'],
  ])('lists columns that nobody maps (%j, show-values: %s)', (unmapped, showValues, line) => {
    expect(text({ unmapped }, showValues)).toContain(line)
    const json = JSON.parse(jsonReport(reportOf({ unmapped }, showValues))) as { readonly mapping: object }
    expect(JSON.stringify(json.mapping).includes('jane')).toBe(showValues && unmapped.length === 1)
  })

  it('shows nothing of columns where each is mapped', () => {
    expect(text({ unmapped: [] })).not.toContain('No mapping reads')
  })

  it('shows values of records only where they are known', () => {
    expect(text({}, true, '"Ada"')).toContain('| `/a` | `"Ada"` |')
  })

  it('is folded away where there are many mappings, and cut where there are more', () => {
    const [first] = mappingFact().counts
    if (first === undefined) throw new Error('There is no mapping')
    const counts = Array.from({ length: 30 }, (_, at) => ({ ...first, mapping: at + 1 }))
    expect(text({ counts })).toMatch(
      /<details><summary>30 mappings<\/summary>[^]*… and 20 more mappings, in the report/,
    )
  })

  it('is in the report, as its schema says', () => {
    const report = JSON.parse(jsonReport(reportOf({ version: 2 }))) as { readonly mapping: object }
    expect(reportFaults(report)).toEqual([])
    expect(report.mapping).toMatchObject({ name: 'mappings/members.json', version: 2, unmapped: ['remarks', 'fax'] })
  })
})
