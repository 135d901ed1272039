import type { Settings } from '../../src/emulator/settings.ts'
import type { Contents } from './contents.ts'

/** What a seed makes happen. */
export type Story = {
  readonly seed: number
  readonly settings: Partial<Settings>
  /** Which of the variants the settings are made of. */
  readonly variants: readonly string[]
  readonly weather: Weather
  /** Runs before anything goes wrong; their batches are what the dataset holds already. */
  readonly before: readonly RunPlan[]
  readonly runs: readonly RunPlan[]
  /** After so many milliseconds the platform puts active batches together. */
  readonly consolidations: readonly number[]
}

export type Weather = { readonly name: 'calm' | 'breezy' | 'stormy'; readonly perAttempt: number }

export type RunPlan = {
  readonly repositoryId: string
  readonly runId: number
  readonly attempt: number
  readonly ref: string
  readonly contents: Contents
  readonly pattern: string
  /** Empty: the pattern names it. */
  readonly publication: string
  readonly replaces: 'nothing' | 'previous' | 'ids'
  readonly ifUnchanged: 'skip' | 'publish'
  readonly waits: boolean
  readonly errorThreshold: number
  readonly timeoutMinutes: number
  readonly start: Start
  readonly cut: Cut
}

/** `after`: all runs before it have ended; `with`: the run before it has started. */
export type Start = { readonly kind: 'after' | 'with'; readonly pauseMs: number }

export type Cut = { readonly kind: 'none' } | { readonly kind: 'cancel' | 'kill'; readonly afterMs: number }

export function publicationOf({ publication, pattern }: RunPlan): string {
  return publication || `glob:${pattern}`
}
