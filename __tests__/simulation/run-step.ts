import { noCheckout } from '../support/github/no-checkout.ts'
import { type Outside, runMain, runPost } from '../../src/action.ts'
import { Cancelled } from '../../src/lib/errors.ts'
import { drawIds } from './draw-runs.ts'
import { checkOut, sayContents } from './contents.ts'
import { openLine } from './line.ts'
import { oddLists } from './lists.ts'
import { sendingTwice } from './proxies.ts'
import { memoryWorkspace, newRecording, noDeployments, recordingRunner, type Recording } from './recording-runner.ts'
import type { Stage } from './stage.ts'
import { BATCH_MOST } from '../../src/platform/limits.ts'
import { createChance, type Chance, type RunPlan } from './story.ts'
import { readTruth, type Truth } from './truth.ts'
import type { Life } from './virtual-time.ts'
import { inputsOf, jobsOf, runOf } from './workflow.ts'
import { drawFate, isTagChange, type Odds } from './weather.ts'
import { noComments, noContents, startNoThreads } from '../support/runs/in-memory-action.ts'
import { createLocalChecker } from '../../src/formats/pool.ts'
import { quickCheckOf } from '../../src/modes/steps/run.ts'

/** What became of one run. */
export type Played = {
  readonly name: string
  readonly plan: RunPlan
  /** What `replay-predecessors` or `batch-id` named, if it named ids. */
  readonly ids: readonly string[]
  readonly how: 'ended' | 'killed' | 'threw'
  readonly cancelledAtMs: number | undefined
  /** Between two changes of tags, when nothing may stop it. */
  readonly wasCancelledInside: boolean
  readonly startedAtMs: number
  readonly endedAtMs: number
  readonly postEndedAtMs: number
  readonly postAttempts: { readonly all: number; readonly struck: number }
  readonly recording: Recording
  readonly postFailed: boolean
  /** What struck its main phase on the way. */
  readonly failures: readonly string[]
  readonly atStart: Truth
  readonly atEnd: Truth
}

export type Part = { readonly name: string; readonly plan: RunPlan; readonly weather: Odds }

/** One step of a workflow, as a runner plays it: its main phase, cut short or not, and its post phase. */
export async function runStep(part: Part, stage: Stage): Promise<Played> {
  const { plan, name } = part
  const { emulator, time, story } = stage
  const recording = newRecording()
  const atStart = await readTruth(emulator)
  const startedAtMs = time.now()
  const ids = drawIds(plan, atStart, createChance(story.seed, `${name} ids`))
  stage.note(name, `starts: ${JSON.stringify({ ...plan, contents: sayContents(plan.contents), ids })}`)
  const step: Step = {
    ...part,
    stage,
    recording,
    inputs: inputsOf(plan, ids, story.themes),
    failures: [],
    attempts: [],
    inside: Promise.withResolvers(),
  }
  const end = await playMain(step)
  stage.note(
    name,
    `${end.how}; exit code ${recording.hasFailed ? 1 : 0}, ${recording.outputs.get('outcome') ?? 'no outcome'}`,
  )
  const endedAtMs = time.now()
  const atEnd = await readTruth(emulator)
  const failedBefore = recording.hasFailed
  const failures = step.failures.splice(0)
  const mainAttempts = step.attempts.length
  await time.sleep(createChance(story.seed, `${name} post`).magnitude(200, 10_000))
  const isQuiet = await playPost(step)
  return {
    name,
    plan,
    ids,
    ...end,
    startedAtMs,
    endedAtMs,
    postEndedAtMs: time.now(),
    postAttempts: { all: step.attempts.length - mainAttempts, struck: step.failures.length },
    recording,
    atStart,
    atEnd,
    failures,
    postFailed: !isQuiet || recording.hasFailed !== failedBefore,
  }
}

type Step = Part & {
  readonly stage: Stage
  readonly recording: Recording
  readonly inputs: Readonly<Record<string, string>>
  readonly failures: string[]
  /** Resolves when the first change of a dataset leaves. */
  readonly inside: PromiseWithResolvers<void>
  /** How each attempt of a request went. */
  readonly attempts: string[]
}

type End = Pick<Played, 'how' | 'cancelledAtMs' | 'wasCancelledInside'>

/** The runner kills 10 s after its first signal. */
const GRACE_MS = 10_000

