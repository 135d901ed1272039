import type { Settings } from '../../emulator/settings.ts'
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
  readonly themes: Themes
  readonly strangers: readonly StrangerAct[]
  /** After so many milliseconds the platform puts active batches together. */
  readonly consolidations: readonly number[]
}

/** What a story is about beside publishing; absent, it isn't. */
export type Themes = {
  /** The two tags of the dataset when the story begins. */
  readonly upsert?: ProfileTags
  /** The name of a dataset that is to be created. */
  readonly creation?: string
  /** Two of that name are there from the start. */
  readonly namesakes: boolean
  readonly reverts: boolean
  /** The dataset holds events for Profile. */
  readonly events: boolean
  /** Reverts of such events remove them from Profile, too. */
  readonly profileRemoval: boolean
  /** The dataset is relational, and nobody asks for the way into it that no document describes. */
  readonly relational: boolean
  /** A content is more than a hundred small files. */
  readonly many: boolean
  /** Lists go on for ever, now and then. */
  readonly endless: boolean
  /** One of two replicas of the catalogue is behind the other. */
  readonly behind: boolean
  /** Looks at one batch and lists of them go to replicas that lag apart: a batch may be missing for a while, or old. */
  readonly apart: boolean
  /** A proxy on the way sends some creations twice. */
  readonly twice: boolean
  /** The file of the runner's state takes so many bytes. */
  readonly stateRoom?: number
  /** A batch takes one file, so that most publishes are several batches, and two runs bring the same at one moment. */
  readonly several: boolean
  /** A step is a job for each of so many shards. */
  readonly matrix?: number
  /**
   * A run has several steps that share publication and file names, and bring different rows. `legs` differ by their matrix,
   * `calls` of one reusable workflow by the name of their job alone; of `unproved` GitHub tells nothing; `nested` are within a
   * composite action.
   */
  readonly legs?: 'legs' | 'calls' | 'unproved' | 'nested'
}

export type ProfileTags = {
  readonly unifiedProfile?: readonly string[]
  readonly unifiedIdentity?: readonly string[]
}

/** What others do to the dataset meanwhile, with the platform's own requests. */
export type StrangerAct = { readonly afterMs: number } & (
  | { readonly kind: 'publishes'; readonly uploadMs: number }
  | { readonly kind: 'sets a tag'; readonly value: string }
  | { readonly kind: 'switches Profile on' }
  | { readonly kind: 'creates a namesake' }
)

export type Weather = {
  readonly name: 'calm' | 'breezy' | 'stormy'
  readonly perAttempt: number
  /** Of changes of a dataset, where that is more; absent, they fare like everything. */
  readonly perTagChange?: number
}

export type RunPlan = {
  readonly does: 'publish' | 'revert an id' | 'revert previous'
  readonly upsert: 'false' | 'true' | 'enable'
  /** The id or the name, and what `schema` says. */
  readonly dataset: { readonly naming: string; readonly schema: string }
  readonly maxShrinkPercent: number
  readonly repositoryId: string
  readonly runId: number
  readonly attempt: number
  readonly ref: string
  /** What the patterns find, also where only a shard of it is published. */
  readonly contents: Contents
  /** The number of a job's shard, from 1, and how many there are. */
  readonly shard?: { readonly number: number; readonly of: number }
  /** The number of a step, from 1, where a run has several that share a publication. */
  readonly leg?: number
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

/** `inside`: counted from when it begins to change tags. */
export type Cut =
  { readonly kind: 'none' } | { readonly kind: 'cancel' | 'kill'; readonly afterMs: number; readonly inside: boolean }

export function publicationOf({ shard, ...plan }: RunPlan): string {
  return shard === undefined ? wholeOf(plan) : `${wholeOf(plan)} (${shard.number}/${shard.of})`
}

/** What the publications of all shards have in common. */
export function wholeOf({ publication, pattern }: Pick<RunPlan, 'publication' | 'pattern'>): string {
  return publication || `glob:${pattern}`
}

/** Chance that repeats itself: what one stream draws never depends on how much another was asked. */
export type Chance = {
  /** From 0 up to, not including, 1. */
  next(): number
  happens(probability: number): boolean
  /** A whole number, both ends included. */
  whole(from: number, to: number): number
  /** Milliseconds or sizes that matter by their magnitude: each doubling is as likely as the next. */
  magnitude(from: number, to: number): number
  pick<T>(items: readonly [T, ...T[]]): T
  /** Nothing of an empty list. */
  oneOf<T>(items: readonly T[]): T | undefined
}

export function createChance(seed: number, stream: string): Chance {
  const next = mulberry32(hash(`${seed}/${stream}`))
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return {
    next,
    happens: (probability) => next() < probability,
    whole,
    magnitude: (from, to) => Math.round(from * (to / from) ** next()),
    pick: (items) => items[whole(0, items.length - 1)] ?? items[0],
    oneOf: (items) => items[whole(0, items.length - 1)],
  }
}

/** Tommy Ettinger's generator, in the public domain. */
function mulberry32(start: number): () => number {
  let state = start
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** FNV-1a. */
function hash(text: string): number {
  return Array.from(text).reduce(
    (sum, character) => Math.imul(sum ^ (character.codePointAt(0) ?? 0), 0x01000193),
    0x811c9dc5,
  )
}

/** What GitHub calls the job of a step: all of a run and an attempt are unlike one another. */
export function jobIdOf({ runId, attempt, leg, shard }: Pick<RunPlan, 'runId' | 'attempt' | 'leg' | 'shard'>): string {
  return `${runId}${attempt}${leg ?? shard?.number ?? 0}`
}
