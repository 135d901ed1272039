import { expect } from 'vitest'
import type { LocalPlatform } from '../../support/emulator/local-platform.ts'
import type { ActionResult } from '../../support/runs/run-action.ts'
import { mainPhase, type WorkflowStep } from '../../support/runs/workflow-step.ts'

/** A later run than those that publish, unless it says otherwise; it finds no files. */
export function reverting(platform: LocalPlatform, batch: string, more: WorkflowStep = {}): Promise<ActionResult> {
  const inputs = { mode: 'revert', 'batch-id': batch, glob: '', ...more.inputs }
  return mainPhase(platform, { run: 2001, ...more, inputs })
}

/** The last publish of this publication. */
export function revertingPrevious(platform: LocalPlatform, publication: string, more: WorkflowStep = {}) {
  return reverting(platform, 'previous', { ...more, inputs: { publication, ...more.inputs } })
}

export function expectReverted({ exitCode, outputs, log }: ActionResult, ...batches: readonly string[]): void {
  expect(exitCode, log).toBe(0)
  expect(outputs, log).toMatchObject({
    outcome: 'reverted',
    status: 'inactive',
    'batch-id': batches[0],
    'batch-ids': JSON.stringify(batches),
  })
}

export function expectRefused({ exitCode, outputs, log }: ActionResult, message: RegExp): void {
  expect(exitCode, log).toBe(1)
  expect(outputs['outcome'], log).toBe('failed')
  expect(log).toMatch(new RegExp(`^::error::${message.source}`, 'm'))
}

/** How many REVERTs the platform was sent. */
export function reverts(platform: LocalPlatform): number {
  return platform.requests('POST', /action=REVERT/).length
}

/** As a reader sees it: what could be markup is written as entities. */
export function plain(summary: string): string {
  const unbroken = summary.replaceAll(/<\/?span>/g, '')
  return unbroken.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
}
