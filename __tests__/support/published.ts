import { expect } from 'vitest'
import type { LocalPlatform } from './local-platform.ts'
import { mainPhase, type WorkflowStep } from './workflow-step.ts'

/** Runs a step that must publish, and hands back the id of its batch. */
export async function published(platform: LocalPlatform, step: WorkflowStep): Promise<string> {
  const { outputs, exitCode, log } = await mainPhase(platform, step)
  expect(exitCode, log).toBe(0)
  expect(outputs['outcome'], log).toBe('published')
  return outputs['batch-id'] ?? ''
}
