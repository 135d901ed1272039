import { type RunContext, runPhase } from './run.ts'
import { type SchemaSource, compileSource, registeredSchema } from '../../check/schema-source.ts'
import { messageOf } from '../../lib/errors.ts'
import type { Inputs } from '../../inputs/inputs.ts'
import { count } from '../../lib/text.ts'
import { DeadlinePassed, withDeadline } from '../../lib/time.ts'
import { stateOf } from '../../platform/batch-state.ts'
import type { BatchId } from '../../platform/ids.ts'
import { DIAGNOSTICS_MOST_MS } from '../../platform/limits.ts'
import { type Diagnosis, diagnose, rejectedRowLines } from '../../publish/rejected/diagnose.ts'
import type { SentFiles } from '../../publish/rejected/locate.ts'
import { shownPointer } from '../../schema/field.ts'
import type { BatchFact } from '../../report/facts.ts'

/**
 * Reads why the platform rejected rows of batches that failed or were partially published, and locates them in the
 * files. Does not affect the verdict, and takes at most two minutes for all batches.
 */
export async function diagnoseRejected(
  sentFilesOf: (batch: BatchFact) => SentFiles,
  inputs: Inputs,
  context: RunContext,
): Promise<void> {
  const batches = context.recorder.facts().batches.filter(hasRejected)
  if (batches.length > 0) {
    await runPhase('Locate rejected rows', context, () =>
      diagnoseInTime(context, async (signal) => {
        for (const batch of batches)
          await diagnoseBatch(batch, { sent: sentFilesOf(batch), inputs }, { ...context, signal })
      }),
    )
  }
  await writeRejectedRows(inputs, context)
}

async function diagnoseInTime(
  { clock, log, signal }: RunContext,
  diagnoseAll: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  try {
    await withDeadline({ silenceMs: DIAGNOSTICS_MOST_MS, clock, signal }, diagnoseAll)
  } catch (error) {
    if (!(error instanceof DeadlinePassed)) throw error
    log.warning(`Not all rejected rows were located: it took longer than ${DIAGNOSTICS_MOST_MS / 1_000} s`)
  }
}

/** A batch that counts as failed only because a predecessor stayed was ingested whole, and lost no rows. */
function hasRejected({ outcome }: BatchFact): boolean {
  if (outcome?.kind === 'partially-published') return true
  if (outcome?.kind !== 'failed') return false
  const { isGone, mayHaveSucceeded } = stateOf(outcome)
  return outcome.wasPartial === true || (isGone && !mayHaveSucceeded)
}

type DiagnoseInput = { readonly sent: SentFiles; readonly inputs: Inputs }

/** A consolidated batch has no diagnostics of its own. Those of the batch that brought its rows still exist. */
async function diagnoseBatch(
  { id, brought = id }: BatchFact,
  { sent, inputs }: DiagnoseInput,
  context: RunContext,
): Promise<void> {
  const { platform, log, recorder, signal } = context
  const found = await platform.catalog.batch(brought, signal).catch(() => undefined)
  signal.throwIfAborted()
  if (found?.kind !== 'found') return log.warning(`Could not read why rows of batch ${id} were rejected`)
  const keepRecords = inputs.rejectedRowsPath !== ''
  const pointerView = () => viewOfPointers(inputs, context)
  const choices = { keepRecords, pointerView, openSearch: context.openChecker }
  const diagnosis = await diagnose({ record: found.record, sent }, choices, context)
  recorder.noteBatch({ id, brought, diagnosis })
  for (const line of diagnosisLines(id, diagnosis)) log.info(line)
}

/** Without a schema it is unknown which names are keys of maps, and those are data. */
async function viewOfPointers({ showValues }: Inputs, context: RunContext): Promise<(pointer: string) => string> {
  if (showValues) return (pointer) => pointer
  const source = await knownSchema(context)
  if (source === undefined) return () => ''
  const { root } = compileSource(source)
  return (pointer) => shownPointer(root, pointer)
}

async function knownSchema(context: RunContext): Promise<SchemaSource | undefined> {
  const { recorder, signal } = context
  const { source, dataset } = recorder.facts()
  if (source !== undefined || dataset === undefined) return source
  const read = registeredSchema({ dataset: dataset.id, schemaId: dataset.schemaId }, context)
  return await read.catch(() => {
    signal.throwIfAborted()
    return undefined
  })
}

function diagnosisLines(id: BatchId, { rejections, notes }: Diagnosis): readonly string[] {
  return [...locatedTexts(rejections), ...notes].map((text) => `Batch ${id}: ${text}`)
}

function locatedTexts(rejections: Diagnosis['rejections']): readonly string[] {
  if (rejections.length === 0) return []
  const located = rejections.filter(({ found }) => found.kind === 'found').length
  const all = count(rejections.length, 'rejected row')
  if (located === 0) return [all]
  return [`${all}, ${located === rejections.length ? '' : `${located} `}located in your files`]
}

/**
 * Writes an empty file if nothing was rejected: a file of an earlier run would be taken for this one's. If rows were
 * rejected but could not be read, writes none: an empty file would mean that nothing was rejected.
 */
async function writeRejectedRows({ rejectedRowsPath: path }: Inputs, context: RunContext): Promise<void> {
  if (path === '') return
  const { recorder, workspace, log, signal } = context
  const lost = recorder.facts().batches.filter(hasRejected)
  const rejections = lost.flatMap(({ diagnosis }) => diagnosis?.rejections ?? [])
  if (lost.length > 0 && rejections.length === 0) {
    return log.warning(`Nothing is written to ${JSON.stringify(path)}: the rejected rows could not be read`)
  }
  try {
    await workspace.write(path, rejectedRowLines(rejections))
    if (rejections.length > 0) log.info(`Wrote ${count(rejections.length, 'rejected row')} to ${JSON.stringify(path)}`)
  } catch (error) {
    signal.throwIfAborted()
    log.warning(messageOf(error))
  }
}
