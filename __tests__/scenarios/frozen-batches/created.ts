import type { LocalPlatform } from '../../support/emulator/local-platform.ts'
import { between } from '../../support/emulator/between.ts'
import { mainPhase } from '../../support/runs/workflow-step.ts'
import type { ActionResult } from '../../support/runs/run-action.ts'
import type { FrozenCase } from './cases.ts'

/** The body of a request that creates a batch, without what differs from run to run. */
type Creation = Readonly<Record<string, unknown>> & {
  readonly inputFormat: { readonly format: string; readonly isMultiLineJson?: boolean }
}

export type FrozenBatch = { readonly creation: Creation; readonly rows: number }

const CREATES = /\/import\/batches$/

/** Publishes a case, and hands back what its batches were created with, and how many rows they hold. */
export async function createdBy(
  platform: LocalPlatform,
  { inputs, files, before }: FrozenCase,
): Promise<{ readonly batches: readonly FrozenBatch[]; readonly run: ActionResult }> {
  const heard = between(platform)
  if (before !== undefined) await mainPhase(platform, { inputs, files: before })
  const run = await mainPhase(platform, { inputs, files, run: before === undefined ? 1001 : 1002 })
  const ids = (await platform.emulator.batches()).map(({ id }) => id)
  const bodies = heard.filter(({ method, target }) => method === 'POST' && CREATES.test(target))
  const batches = bodies.map(async ({ body }, index) => ({
    creation: timeless(JSON.parse(body) as Creation, ids),
    rows: (await platform.emulator.rows(ids[index] ?? '')).length,
  }))
  return { batches: await Promise.all(batches), run }
}

/** What came later tells no version what it knew. */
const LATER_TAGS: ReadonlySet<string> = new Set(['gh_rows', 'gh_bytes', 'gh_formula', 'gh_again', 'gh_step', 'gh_job'])

/** Without the salt of the external id, and without tags that came later; ids of other batches become their numbers. */
function timeless(creation: Creation, ids: readonly string[]): Creation {
  const numbered = JSON.stringify(creation, (name, value: unknown) => {
    if (LATER_TAGS.has(name)) return undefined
    if (typeof value !== 'string') return value
    if (name === 'externalId') return value.replace(/\/[^/]*$/, '')
    return ids.includes(value) ? `batch ${ids.indexOf(value)}` : value
  })
  return JSON.parse(numbered) as Creation
}
