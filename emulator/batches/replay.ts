import { problem } from '../http/answers.ts'
import type { Call } from '../http/call.ts'
import { Refusal } from '../http/exchange.ts'
import { objectOf, stringsOf } from '../json.ts'
import type { Settings } from '../settings.ts'
import type { Batch, Replay } from '../state.ts'

/**
 * The predecessors that a creation names, as plain ids. The guide writes `${id}`; the OpenAPI file requires a `$` before
 * every id from a client, including external ids, and shows plain ids. An id in a style that the settings exclude is
 * dropped silently, echoed but not replaced, or refused: `idStyles: ['dollar']` requires the prefix, `['plain']` refuses it.
 * Throws a {@link Refusal} for predecessors that can't be replaced.
 */
export function readReplay(call: Call, sent: unknown, datasetId: string): Replay {
  const settings = call.platform.settings()
  const replay = objectOf(sent)
  if (!settings.replay.honoured || sent === undefined) return { predecessors: [], shown: {} }
  const plain = stringsOf(replay['predecessors']).flatMap((id) => understood(id, settings))
  const external = stringsOf(replay['predecessorsByExternalId']).flatMap((id) => understood(id, settings))
  const predecessors = [...plain, ...external.flatMap((id) => byExternalId(call, id))]
  for (const id of predecessors) refuseUnfit(call, id, datasetId)
  if (settings.replay.otherStyles === 'echoed') return { predecessors, shown: replay }
  return { predecessors, shown: { ...replay, ...('predecessors' in replay ? { predecessors: plain } : {}) } }
}

function understood(id: string, { replay }: Settings): readonly string[] {
  const braces = id.match(/^\$\{(.+)\}$/)?.[1]
  const [style, plain] =
    braces !== undefined
      ? (['braces', braces] as const)
      : id.startsWith('$')
        ? (['dollar', id.slice(1)] as const)
        : (['plain', id] as const)
  if (replay.idStyles.includes(style)) return [plain]
  const { otherStyles = 'dropped' } = replay
  if (otherStyles === 'dropped' || otherStyles === 'echoed') return []
  throw new Refusal(problem(otherStyles, `Predecessor ${id} is not written as it must be.`))
}

function byExternalId(call: Call, externalId: string): readonly string[] {
  const found = inSandbox(call).filter((batch) => batch.externalId === externalId)
  return found.map((batch) => batch.id)
}

function refuseUnfit(call: Call, id: string, datasetId: string): void {
  const predecessor = inSandbox(call).find((batch) => batch.id === id)
  if (predecessor?.datasetId !== datasetId) {
    throw new Refusal(
      problem(400, `Predecessor ${id} is no batch of dataset ${datasetId}.`, { errorCode: 'EMU-PREDECESSOR-UNKNOWN' }),
    )
  }
  if (predecessor.phase.kind !== 'success' && predecessor.phase.kind !== 'inactive') {
    throw new Refusal(wrongState(`Predecessor ${id} is ${predecessor.phase.kind}.`))
  }
  if (call.platform.settings().replay.secondSuccessor === 'accepted') return
  const other = inSandbox(call).find((batch) => batch.replay.predecessors.includes(id) && isAlive(batch))
  if (predecessor.phase.kind === 'inactive' || other !== undefined) {
    throw new Refusal(wrongState(`Predecessor ${id} has a successor or was reverted.`))
  }
}

function isAlive(batch: Batch): boolean {
  return batch.phase.kind === 'loading' || batch.phase.kind === 'promoting' || batch.phase.kind === 'success'
}

function inSandbox(call: Call): readonly Batch[] {
  return [...call.platform.state.batches.values()].filter((batch) => batch.sandbox === call.sandbox)
}

function wrongState(detail: string) {
  return problem(428, detail, { errorCode: 'ERR-BI-104' })
}
