import { updateBatch } from './batches.ts'
import { ulid } from '../ids.ts'
import type { Platform } from '../platform.ts'
import { deactivate } from './settle.ts'
import type { Batch } from '../state.ts'

/**
 * Moves the data of several batches into one new batch. A public client of the platform finds that batch by the tag
 * `acp_successor` of an inactive batch, and handles the reason `consolidation`. No document describes either.
 */
export function consolidate(platform: Platform, ids: readonly string[]): string {
  const parts = ids.map((id) => platform.state.batches.get(id)).filter((batch) => batch !== undefined)
  const first = parts[0]
  if (first === undefined || parts.length !== ids.length)
    throw new Error(`Cannot consolidate ${ids.join(', ')}: unknown batch`)
  const id = ulid(platform.now(), platform.random)
  platform.state.batches.set(id, successor(platform, { ...first, id }, parts))
  for (const part of parts) {
    deactivate(platform, part.id)
    updateBatch(platform, part.id, (batch) => ({ tags: { ...batch.tags, acp_successor: [id] } }))
  }
  return id
}

function successor(platform: Platform, first: Batch, parts: readonly Batch[]): Batch {
  const now = platform.now()
  const predecessors = parts.map((part) => part.id)
  const rows = parts.flatMap((part) => part.harvest.rows)
  return {
    ...first,
    externalId: first.id,
    created: now,
    updated: now,
    started: now,
    completed: now,
    changes: 1,
    createdBy: 'acp_foundation_compaction',
    uploads: new Map(),
    tags: { acp_producer: ['acp_foundation_compaction'] },
    phase: { kind: 'success', since: now },
    replay: { predecessors, shown: { predecessors, reason: 'consolidation' } },
    harvest: { errors: [], metrics: summed(parts), rowErrors: [], rows },
  }
}

function summed(parts: readonly Batch[]): Readonly<Record<string, number>> {
  const total = new Map<string, number>()
  for (const part of parts) {
    for (const [name, value] of Object.entries(part.harvest.metrics ?? {}))
      total.set(name, (total.get(name) ?? 0) + value)
  }
  return Object.fromEntries(total)
}
