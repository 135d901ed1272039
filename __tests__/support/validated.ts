import { annotationsIn, type SeenAnnotation } from './annotations-in.ts'
import { runAction, type ActionResult, type ActionRun } from './run-action.ts'

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
  readonly findings: readonly SeenFinding[]
}

export type Validated = ActionResult & {
  readonly annotations: readonly SeenAnnotation[]
  /** What the report says of the files whose rows were checked. */
  readonly checks: readonly SeenCheck[]
  readonly results: readonly SarifResult[]
}

type SarifResult = {
  readonly ruleId: string
  readonly level: string
  readonly message: { readonly text: string }
  readonly locations: readonly [{ readonly physicalLocation: PhysicalLocation; readonly message?: object }]
}

type PhysicalLocation = {
  readonly artifactLocation: { readonly uri: string }
  readonly region?: { readonly startLine: number; readonly startColumn: number }
}

/** A pull request of a fork: no network (nobody listens there), no credentials, a schema in the repository. */
export async function validateOffline(schema: unknown, run: Partial<ActionRun>): Promise<Validated> {
  const closed = 'http://127.0.0.1:9'
  const inputs = { mode: 'validate', 'schema-file': 'schema.json', 'platform-url': closed, 'ims-url': closed }
  const event = { name: 'pull_request', payload: { action: 'opened', repository: { id: 4711 } } }
  const files = { 'schema.json': typeof schema === 'string' ? schema : JSON.stringify(schema), ...run.files }
  return readResult(await runAction({ event, ...run, files, inputs: { ...inputs, glob: 'data/*', ...run.inputs } }))
}

/** The files for programs, read. */
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
