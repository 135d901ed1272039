import type { LocalPlatform } from './local-platform.ts'
import { member } from './platform-inputs.ts'
import type { WorkflowStep } from './workflow-step.ts'

/** A step that publishes one member as a profile update, of the kind that is asked for. */
export function upsertStep(dataset: string, upsert: 'true' | 'enable', more: WorkflowStep = {}): WorkflowStep {
  const inputs = { dataset, upsert, validation: 'error', ...more.inputs }
  return { files: { 'data/a.jsonl': member('1', { tier: 'gold' }) }, ...more, inputs }
}

/** That nothing was asked for in writing but the token, and the changes of tags. */
export function writesTo(platform: LocalPlatform): readonly string[] {
  const all = [...platform.requests('POST', /^\/data\//), ...platform.requests('PATCH', /./)]
  return all.map(({ method, target }) => `${method} ${target}`)
}
