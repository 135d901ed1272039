import type { Platform } from '../platform.ts'
import type { SystemJob } from '../state.ts'

/** The state of a job, for which each document has its own words. */
export type JobStage = 'new' | 'running' | 'done' | 'broken'

export function stageOf(job: SystemJob, platform: Platform): JobStage {
  const { newMs, runMs, end } = platform.settings().systemJobs
  const ageMs = platform.now() - job.created
  if (ageMs < newMs) return 'new'
  if (job.isDone) return 'done'
  return ageMs < newMs + runMs || end === 'never' ? 'running' : 'broken'
}

/** Applies the effects of jobs up to now: "Profile system jobs endpoint" says that jobs run by themselves. */
export function runSystemJobs(platform: Platform): void {
  const { newMs, runMs, end } = platform.settings().systemJobs
  for (const job of platform.state.systemJobs.values()) {
    const isDue = job.created + newMs + runMs <= platform.now()
    if (!job.isDone && isDue && end === 'success') finish(platform, job)
  }
}

function finish({ state }: Platform, job: SystemJob): void {
  state.systemJobs.set(job.id, { ...job, isDone: true })
  for (const [key, { datasetId, batchId }] of state.profile)
    if (datasetId === job.datasetId && (job.batchId === undefined || batchId === job.batchId)) state.profile.delete(key)
}
