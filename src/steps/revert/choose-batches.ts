import type { Clock } from '../../base/clock.ts'
import { Problem } from '../../base/problem.ts'
import type { BatchRecord } from '../../platform/batch-record.ts'
import type { CatalogApi } from '../../platform/catalog.ts'
import { isBatchId, type BatchId } from '../../platform/ids.ts'
import { readMark, type Mark } from '../earlier/mark.ts'
import { followSuccessor, holdingsOf } from '../earlier/successors.ts'
import type { Held, Survey } from '../earlier/survey.ts'

/** A batch to be taken back, or that was already. */
export type Chosen = {
  /** Who holds the rows: the batch itself, or the one into which the platform consolidated it. */
  readonly holder: BatchId
  readonly record: BatchRecord
  /** Undefined where no run of this action made it. */
  readonly mark: Mark | undefined
}

export type ChooseTools = { readonly catalog: CatalogApi; readonly clock: Clock; readonly signal: AbortSignal }

/**
 * The batch that a workflow names. One that the platform consolidated goes with its holder, where that holds nothing else.
 *
 * @throws Problem that lists the rest.
 */
export async function chooseNamed(record: BatchRecord, tools: ChooseTools): Promise<Chosen> {
  const successor = record.tags['acp_successor']?.[0] ?? ''
  const holder = isBatchId(successor) ? await followSuccessor(successor, tools) : undefined
  const mark = readMark(record)
  const holdings = holder === undefined ? [] : await holdingsOf(holder, tools)
  // A successor that holds nothing of others is no consolidation, and what it holds is not this batch's.
  if (holder === undefined || holdings.length === 0) return { holder: record.id, record, mark }
  const rest = holdings.filter((id) => id !== record.id)
  if (rest.length > 0) throw consolidated([record.id], holder, rest)
  return { holder, record, mark }
}

/** All batches of a publish; the active ones are to be taken back. @throws Problem as {@link chooseNamed}. */
export function choosePublish(publish: readonly Held[], { holdings }: Survey): readonly Chosen[] {
  const ours = publish.map(({ record }) => record.id)
  const known = new Set<string>(ours)
  return publish.map(({ holder, record, mark }) => {
    const held = holdings.get(holder) ?? []
    if (holder === record.id || held.length === 0) return { holder: record.id, record, mark }
    const rest = held.filter((id) => !known.has(id))
    if (rest.length > 0) throw consolidated(ours, holder, rest)
    return { holder, record, mark }
  })
}

function consolidated(ours: readonly BatchId[], holder: BatchId, rest: readonly string[]): Problem {
  return new Problem(
    `Cannot revert ${ours.join(', ')}: the platform has consolidated it into ${holder}, which holds more: ${rest.join(', ')}`,
    {
      remedy: `If all of that may go, revert "batch-id: ${holder}"; publish again what is to stay. Nothing was taken back.`,
    },
  )
}
