import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../emulator/faults/faults.ts'
import type { Settings } from '../../../emulator/settings.ts'
import { annotationsIn } from './log.ts'
import { localPlatform, type LocalPlatform } from '../emulator/local-platform.ts'
import type { ActionResult } from './run-action.ts'
import { mainPhase, type WorkflowStep } from './workflow-step.ts'

/** A run of the built action as data: its files, inputs, platform and expected results. */
export type Scenario = WorkflowStep & {
  /** How the platform behaves. */
  readonly settings?: Partial<Settings>
  readonly faults?: readonly Fault[]
  readonly exitCode: number
  /** Expected values of the named outputs, or matchers. */
  readonly outputs?: Readonly<Record<string, unknown>>
  /** Each must be in the log. */
  readonly log?: readonly (string | RegExp)[]
  readonly notInLog?: readonly (string | RegExp)[]
  /** There must be one error, which contains each of these. */
  readonly error?: readonly (string | RegExp)[]
  /** All expected annotations, each with at least these properties. */
  readonly annotations?: readonly object[]
  readonly summary?: readonly (string | RegExp)[]
  /** All expected batches, oldest first, each with at least these properties. */
  readonly batches?: readonly object[]
  /** The files of the only batch, or only their names, in order. */
  readonly received?: Readonly<Record<string, string>> | readonly string[]
  /** `PUT` or `POST /ims/` → the number of requests with this method, and with this text in the target. */
  readonly requests?: Readonly<Record<string, number>>
  /** Checks that data cannot express. */
  readonly also?: (run: ActionResult, platform: LocalPlatform) => void | Promise<void>
}

/** The platform received no request. */
export const NO_REQUEST = { GET: 0, POST: 0, PUT: 0, PATCH: 0 }

/** A test for each scenario; title and name form a sentence. */
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
