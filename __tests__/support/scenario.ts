import { describe, expect, it } from 'vitest'
import type { Fault } from '../../emulator/faults.ts'
import type { Settings } from '../../emulator/settings.ts'
import { annotationsIn } from './log.ts'
import { localPlatform, type LocalPlatform } from './local-platform.ts'
import type { ActionResult } from './run-action.ts'
import { mainPhase, type WorkflowStep } from './workflow-step.ts'

/** A run of the built action as data: what it finds, what it is asked for, and what becomes of it. */
export type Scenario = WorkflowStep & {
  /** How the platform behaves. */
  readonly settings?: Partial<Settings>
  readonly faults?: readonly Fault[]
  readonly exitCode: number
  /** Those that are named have these values; a matcher stands for any that fits. */
  readonly outputs?: Readonly<Record<string, unknown>>
  /** Each is in the log. */
  readonly log?: readonly (string | RegExp)[]
  readonly notInLog?: readonly (string | RegExp)[]
  /** There is one error, which says each of these. */
  readonly error?: readonly (string | RegExp)[]
  /** All annotations, each with these properties among others. */
  readonly annotations?: readonly object[]
  readonly summary?: readonly (string | RegExp)[]
  /** All batches, oldest first, each with these properties among others. */
  readonly batches?: readonly object[]
  /** What the only batch holds: all of its files, or their names, in order. */
  readonly received?: Readonly<Record<string, string>> | readonly string[]
  /** `PUT` or `POST /ims/` → how many requests of this method, with this in the target, the platform has seen. */
  readonly requests?: Readonly<Record<string, number>>
  /** What is no data. */
  readonly also?: (run: ActionResult, platform: LocalPlatform) => void | Promise<void>
}

/** Nobody has asked the platform for anything. */
export const NO_REQUEST = { GET: 0, POST: 0, PUT: 0, PATCH: 0 }

/** A test for each; the name of each completes the title to a sentence. */
export function describeScenarios(title: string, scenarios: Readonly<Record<string, Scenario>>): void {
  describe(title, () => {
    for (const [name, scenario] of Object.entries(scenarios)) it.concurrent(name, () => play(scenario))
  })
}

async function play(scenario: Scenario): Promise<void> {
  await using platform = await localPlatform(scenario.settings)
  platform.emulator.faults.add(...(scenario.faults ?? []))
  const run = await mainPhase(platform, scenario)
  expect(run.exitCode, run.log).toBe(scenario.exitCode)
  expect(run.outputs, run.log).toMatchObject(scenario.outputs ?? {})
  expectTexts(run, scenario)
  await expectAtPlatform(platform, scenario)
  await scenario.also?.(run, platform)
}

function expectTexts({ log, summary }: ActionResult, scenario: Scenario): void {
  for (const text of scenario.log ?? []) expect(log).toMatch(text)
  for (const text of scenario.notInLog ?? []) expect(log).not.toMatch(text)
  for (const text of scenario.summary ?? []) expect(summary).toMatch(text)
  if (scenario.annotations !== undefined) expect(annotationsIn(log)).toMatchObject(scenario.annotations)
  if (scenario.error === undefined) return
  const errors = log.split('\n').filter((line) => line.startsWith('::error'))
  expect(errors, log).toHaveLength(1)
  for (const text of scenario.error) expect(errors[0]).toMatch(text)
}

async function expectAtPlatform(platform: LocalPlatform, { batches, received, requests = {} }: Scenario) {
  if (batches !== undefined) {
    const seen = await platform.emulator.batches()
    expect(seen).toHaveLength(batches.length)
    expect(seen).toMatchObject(batches)
  }
  if (received !== undefined) {
    const all = await platform.received()
    expect(Array.isArray(received) ? Object.keys(all).toSorted() : all).toEqual(received)
  }
  for (const [request, count] of Object.entries(requests)) {
    const [method = '', part = ''] = request.split(' ')
    const seen = platform.emulator.requests().filter((one) => one.method === method && one.target.includes(part))
    expect(seen, request).toHaveLength(count)
  }
}
