import type { LocalPlatform } from './local-platform.ts'
import type { ActionResult } from './run-action.ts'
import { mainPhase, type WorkflowStep } from './workflow-step.ts'

export type JobMatrix = WorkflowStep & {
  readonly of: number
  /** Something that one of the jobs meets, by the number of its shard. */
  readonly onJob?: Readonly<Record<number, Partial<WorkflowStep>>>
}

/** A job for each shard, all at once, as a runner of its own each. */
export function jobMatrix(
  platform: LocalPlatform,
  { of, onJob = {}, ...step }: JobMatrix,
): Promise<readonly ActionResult[]> {
  const numbers = Array.from({ length: of }, (_, index) => index + 1)
  return Promise.all(numbers.map((number) => runShard(platform, `${number}/${of}`, { ...step, ...onJob[number] })))
}

/** The job of one shard. */
export function runShard(platform: LocalPlatform, shard: string, step: WorkflowStep): Promise<ActionResult> {
  const inputs = { publication: 'members', ...step.inputs, shard }
  return mainPhase(platform, { ...step, inputs })
}