async function playMain(step: Step): Promise<End> {
  const { plan, stage, name } = step
  const { time } = stage
  const life: Life = { isOver: false }
  const cancel = new AbortController()
  const curtain = new AbortController()
  let cancelledAtMs: number | undefined
  let wasCancelledInside = false
  const cut = async (): Promise<'killed'> => {
    if (plan.cut.kind === 'none') return await new Promise(() => undefined)
    if (plan.cut.inside) await step.inside.promise
    await time.sleep(plan.cut.afterMs, { signal: curtain.signal })
    stage.note(name, `! ${plan.cut.kind}`)
    stage.count(`cut: ${plan.cut.kind}`)
    if (plan.cut.kind === 'cancel') {
      cancelledAtMs = time.now()
      wasCancelledInside = isInside(step)
      cancel.abort(new Cancelled('SIGINT'))
      await time.sleep(GRACE_MS, { signal: curtain.signal })
      stage.count('cut: killed after cancel')
    }
    if (isInside(step)) stage.count('cut: between two changes of tags')
    life.isOver = true
    return 'killed'
  }
  const played = runMain(outsideOf(step, { phase: 'main', life, signal: cancel.signal })).then(
    () => 'ended' as const,
    (error: unknown) => {
      stage.note(name, `main threw: ${String(error)}`)
      return 'threw' as const
    },
  )
  const stopped = cut().catch(() => 'ended' as const)
  const how = await Promise.race([played, stopped])
  curtain.abort()
  return { how, cancelledAtMs, wasCancelledInside }
}

function isInside({ recording }: Step): boolean {
  return (recording.state.get('tags') ?? '') !== ''
}

async function playPost(step: Step): Promise<boolean> {
  const life: Life = { isOver: false }
  try {
    await runPost(outsideOf(step, { phase: 'post', life, signal: new AbortController().signal }))
    return true
  } catch (error) {
    step.stage.note(step.name, `post threw: ${String(error)}`)
    return false
  }
}

type Phase = { readonly phase: 'main' | 'post'; readonly life: Life; readonly signal: AbortSignal }

function outsideOf(step: Step, { phase, life, signal }: Phase): Outside {
  const { plan, stage, recording, inputs, name } = step
  const { time, story } = stage
  const who = phase === 'main' ? name : `${name} post`
  const weather = createChance(story.seed, `${who} weather`)
  const action = createChance(story.seed, `${who} action`)
  const lists = createChance(story.seed, `${who} lists`)
  const proxies = createChance(story.seed, `${who} proxies`)
  const note = (text: string) => stage.note(who, text)
  const strike = (what: string) => {
    note(`~ ${what}`)
    stage.count(what)
    step.failures.push(what)
  }
  return {
    runner: recordingRunner(recording, {
      name: phase,
      inputs,
      life,
      stateRoom: story.themes.stateRoom,
      note: ({ level, text }) => level !== 'debug' && note(`${level}: ${text}`),
    }),
    run: runOf(plan, story.themes),
    clock: {
      now: () => time.now(),
      wallNow: () => time.now(),
      sleep: (ms, own) => time.sleep(ms, { signal: own, life }),
    },
    random: () => action.next(),
    batchMost: story.themes.several ? { ...BATCH_MOST, files: 1 } : BATCH_MOST,
    openTransport: () => {
      const line = openLine(life, { ...stage, who: name, note, drawFate: fates(step, weather) })
      return stage.tamper(
        oddLists(sendingTwice(line, { themes: story.themes, chance: proxies, strike: note }), {
          themes: story.themes,
          chance: lists,
          time,
          strike,
        }),
      )
    },
    openWorkspace: () => memoryWorkspace(checkOut(plan.contents)),
    removeScratch: async () => undefined,
    openGithub: () => ({
      deployments: noDeployments(),
      jobs: jobsOf(plan, story),
      contents: noContents,
      comments: noComments,
    }),
    openCheckout: () => noCheckout,
    openChecker: (setup) => createLocalChecker(quickCheckOf(setup)),
    startThreads: startNoThreads,
    signal,
  }
}

function fates(
  { stage, weather, failures, attempts, inside }: Step,
  chance: Chance,
): Parameters<typeof openLine>[1]['drawFate'] {
  return (request) => {
    const fate = drawFate(request, weather, chance)
    if (isTagChange(request)) inside.resolve()
    stage.count(`attempt: ${fate.name}`)
    attempts.push(fate.name)
    if (fate.name !== 'fine') failures.push(fate.name)
    return fate
  }
}
