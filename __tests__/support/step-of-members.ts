import { member } from './platform-inputs.ts'
import type { WorkflowStep } from './workflow-step.ts'

/** A step that publishes one file with these members of the loyalty dataset. */
export function stepOf(ids: readonly string[], more: WorkflowStep = {}): WorkflowStep {
  return { files: { 'data/a.jsonl': ids.map((id) => member(id)).join('') }, ...more }
}
