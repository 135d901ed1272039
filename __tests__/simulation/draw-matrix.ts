import { withOneMore } from './contents.ts'
import { drawCut, drawEarlier, drawRun, drawStart } from './draw-runs.ts'
import type { Setting } from './draw-setting.ts'
import type { RunPlan } from './story.ts'

/** What was shared out in calm times, as it is now or once was. */
export function drawEarlierMatrix(setting: Setting, of: number): readonly RunPlan[] {
  const plan = drawEarlier(setting, 0)
  return shards(setting.chance.happens(0.2) ? of + 1 : of).map((shard) => ({ ...plan, shard }))
}

/** Runs of a workflow that shards its files over so many jobs; once in a while another number, or none, of them. */
export function drawMatrices(setting: Setting, of: number): readonly RunPlan[] {
  const { chance } = setting
  const count = chance.whole(1, 3)
  return Array.from({ length: count }, (_, index) => {
    const isOther = chance.happens(0.3)
    const plan = drawWorkflowRun(setting, { runId: 100 + index, isBeside: isOther && chance.happens(0.5) })
    if (isOther && chance.happens(0.25)) return [plan]
    const jobs = drawJobs(setting, plan, isOther ? chance.pick([2, 3, 4]) : of)
    return chance.happens(0.45) ? [...jobs, ...drawReruns(setting, jobs)] : jobs
  }).flat()
}

type Beginning = { readonly runId: number; readonly isBeside: boolean }

/** Mostly there is a file more or less now and then, and the others are as they were. */
function drawWorkflowRun(setting: Setting, { runId, isBeside }: Beginning): RunPlan {
  const { chance } = setting
  const plan = drawRun(setting, [], 0)
  const contents = chance.happens(0.2) ? withOneMore(plan.contents) : plan.contents
  return { ...plan, runId, contents, start: isBeside ? drawSibling(setting) : plan.start }
}

/** All at once, but for a workflow that allows one at a time. */
function drawJobs(setting: Setting, plan: RunPlan, of: number): readonly RunPlan[] {
  const { chance } = setting
  const isOneByOne = chance.happens(0.2)
  const late = chance.happens(0.15) ? chance.whole(1, of) : undefined
  return shards(of).map((shard, index): RunPlan => ({
    ...plan,
    shard,
    contents: shard.number === late ? withOneMore(plan.contents) : plan.contents,
    start: index === 0 ? plan.start : isOneByOne ? { ...plan.start, kind: 'after' } : drawSibling(setting),
    cut: drawCut(setting, index === 0),
  }))
}

function drawSibling({ chance }: Setting): RunPlan['start'] {
  return { kind: 'with', pauseMs: chance.magnitude(1, chance.pick([50, 500, 20_000])) }
}

/** All jobs once more, or those that were stopped. A checkout of a branch that has moved has other content. */
function drawReruns(setting: Setting, jobs: readonly RunPlan[]): readonly RunPlan[] {
  const { chance } = setting
  const stopped = jobs.filter(({ cut }) => cut.kind !== 'none')
  const again = stopped.length > 0 && chance.happens(0.6) ? stopped : jobs
  const moved = chance.happens(0.15) ? { contents: drawRun(setting, [], 0).contents } : {}
  return again.map((job, index): RunPlan => ({
    ...job,
    ...moved,
    attempt: 2,
    start: index === 0 ? { ...drawStart(chance), kind: 'after' } : drawSibling(setting),
    cut: chance.happens(0.7) ? { kind: 'none' } : drawCut(setting, false),
  }))
}

function shards(of: number) {
  return Array.from({ length: of }, (_, index) => ({ number: index + 1, of }))
}
