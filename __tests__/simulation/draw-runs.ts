import { seededDatasetIds, seededSchemaIds } from '../../emulator/seed/ids.ts'
import { makeContents, withOneMore } from './contents.ts'
import type { Setting, Stream } from './draw-setting.ts'
import { type Chance, type Cut, type RunPlan, type Start, publicationOf, wholeOf } from './story.ts'
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

const CALM = {
  does: 'publish',
  upsert: 'false',
  maxShrinkPercent: 100,
  waits: true,
  ifUnchanged: 'skip',
  timeoutMinutes: 60,
  cut: { kind: 'none' },
} as const

/** Of another publication, another repository, or an older run of this one. */
export function drawEarlier(setting: Setting, index: number): RunPlan {
  const { chance } = setting
  const stream = chance.oneOf(setting.streams) ?? setting.streams[0]
  return {
    ...CALM,
    ...drawContent(setting, stream),
    dataset: drawDataset(setting),
    repositoryId: chance.happens(0.3) ? '2002' : '1001',
    runId: 10 + index,
    attempt: 1,
    ref: chance.happens(0.1) ? 'refs/heads/side' : 'refs/heads/main',
    replaces: chance.happens(0.4) ? 'previous' : 'nothing',
    errorThreshold: 60,
    start: { kind: 'after', pauseMs: chance.magnitude(1_000, 86_400_000) },
  }
}

export function drawRun(setting: Setting, earlier: readonly RunPlan[], olderRuns: number): RunPlan {
  const { chance } = setting
  const stream = chance.happens(0.75) ? setting.streams[0] : (setting.streams[1] ?? setting.streams[0])
  const fresh: RunPlan = {
    ...drawContent(setting, stream),
    ...drawAims(setting),
    dataset: drawDataset(setting),
    repositoryId: '1001',
    runId: 100 + earlier.length,
    attempt: 1,
    ref: chance.happens(0.05) ? 'refs/heads/side' : 'refs/heads/main',
    replaces: chance.happens(0.85) ? setting.manner : chance.pick(['nothing', 'previous', 'ids']),
    ifUnchanged: chance.happens(0.15) ? 'publish' : 'skip',
    waits: chance.happens(0.88),
    errorThreshold: chance.pick([0, 0, 40, 100]),
    maxShrinkPercent: chance.pick([100, 100, 50]),
    timeoutMinutes: chance.pick([60, 60, 60, 5, 0.3]),
    start: drawStart(chance),
    cut: drawCut(setting, earlier.length === 0),
  }
  const again = chance.oneOf(earlier)
  if (earlier.length === 0 && olderRuns > 0 && chance.happens(0.15)) return aged(fresh)
  if (again === undefined || !chance.happens(0.35)) return fresh
  return rerun(fresh, again, { chance, earlier })
}

/** A run of long ago that is run again, beside newer ones. */
function aged(fresh: RunPlan): RunPlan {
  return { ...fresh, runId: 10, attempt: 2 }
}

type Rerunning = { readonly chance: Chance; readonly earlier: readonly RunPlan[] }

/** A run again: mostly with what it had; a checkout of a moved branch, or a step that makes its files, has other content. */
function rerun(fresh: RunPlan, again: RunPlan, { chance, earlier }: Rerunning): RunPlan {
  const attempts = earlier.filter(({ runId }) => runId === again.runId).map(({ attempt }) => attempt)
  const same = { ...again, start: { ...fresh.start, kind: 'after' as const }, cut: fresh.cut }
  const isOther = chance.happens(0.25) && wholeOf(fresh) === wholeOf(again)
  return { ...same, attempt: Math.max(...attempts) + 1, contents: isOther ? fresh.contents : again.contents }
}

function drawContent({ chance, versions }: Setting, { folder, patterns, name }: Stream) {
  const known = versions.get(folder)
  if (known === undefined) throw new Error(`no contents of ${folder}`)
  const pattern = chance.happens(0.1) ? (patterns[1] ?? patterns[0]) : patterns[0]
  return { contents: chance.pick([known[0], known[0], ...known]), pattern, publication: name }
}

function drawAims({ chance, themes }: Setting): Pick<RunPlan, 'does' | 'upsert'> {
  return {
    does: chance.happens(themes.reverts ? 0.4 : 0) ? chance.pick(['revert previous', 'revert an id']) : 'publish',
    upsert: themes.upsert ? chance.pick(['enable', 'enable', 'enable', 'true', 'false']) : 'false',
  }
}

/** Two that create the dataset in the same moment. */
export function drawRace(setting: Setting): readonly RunPlan[] {
  const { chance } = setting
  if (!chance.happens(0.6)) return []
  const racer = (runId: number): RunPlan => ({
    ...drawRun(setting, [], 0),
    runId,
    does: 'publish',
    dataset: { ...drawDataset(setting), schema: 'Loyalty Members' },
    start: { kind: 'with', pauseMs: chance.magnitude(1, 300) },
  })
  return [racer(90), racer(91)]
}

