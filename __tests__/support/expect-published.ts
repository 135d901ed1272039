import { expect } from 'vitest'
import type { LocalPlatform } from './local-platform.ts'
import { mainPhase, type WorkflowStep } from './workflow-step.ts'

/** Runs a step that must publish, and hands back the id of its batch. */
export function expectPublished(platform: LocalPlatform, step: WorkflowStep): Promise<string> {
  return expectOutcome('published', platform, step)
}

/** Runs a step that must end as submitted, and hands back the id of its batch. */
export function expectSubmitted(platform: LocalPlatform, step: WorkflowStep): Promise<string> {
  return expectOutcome('submitted', platform, step)
}

async function expectOutcome(outcome: string, platform: LocalPlatform, step: WorkflowStep): Promise<string> {
  const { outputs, exitCode, log } = await mainPhase(platform, step)
  expect(exitCode, log).toBe(0)
  expect(outputs['outcome'], log).toBe(outcome)
  return outputs['batch-id'] ?? ''
}
