import { goodRows, publishedContents } from '../contents.ts'
import type { Told } from '../play.ts'
import type { Played } from '../run-step.ts'
import { wholeOf } from '../story.ts'
import type { TrueBatch } from '../truth.ts'
import { isGreen, leavesOf, makerOf, saidBy, type Invariant } from './reading.ts'

/**
 * When all jobs of a matrix have ended well under `previous`, and nobody else was at work, what is active of the publication
 * is what they found, each row once. What else is active, somebody has named: an empty shard what it left.
 */
export const matricesAreExact: Invariant = (told) =>
  matricesOf(told.runs)
    .filter((matrix) => hasEndedWell(matrix) && isAlone(matrix, told))
    .flatMap((matrix) => {
      const wanted = matrix.last.flatMap(({ plan }) => goodRows(publishedContents(plan)))
      const active = activeAfter(matrix, told)
      const held = active.flatMap(({ rows }) => rows)
      const missing = wanted.filter((row) => !held.includes(row))
      const foreign = active.filter(({ rows }) => !rows.every((row) => wanted.includes(row)))
      const unsaid = foreign.filter((batch) => !isNamed(batch, told))
      const twice = wanted.filter((row) => held.indexOf(row) !== held.lastIndexOf(row))
      if (missing.length + unsaid.length + twice.length === 0) return []
      const who = matrix.last.map(({ name }) => name).join(', ')
      return [
        `${who} ended well; missing: ${missing.join(', ')}; beside them: ${unsaid.map(({ id }) => id).join(', ')}; twice: ${twice.join(', ')}`,
      ]
    })

/** The jobs of one run that publish the shards of one publication. */
type Matrix = {
  readonly all: readonly Played[]
  /** Of each shard the last attempt. */
  readonly last: readonly Played[]
  readonly of: number
}

function matricesOf(runs: readonly Played[]): readonly Matrix[] {
  const shared = runs.filter(({ plan }) => plan.shard !== undefined && plan.does === 'publish')
  const groups = Map.groupBy(shared, ({ plan }) =>
    JSON.stringify([plan.repositoryId, plan.runId, wholeOf(plan), plan.shard?.of]),
  )
  return Array.from(groups.values(), (all) => {
    const shards = Map.groupBy(all, ({ plan }) => plan.shard?.number)
    const last = Array.from(shards.values()).flatMap((jobs) => lastOf(jobs))
    return { all, last, of: all[0]?.plan.shard?.of ?? 0 }
  })
}

function lastOf(jobs: readonly Played[]): readonly Played[] {
  return jobs.toSorted((a, b) => a.plan.attempt - b.plan.attempt).slice(-1)
}

function hasEndedWell({ last, of }: Matrix): boolean {
  return last.length === of && last.every((job) => isGreen(job) && job.plan.replaces === 'previous' && job.plan.waits)
}

function isAlone({ all, last }: Matrix, { runs }: Told): boolean {
  const begunMs = Math.min(...all.map(({ startedAtMs }) => startedAtMs))
  const endMs = Math.max(...last.map(({ endedAtMs }) => endedAtMs))
  return runs.every((run) => all.includes(run) || run.postEndedAtMs < begunMs || run.startedAtMs > endMs)
}

/** As it was when the last of them ended. */
function activeAfter({ last }: Matrix, told: Told): readonly TrueBatch[] {
  const [latest] = last.toSorted((a, b) => b.endedAtMs - a.endedAtMs)
  if (latest === undefined) return []
  return latest.atEnd.filter((batch) => {
    const maker = makerOf(batch, told)
    const isOurs = maker?.plan.repositoryId === latest.plan.repositoryId && wholeOf(maker.plan) === wholeOf(latest.plan)
    return isOurs && batch.isActive && !batch.isConsolidation
  })
}

/** By a warning or an error, itself or as what it was consolidated into. */
function isNamed({ id }: TrueBatch, { runs, truth }: Told): boolean {
  const holders = truth.filter((one) => leavesOf(one.id, truth).some((leaf) => leaf.id === id)).map((one) => one.id)
  return (
    runs.some((run) =>
      run.recording.log.some(
        ({ level, text }) => (level === 'warning' || level === 'error') && holders.some((one) => text.includes(one)),
      ),
    ) || runs.some((run) => !isGreen(run) && holders.some((one) => saidBy(run).includes(one)))
  )
}
