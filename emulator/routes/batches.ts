import { bytes, empty, json, problem, warned } from '../http/answers.ts'
import { batchRecord, createdBatch } from '../batches/batch-record.ts'
import { judgeAction, type Action } from '../batches/batch-life.ts'
import { updateBatch } from '../batches/batches.ts'
import type { Call, Route } from '../http/call.ts'
import { createBatch } from '../batches/create-batch.ts'
import { tagSays } from '../catalog/dataset-tags.ts'
import type { Answer } from '../http/exchange.ts'
import { findBatch } from '../batches/find-batch.ts'
import { deactivate } from '../batches/settle.ts'
import type { Batch, Phase } from '../state.ts'

const base = '/data/foundation/import/batches'

export const batchRoutes: readonly Route[] = [
  { method: 'POST', pattern: base, answer: create },
  { method: 'POST', pattern: `${base}/:batch`, answer: act },
]

async function create(call: Call): Promise<Answer> {
  const { batch, warning } = await createBatch(call)
  return warned(json(201, createdBatch(call.platform, batch)), warning)
}

function act(call: Call): Answer {
  const batch = findBatch(call)
  if (!batch.takesUploads) return problem(404, `Batch ${batch.id} is a record of Catalog's own, without an upload.`)
  const action = actionOf(call)
  if (action === undefined)
    return problem(400, 'The query parameter action must be one of COMPLETE, ABORT, FAIL, REVERT.')
  const verdict = judgeAction(batch.phase.kind, action, call.strict ? 'strict' : 'lenient')
  if (verdict.kind === 'refused') return wrongState(batch, action, verdict.name)
  if (verdict.kind === 'moves' && action === 'COMPLETE') {
    const unfinished = [...batch.uploads.values()].find((upload) => !upload.finished)
    if (unfinished !== undefined && call.strict) return unfinishedFile(unfinished.name)
  }
  if (verdict.kind === 'moves') apply(call, batch, action)
  return acted(call, batch)
}

function actionOf({ query, strict }: Call): Action | undefined {
  const word = query.get('action') ?? ''
  return actions.find((action) => action === (strict ? word : word.toUpperCase()))
}

const actions: readonly Action[] = ['COMPLETE', 'ABORT', 'FAIL', 'REVERT']

function apply(call: Call, batch: Batch, action: Action): void {
  const { platform } = call
  if (action === 'REVERT') return deactivate(platform, batch.id)
  const since = platform.now()
  const phase: Phase =
    action === 'COMPLETE' ? promoting(call, batch) : { kind: action === 'ABORT' ? 'aborted' : 'failed', since }
  updateBatch(platform, batch.id, () => ({
    phase,
    ...(action === 'COMPLETE' ? { started: since } : { completed: since }),
  }))
}

function promoting({ platform }: Call, batch: Batch): Phase {
  const dataset = platform.state.datasets.get(batch.datasetId)
  return {
    kind: 'promoting',
    since: platform.now(),
    profileEnabled: tagSays(dataset, 'unifiedProfile', 'enabled:true'),
  }
}

/** Status and code are from a real tenant, for the REVERT of an aborted batch; the rest of the body is ours. */
function wrongState(batch: Batch, action: Action, refusal: string): Answer {
  const detail = `Action ${action} is not allowed for batch ${batch.id}, which is ${batch.phase.kind}.`
  return problem(428, detail, { errorCode: 'ERR-BI-104', 'emu:refusal': refusal })
}

function unfinishedFile(name: string): Answer {
  return problem(400, `File ${name} was initialised and never completed.`, { errorCode: 'EMU-UNFINISHED-FILE' })
}

/** Guides: an empty body; OpenAPI: the batch; screenshots of the tutorials: the single character 1. */
function acted(call: Call, { id }: Batch): Answer {
  const batch = call.platform.state.batches.get(id)
  if (call.dialect === 'lab') return bytes(200, Buffer.from('1'))
  return call.dialect === 'oas' && batch !== undefined
    ? json(200, { id, ...batchRecord(call.platform, batch) })
    : empty(200)
}
