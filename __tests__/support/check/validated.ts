import { type ActionResult, type ActionRun, runAction } from '../runs/run-action.ts'
import { type SeenAnnotation, annotationsIn } from '../runs/log.ts'

/** One distinct problem, as the report lists it. */
type SeenFinding = {
  readonly code: string
  readonly level: string
  readonly path: string
  readonly count: number
  readonly first: readonly { readonly place: object; readonly issue: Readonly<Record<string, string>> }[]
}

type SeenCheck = {
  readonly path: string
  readonly rows: number
  readonly badRows: number
  readonly rejectedRows: number
  readonly changedRows: number
  readonly findings: readonly SeenFinding[]
}

export type Validated = ActionResult & {
  readonly annotations: readonly SeenAnnotation[]
  /** The report's entries for the validated files. */
  readonly checks: readonly SeenCheck[]
  readonly results: readonly SarifResult[]
}

type SarifResult = {
  readonly ruleId: string
  readonly level: string
  readonly message: { readonly text: string }
  readonly occurrenceCount: number
  readonly locations: readonly [{ readonly physicalLocation: PhysicalLocation; readonly message?: object }]
}

type PhysicalLocation = {
  readonly artifactLocation: { readonly uri: string }
  readonly region?: { readonly startLine: number; readonly startColumn: number }
}

/** Validates as in a pull request from a fork: no network (a closed port), no credentials, a schema in the repository. */
export async function validateOffline(schema: unknown, run: Partial<ActionRun>): Promise<Validated> {
  const closed = 'http://127.0.0.1:9'
  const inputs = { mode: 'validate', 'schema-file': 'schema.json', 'platform-url': closed, 'ims-url': closed }
  const event = { name: 'pull_request', payload: { action: 'opened', repository: { id: 4711 } } }
  const files = { 'schema.json': typeof schema === 'string' ? schema : JSON.stringify(schema), ...run.files }
  return readResult(await runAction({ event, ...run, files, inputs: { ...inputs, glob: 'data/*', ...run.inputs } }))
}

/** Parses the report and the SARIF file. */
export function readResult(result: ActionResult): Validated {
  const { checks } = JSON.parse(result.kept.report) as { readonly checks: readonly SeenCheck[] | null }
  const sarif = result.kept.sarif === '' ? undefined : (JSON.parse(result.kept.sarif) as SarifLog)
  return {
    ...result,
    annotations: annotationsIn(result.log),
    checks: checks ?? [],
    results: sarif?.runs[0].results ?? [],
  }
}

type SarifLog = { readonly runs: readonly [{ readonly results: readonly SarifResult[] }] }

/** The first place of a string in a text, as in a report: line and column from 1. */
export function placeIn(text: string, needle: string): { readonly line: number; readonly column: number } {
  const at = text.indexOf(needle)
  if (at === -1) throw new Error(`There is no ${needle}`)
  const before = text.slice(0, at).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

/** The report's entry for the rejected rows of one batch. */
type SeenRejected = {
  readonly isWhole: boolean
  readonly notes: readonly string[]
  readonly reasons: readonly { readonly code: string }[]
  readonly rows: readonly { readonly code: string; readonly found: object; readonly message?: string }[]
}

/** The report's entries for rejected rows, one for each batch that lost rows. */
export function rejectedIn({ kept }: ActionResult): readonly SeenRejected[] {
  const { batches } = JSON.parse(kept.report) as {
    readonly batches: readonly { readonly rejected: SeenRejected | null }[]
  }
  return batches.flatMap(({ rejected }) => rejected ?? [])
}
