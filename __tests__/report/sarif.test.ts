import { describe, expect, it } from 'vitest'
import { sarif } from '../../src/report/sarif.ts'
import type { ValidatedFile } from '../../src/check/findings.ts'
import type { FindingPlace } from '../../src/check/findings.ts'
import { RULES } from '../../src/schema/rules.ts'
import { validatedFile, finding } from '../support/check/validated-file.ts'
import { sarifFaults } from '../support/report/sarif-faults.ts'

type Result = {
  readonly ruleId: string
  readonly ruleIndex: number
  readonly level: string
  readonly locations: unknown
  readonly relatedLocations?: readonly unknown[]
}

type Run = { readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } } }

function runOf(files: readonly ValidatedFile[]): Run & { readonly results: readonly Result[] } {
  const text = sarif({ validated: files })
  expect(sarifFaults(text)).toEqual([])
  const { runs } = JSON.parse(text) as { readonly runs: readonly [Run & { readonly results: readonly Result[] }] }
  return runs[0]
}

const lines = (count: number): readonly FindingPlace[] =>
  Array.from({ length: count }, (_, index) => ({ kind: 'text', line: index + 1, column: 1 }))

describe('SARIF', () => {
  it('names every rule, and each result points to its own', () => {
    const codes = Object.keys(RULES)
    const { tool, results } = runOf([validatedFile('a', ...codes.map((code) => finding({ code })))])
    expect(tool.driver.rules.map(({ id }) => id)).toEqual(codes)
    expect(results.map(({ ruleIndex }) => tool.driver.rules[ruleIndex]?.id)).toEqual(codes)
  })

  it('is valid without any finding', () => {
    expect(runOf([validatedFile('a')]).results).toEqual([])
    expect(runOf([]).results).toEqual([])
  })

  it('points to line and column, to a row in words, or to a file, by a path that is a URI', () => {
    const places = [{ kind: 'text', line: 3, column: 9 }, { kind: 'row', row: 4 }, { kind: 'file' }] as const
    const artifactLocation = { uri: 'data/a%20%23%3Fb%25.jsonl', uriBaseId: '%SRCROOT%' }
    const { results } = runOf([validatedFile('data/a #?b%.jsonl', finding({ places }))])
    expect(results).toMatchObject([
      {
        locations: [{ physicalLocation: { artifactLocation, region: { startLine: 3, startColumn: 9 } } }],
        relatedLocations: [
          { id: 1, physicalLocation: { artifactLocation }, message: { text: 'row 4' } },
          { id: 2, physicalLocation: { artifactLocation } },
        ],
      },
    ])
  })

  it('has the same mistake in 200 files as one result, with its count and its places', () => {
    const files = Array.from({ length: 200 }, (_, index) => validatedFile(`${index}`, finding({ places: lines(1) })))
    const { results } = runOf(files)
    expect(results).toMatchObject([
      { occurrenceCount: 200, message: { text: expect.stringContaining('and 199 more, in 200 files in total') } },
    ])
    expect(results[0]?.relatedLocations).toHaveLength(99)
  })

  it('has no more results than code scanning keeps: the gravest', () => {
    const errors = Array.from({ length: 5_001 }, (_, index) => finding({ path: `/e${index}`, places: lines(1) }))
    const { results } = runOf([validatedFile('a', finding({ level: 'warning', places: lines(1) }), ...errors)])
    expect(results).toHaveLength(5_000)
    expect(results.every(({ level }) => level === 'error')).toBe(true)
  })
})
