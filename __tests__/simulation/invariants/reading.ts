import type { Told } from '../play.ts'
import type { Played } from '../run-step.ts'
import { jobIdOf, publicationOf } from '../story.ts'
import type { TrueBatch, Truth } from '../truth.ts'

export type Invariant = (told: Told) => readonly string[]

export function outcomeOf({ recording }: Played): string {
  return recording.outputs.get('outcome') ?? ''
}

export function batchIdsOf({ recording }: Played): readonly string[] {
  const ids: unknown = JSON.parse(recording.outputs.get('batch-ids') ?? '[]')
  return Array.isArray(ids) ? ids.map(String) : []
}

/** Green: whoever reads the job believes what it says. */
export function isGreen({ how, recording }: Played): boolean {
  return how === 'ended' && !recording.hasFailed
}

/** What people see of a run; `debug` lines they don't. */
export function saidBy({ recording }: Played): string {
  return recording.log.flatMap(({ level, text }) => (level === 'debug' ? [] : [text])).join('\n')
}

/** The run that made a batch. */
export function makerOf(batch: TrueBatch, { runs }: Told): Played | undefined {
  const { provenance } = batch
  return runs.find(
    ({ plan }) =>
      provenance !== undefined &&
      plan.repositoryId === provenance.repositoryId &&
      plan.runId === provenance.runId &&
      plan.attempt === provenance.attempt &&
      publicationOf(plan) === provenance.publication &&
      jobIdOf(plan) === provenance.job,
  )
}

export function find(id: string, truth: Truth): TrueBatch | undefined {
  return truth.find((batch) => batch.id === id)
}

/** The batches whose rows a batch holds: itself, or what it was consolidated from. */
export function leavesOf(id: string, truth: Truth): readonly TrueBatch[] {
  const batch = find(id, truth)
  if (batch === undefined) return []
  return batch.isConsolidation ? batch.predecessors.flatMap((part) => leavesOf(part, truth)) : [batch]
}

/** Batches that replaced this one, by itself or as a part of a consolidated one. */
export function replacersOf(batch: TrueBatch, truth: Truth): readonly TrueBatch[] {
  return truth.filter(
    ({ isConsolidation, predecessors }) =>
      !isConsolidation &&
      predecessors.some((id) => id === batch.id || leavesOf(id, truth).some((leaf) => leaf.id === batch.id)),
  )
}

/** A run that is not green names each of these batches, so that somebody will look. */
export function isConfessed(ids: readonly string[], { runs }: Told): boolean {
  return runs.some((run) => !isGreen(run) && ids.every((id) => saidBy(run).includes(id)))
}

/** All are named by one red run, or each but one by its own run, which is red or did not wait and says how to follow it. */
export function isSaid(batches: readonly TrueBatch[], told: Told): boolean {
  if (batches.filter((batch) => !isOwnedUp(batch, told)).length < 2) return true
  const ids = batches.map(({ id }) => id)
  return isConfessed(ids, told)
}

function isOwnedUp(batch: TrueBatch, told: Told): boolean {
  const maker = makerOf(batch, told)
  return maker !== undefined && saidBy(maker).includes(batch.id) && (!isGreen(maker) || !maker.plan.waits)
}

/** It passed COMPLETE. */
export function wasCompleted({ stage }: TrueBatch): boolean {
  return stage === 'promoting' || stage === 'success' || stage === 'inactive' || stage === 'failed'
}

export function sameItems(some: readonly string[], others: readonly string[]): boolean {
  return JSON.stringify(some.toSorted()) === JSON.stringify(others.toSorted())
}
