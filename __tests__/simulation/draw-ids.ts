import type { Chance } from './chance.ts'
import { publicationOf, type RunPlan } from './story.ts'
import type { Truth } from './truth.ts'

/** Mostly what a person would name: active batches of this publication. Of a batch to revert, one is enough. */
export function drawIds(plan: RunPlan, truth: Truth, chance: Chance): readonly string[] {
  const { does, replaces } = plan
  const isAsked = does === 'publish' ? replaces === 'ids' : does === 'revert an id'
  return isAsked ? drawBatches(plan, truth, chance).slice(0, does === 'publish' ? 2 : 1) : []
}

function drawBatches(plan: RunPlan, truth: Truth, chance: Chance): readonly string[] {
  const active = truth.filter(({ isActive, isConsolidation }) => isActive && !isConsolidation)
  const own = active.filter(
    ({ provenance }) =>
      provenance?.publication === publicationOf(plan) && provenance.repositoryId === plan.repositoryId,
  )
  const from = chance.happens(0.1) ? truth : chance.happens(0.25) || own.length === 0 ? active : own
  const named = [chance.oneOf(from), chance.happens(0.3) ? chance.oneOf(from) : undefined]
  return [
    ...new Set(named.flatMap((batch) => (batch === undefined ? [] : [chance.happens(0.2) ? batch.holder : batch.id]))),
  ]
}
