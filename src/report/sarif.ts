import type { ValidatedFile } from '../check/findings.ts'
import { RULES } from '../schema/rules.ts'
import { type PlacedOccurrence, type SharedFinding, findingText, joinFiles } from './findings.ts'
import type { RunReport } from './run-report.ts'

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'

/**
 * Code scanning refuses a run of more than 25,000 results. It keeps 5,000 results and 1,000 places of each (GitHub
 * documentation, "About code scanning limits on SARIF results").
 */
const MOST_RESULTS = 5_000
/** Equals the number of places that one file records of a problem. */
const MOST_PLACES = 100

/** Renders findings as SARIF 2.1.0 for code scanning, each distinct problem once. Paths are relative to the checkout root. */
export function sarif({ validated: examined = [] }: Pick<RunReport, 'validated'>): string {
  const rules = Object.entries(RULES).map(([id, { level, line }]) => ({
    id,
    shortDescription: { text: line },
    defaultConfiguration: { level },
  }))
  const indices = new Map(rules.map(({ id }, index) => [id, index]))
  const results = problemsIn(examined).flatMap(({ finding: { code, count, level }, files, places }) => {
    const [first, ...others] = places
    if (first === undefined) return []
    const related = others.slice(0, MOST_PLACES - 1).map((one, index) => ({ id: index + 1, ...locationOf(one) }))
    return [
      {
        ruleId: code,
        ruleIndex: indices.get(code) ?? -1,
        level,
        message: { text: findingText(first.placed, count, files) },
        locations: [locationOf(first)],
        ...(related.length === 0 ? {} : { relatedLocations: related }),
        occurrenceCount: count,
      },
    ]
  })
  const driver = { name: 'publish-to-experience-platform', rules }
  const run = { tool: { driver }, columnKind: 'utf16CodeUnits', results }
  return JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, undefined, 1)
}

/** Problems in file order. If there are too many, the gravest, and within a level the most frequent. */
function problemsIn(examined: readonly ValidatedFile[]): readonly SharedFinding[] {
  const all = joinFiles(examined)
  if (all.length <= MOST_RESULTS) return all
  const rank = ({ finding }: SharedFinding) => (finding.level === 'error' ? 0 : 1)
  return all.toSorted((a, b) => rank(a) - rank(b) || b.finding.count - a.finding.count).slice(0, MOST_RESULTS)
}

function locationOf({ path, placed: { place } }: PlacedOccurrence) {
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
