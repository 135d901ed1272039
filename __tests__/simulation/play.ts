import { createChance, type Story } from './story.ts'
import { runStep, type Part, type Played } from './run-step.ts'
import { setStage, type Stage, type Tamper } from './stage.ts'
import { actAsStranger } from './stranger.ts'
import { readTruth, type Truth } from './truth.ts'
import type { Deed } from './witness.ts'
import type { Dataset } from '../../emulator/state.ts'

/** A story that has been played to its end. */
export type Told = {
  readonly story: Story
  readonly runs: readonly Played[]
  /** When nothing was in progress any more. */
  readonly truth: Truth
  /** The datasets, before anything happened and at the end. */
  readonly datasetsBefore: readonly Dataset[]
  readonly datasets: readonly Dataset[]
  /** Batches of which rows are in Profile at the end, and those that it was asked to remove. */
  readonly profileBatches: readonly string[]
  readonly systemJobs: readonly string[]
  readonly deeds: readonly Deed[]
  /** When each batch passed COMPLETE. */
  readonly completions: ReadonlyMap<string, number>
  readonly transcript: readonly string[]
  readonly tally: ReadonlyMap<string, number>
}

/** Longer than any promotion and any request takes. */
const REST_MS = 4 * 3_600_000

export async function play(story: Story, tamper?: Tamper): Promise<Told> {
  const stage = setStage(story, tamper)
  for (const variant of story.variants) stage.count(`variant: ${variant}`)
  for (const theme of themesOf(story)) stage.count(`theme: ${theme}`)
  stage.count(`weather: ${story.weather.name}`)
  stage.note(
    'story',
    JSON.stringify({
      variants: story.variants,
      weather: story.weather.name,
      themes: story.themes,
      settings: story.settings,
    }),
  )
  const { emulator, deeds, transcript, tally } = stage
  const datasetsBefore = emulator.datasets()
  const { runs, truth } = await stage.time.live(unfold(stage))
  const datasets = emulator.datasets()
  const profileBatches = (await emulator.profile()).map(({ batchId }) => batchId)
  const systemJobs = (await emulator.systemJobs()).map(({ batchId = '' }) => batchId)
  const ended = { datasetsBefore, datasets, profileBatches, systemJobs, completions: completionsOf(stage) }
  return { story, runs, truth, ...ended, deeds, transcript, tally }
}

function themesOf({ themes }: Story): readonly string[] {
  return [
    ...(themes.upsert ? ['upsert'] : []),
    ...(themes.creation === undefined ? [] : ['creation']),
    ...(themes.creation !== undefined && themes.namesakes ? ['namesakes'] : []),
    ...(themes.reverts ? ['reverts'] : []),
    ...(themes.profileRemoval ? ['profile removal'] : []),
    ...(themes.relational ? ['relational'] : []),
    ...(themes.many ? ['many'] : []),
    ...(themes.matrix === undefined ? [] : ['matrix']),
    ...(themes.legs === undefined ? [] : [`legs: ${themes.legs}`]),
    ...(themes.endless ? ['endless'] : []),
    ...(themes.behind ? ['behind'] : []),
    ...(themes.apart ? ['apart'] : []),
    ...(themes.twice ? ['twice'] : []),
    ...(themes.stateRoom === undefined ? [] : ['state without room']),
    ...(themes.several ? ['several'] : []),
  ]
}

/** COMPLETE may be repeated; the first that was answered with a yes counts. */
function completionsOf({ emulator }: Stage): ReadonlyMap<string, number> {
  const answered = emulator.requests().flatMap(({ target, at, outcome }) => {
    const id = /\/batches\/(\w+)\?action=COMPLETE$/.exec(target)?.[1]
    return id !== undefined && outcome === 200 ? [[id, at] as const] : []
  })
  return new Map(answered.toReversed())
}

async function unfold(stage: Stage): Promise<Pick<Told, 'runs' | 'truth'>> {
  const { story, time, emulator } = stage
  const before: Played[] = []
  for (const [index, plan] of story.before.entries()) {
    before.push(await runStep({ name: `before-${index}`, plan, weather: { perAttempt: 0 } }, stage))
    await time.sleep(plan.start.pauseMs)
  }
  const consolidations = story.consolidations.map((afterMs, index) => consolidate(afterMs, index, stage))
  const strangers = story.strangers.map((act) => actAsStranger(act, stage))
  const runs = await playRuns(stage)
  await Promise.all([...consolidations, ...strangers])
  await time.sleep(REST_MS)
  return { runs: [...before, ...runs], truth: await readTruth(emulator) }
}

async function playRuns(stage: Stage): Promise<readonly Played[]> {
  const { story, time } = stage
  const under: Promise<Played>[] = []
  for (const [index, plan] of story.runs.entries()) {
    if (plan.start.kind === 'after') await Promise.all(under)
    await time.sleep(plan.start.pauseMs)
    const part: Part = { name: `run-${index}`, plan, weather: story.weather }
    under.push(runStep(part, stage))
  }
  return Promise.all(under)
}

/** The platform puts together what it likes, also of several publications. */
async function consolidate(afterMs: number, index: number, stage: Stage): Promise<void> {
  const { time, emulator, story } = stage
  await time.sleep(afterMs)
  const chance = createChance(story.seed, `consolidation ${index}`)
  const active = (await readTruth(emulator)).filter(({ stage: where }) => where === 'success')
  const inOne = active.filter(({ dataset }) => dataset === active[0]?.dataset)
  const chosen = inOne.filter(() => chance.happens(0.7)).map(({ id }) => id)
  if (chosen.length === 0) return
  const id = await emulator.consolidate(chosen)
  stage.count('consolidation')
  stage.note('platform', `consolidates ${chosen.join(', ')} into ${id}`)
}
