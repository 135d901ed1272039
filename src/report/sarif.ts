import type { Occurrence, ValidatedFile } from '../check/findings.ts'
import { RULES } from '../schema/rules.ts'
import { findingText } from './findings.ts'
import type { RunReport } from './run-report.ts'

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'

/**
 * Code scanning refuses a run of more than 25,000 results and keeps 5,000 of them (GitHub documentation, "About code
 * scanning limits on SARIF results").
 */
const MOST_RESULTS = 5_000

/** Findings as SARIF 2.1.0, for code scanning. Paths are relative to the root of the checkout. */
export function sarif({ validated: examined = [] }: Pick<RunReport, 'validated'>): string {
  const rules = Object.entries(RULES).map(([id, { level, line }]) => ({
    id,
    shortDescription: { text: line },
    defaultConfiguration: { level },
  }))
  const indices = new Map(rules.map(({ id }, index) => [id, index]))
  const results = spotsIn(examined).map(({ path, placed, code, count, isFirst }) => ({
    ruleId: code,
    ruleIndex: indices.get(code) ?? -1,
    level: placed.issue.level,
    message: { text: findingText(placed) },
    locations: [locationOf(path, placed)],
    // The first stands for all that are not listed.
    ...(isFirst ? { occurrenceCount: count } : {}),
  }))
  const driver = { name: 'publish-to-experience-platform', rules }
  const run = { tool: { driver }, columnKind: 'utf16CodeUnits', results }
  return JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, undefined, 1)
}

type Spot = {
  readonly path: string
  readonly placed: Occurrence
  readonly code: string
  readonly count: number
  readonly isFirst: boolean
}

/** In the order of the files; where there are too many, the gravest, and of each problem the first place before others. */
function spotsIn(examined: readonly ValidatedFile[]): readonly Spot[] {
  const all = examined.flatMap(({ path, findings }) =>
    findings.flatMap(({ code, count, first }) =>
      first.map((placed, index) => ({ path, placed, code, count, isFirst: index === 0 })),
    ),
  )
  return all.length <= MOST_RESULTS ? all : all.toSorted((a, b) => rank(a) - rank(b)).slice(0, MOST_RESULTS)
}

function rank({ placed, isFirst }: Spot): number {
  return (placed.issue.level === 'error' ? 0 : 2) + (isFirst ? 0 : 1)
}

function locationOf(path: string, { place }: Occurrence) {
  const uri = path.split('/').map(encodeURIComponent).join('/')
  const artifactLocation = { uri, uriBaseId: '%SRCROOT%' }
  switch (place.kind) {
    case 'text':
      return { physicalLocation: { artifactLocation, region: { startLine: place.line, startColumn: place.column } } }
    case 'row':
      return { physicalLocation: { artifactLocation }, message: { text: `row ${place.row}` } }
    case 'file':
      return { physicalLocation: { artifactLocation } }
    default:
      return place satisfies never
  }
}
