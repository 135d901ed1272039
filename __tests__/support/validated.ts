import { type ActionResult, type ActionRun, runAction } from './run-action.ts'
import { type SeenAnnotation, annotationsIn } from './log.ts'

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
  /** What the report says of the files whose rows were checked. */
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

/** Where in a text something stands first, as a report says it: line and column from 1. */
export function placeIn(text: string, needle: string): { readonly line: number; readonly column: number } {
  const at = text.indexOf(needle)
  if (at === -1) throw new Error(`There is no ${needle}`)
  const before = text.slice(0, at).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

/** What the report says of the rejected rows of one batch. */
type SeenRejected = {
  readonly isWhole: boolean
  readonly notes: readonly string[]
  readonly reasons: readonly { readonly code: string }[]
  readonly rows: readonly { readonly code: string; readonly found: object; readonly message?: string }[]
}

/** What the report says of rejected rows, batch by batch; nothing of a batch that lost none. */
export function rejectedIn({ kept }: ActionResult): readonly SeenRejected[] {
  const { batches } = JSON.parse(kept.report) as {
    readonly batches: readonly { readonly rejected: SeenRejected | null }[]
  }
  return batches.flatMap(({ rejected }) => rejected ?? [])
}