/** Two that bring the same at one moment, and one of them again. */
export function drawSides(setting: Setting): readonly RunPlan[] {
  const { chance } = setting
  const plan: RunPlan = { ...drawRun(setting, [], 0), does: 'publish', replaces: 'nothing', cut: { kind: 'none' } }
  const side = (runId: number): RunPlan => ({
    ...plan,
    runId,
    start: { kind: runId === 80 ? 'after' : 'with', pauseMs: chance.magnitude(1, 300) },
  })
  return [
    side(80),
    side(81),
    { ...side(81), attempt: 2, start: { kind: 'after', pauseMs: chance.magnitude(100, 60_000) } },
  ]
}

/** Taken back, and once more: as a re-run or as a new run. What is published then is published again. */
export function drawEpilogue(setting: Setting, earlier: readonly RunPlan[]): readonly RunPlan[] {
  const { chance } = setting
  const calm = { start: { kind: 'after', pauseMs: chance.magnitude(1_000, 600_000) }, cut: { kind: 'none' } } as const
  const first: RunPlan = { ...drawRun(setting, earlier, 0), runId: 200, attempt: 1, ...calm, does: 'revert previous' }
  const again = chance.happens(0.5) ? { ...first, attempt: 2 } : { ...first, runId: 201 }
  const last: RunPlan = { ...drawRun(setting, earlier, 0), runId: 202, attempt: 1, ...calm, does: 'publish' }
  return chance.happens(0.5) ? [first, again] : [first, again, last]
}

/** Mostly all that is needed to create it, in one of the ways to name a schema. */
function drawDataset({ chance, kind, themes: { creation } }: Setting): RunPlan['dataset'] {
  if (creation === undefined)
    return { naming: kind === 'csv' ? seededDatasetIds.products : seededDatasetIds.loyalty, schema: '' }
  return { naming: creation, schema: chance.pick([seededSchemaIds.loyalty, 'Loyalty Members', 'Loyalty Members', '']) }
}

function drawStart(chance: Chance): Start {
  if (chance.happens(0.35)) return { kind: 'with', pauseMs: chance.magnitude(1, 500) }
  if (chance.happens(0.35)) return { kind: 'with', pauseMs: chance.magnitude(100, 20_000) }
  return { kind: 'after', pauseMs: chance.magnitude(1, 600_000) }
}

/** Who comes first finds the tags as they were: of a story about them, that is the run that matters most. */
function drawCut({ chance, themes }: Setting, isFirst: boolean): Cut {
  if (isFirst && themes.upsert !== undefined && chance.happens(0.4)) {
    return { kind: chance.pick(['cancel', 'kill', 'kill']), inside: true, afterMs: chance.magnitude(1, 800) }
  }
  const kind = chance.pick<Cut['kind']>(['none', 'none', 'none', 'none', 'cancel', 'kill'])
  if (kind === 'none') return { kind }
  const inside = themes.upsert !== undefined && chance.happens(0.6)
  return {
    kind,
    inside,
    afterMs: inside ? chance.magnitude(1, 800) : chance.magnitude(50, chance.pick([3_000, 40_000])),
  }
}

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

/** Runs of several steps that share publication and file names; of some the job is run again, with the same rows or others. */
export function drawLegs(setting: Setting): readonly RunPlan[] {
  const { chance } = setting
  return Array.from({ length: chance.whole(1, 2) }, (_, index) => {
    const plan: RunPlan = { ...drawRun(setting, [], 0), does: 'publish', runId: 100 + index }
    const count = chance.whole(2, 3)
    const legs = Array.from(Array(count).keys(), (number) => drawLeg(setting, plan, number + 1))
    const again = legs.filter(() => chance.happens(0.6)).map((leg, number) => drawLegAgain(setting, leg, number))
    return [...legs, ...again]
  }).flat()
}

function drawLeg(setting: Setting, plan: RunPlan, leg: number): RunPlan {
  const { wish } = plan.contents
  const isSame = setting.chance.happens(0.1)
  return {
    ...plan,
    leg,
    contents: isSame ? plan.contents : makeContents({ ...wish, name: `${wish.name}l${leg}r${plan.runId}` }),
    start: leg === 1 ? plan.start : drawSibling(setting),
    cut: drawCut(setting, leg === 1),
  }
}

function drawLegAgain(setting: Setting, plan: RunPlan, index: number): RunPlan {
  const { chance } = setting
  const { wish } = plan.contents
  return {
    ...plan,
    attempt: 2,
    contents: chance.happens(0.6) ? makeContents({ ...wish, name: `${wish.name}again` }) : plan.contents,
    start: index === 0 ? { ...drawStart(chance), kind: 'after' } : drawSibling(setting),
    cut: chance.happens(0.7) ? { kind: 'none' } : drawCut(setting, false),
  }
}
