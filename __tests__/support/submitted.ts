import { expect } from 'vitest'
import type { LocalPlatform } from './local-platform.ts'
import { mainPhase, type WorkflowStep } from './workflow-step.ts'

/** Runs a step that must end as submitted, and hands back the id of its batch. */
export async function submitted(platform: LocalPlatform, step: WorkflowStep): Promise<string> {
  const { outputs, exitCode, log } = await mainPhase(platform, step)
  expect(exitCode, log).toBe(0)
  expect(outputs['outcome'], log).toBe('submitted')
  return outputs['batch-id'] ?? ''
}
