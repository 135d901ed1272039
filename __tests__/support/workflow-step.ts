import type { LocalPlatform } from './local-platform.ts'
import type { ActionResult, ActionRun } from './run-action.ts'

export type WorkflowStep = Partial<ActionRun> & {
  /** `GITHUB_RUN_ID`; runs of one repository are numbered upwards. */
  readonly run?: number
  readonly attempt?: number
  readonly ref?: string
}

/** The main phase of a step, as a job of such a run and attempt runs it. */
export function mainPhase(platform: LocalPlatform, step: WorkflowStep): Promise<ActionResult> {
  return platform.publish({ ...step, env: environment(step) })
}

/** What the main phase left behind, and its post phase. */
export type BothPhases = ActionResult & { readonly post: ActionResult; readonly logs: string }

/**
 * Runs a step as the runner does: its main phase and then, however that ended, its post phase with the same inputs and
 * the state that the main phase saved.
 */
export async function bothPhases(platform: LocalPlatform, step: WorkflowStep): Promise<BothPhases> {
  const main = await mainPhase(platform, step)
  const { onLine: _, ...again } = step
  const post = await platform.publish({ ...again, env: { ...environment(step), ...saved(main) } })
  return { ...main, post, logs: main.log + post.log }
}

function environment({ run = 1001, attempt = 1, ref = 'refs/heads/main', env }: WorkflowStep): Record<string, string> {
  return { ...env, GITHUB_RUN_ID: String(run), GITHUB_RUN_ATTEMPT: String(attempt), GITHUB_REF: ref }
}

function saved({ state }: ActionResult): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]))
}
