import { count } from '../base/words.ts'
import type { BatchId } from '../platform/ids.ts'
import { diagnose, type Diagnosis } from '../steps/diagnose.ts'
import { rejectedRows } from '../steps/diagnose/rejected-rows.ts'
import type { Inputs } from '../steps/inputs.ts'
import type { CheckedFile } from '../steps/preflight.ts'
import { statusKind } from '../steps/watch/status.ts'
import type { BatchFact } from './logbook.ts'
import { phase } from './phase.ts'
import type { Tools } from './tools.ts'

/**
 * Reads why the platform rejected rows, and finds them in the files: of batches that failed, or kept a part. `files` are
 * those that were read in this run, none where it read none. Has no say in the verdict.
 */
export async function lookForRejected(files: readonly CheckedFile[], inputs: Inputs, tools: Tools): Promise<void> {
  const batches = tools.logbook.facts().batches.filter(hasRejected)
  if (batches.length > 0) {
    await phase('Look for rejected rows', tools, async () => {
      for (const { id } of batches) await lookInto(id, { files, inputs }, tools)
    })
  }
  await keepRejected(inputs, tools)
}

/** One that counts as failed though it succeeded, for a predecessor that stayed, has lost no rows. */
function hasRejected({ outcome }: BatchFact): boolean {
  if (outcome?.kind === 'partially-published') return true
  return outcome?.kind === 'failed' && statusKind(outcome.status) === 'failed'
}

type Looking = { readonly files: readonly CheckedFile[]; readonly inputs: Inputs }

async function lookInto(id: BatchId, { files, inputs }: Looking, tools: Tools): Promise<void> {
  const { catalog, say, logbook, signal } = tools
  const found = await catalog.batch(id, signal).catch(() => undefined)
  signal.throwIfAborted()
  if (found?.kind !== 'found') return say.warning(`Why rows of batch ${id} were rejected could not be read`)
  const keepRecords = inputs.rejectedRowsPath !== ''
  const diagnosis = await diagnose({ record: found.record, files }, { ...inputs, keepRecords }, tools)
  logbook.batch({ id, diagnosis })
  for (const line of told(id, diagnosis)) say.info(line)
}

function told(id: BatchId, { reasons, rejections, notes }: Diagnosis): readonly string[] {
  const codes = reasons.map(({ code }) => code).join(', ') || 'no code'
  return [`Batch ${id}: ${codes}${placed(rejections)}`, ...notes.map((note) => `Batch ${id}: ${note}`)]
}

function placed(rejections: Diagnosis['rejections']): string {
  if (rejections.length === 0) return ''
  const found = rejections.filter((one) => one.found.kind === 'found').length
  return `; of ${count(rejections.length, 'rejected row')} that could be read, ${found} found in the files`
}

/** Written whenever it is asked for, empty where nothing was rejected: one of an earlier run would be taken for this one's. */
async function keepRejected({ rejectedRowsPath: path }: Inputs, tools: Tools): Promise<void> {
  if (path === '') return
  const { logbook, workspace, say, signal } = tools
  const rejections = logbook.facts().batches.flatMap(({ diagnosis }) => diagnosis?.rejections ?? [])
  try {
    await workspace.write(path, rejectedRows(rejections))
    if (rejections.length > 0) say.info(`Wrote ${count(rejections.length, 'rejected row')} to ${JSON.stringify(path)}`)
  } catch (error) {
    signal.throwIfAborted()
    say.warning(error instanceof Error ? error.message : String(error))
  }
}
