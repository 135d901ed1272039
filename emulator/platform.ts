import type { Settings } from './settings.ts'
import type { State } from './state.ts'
import type { Storage } from './storage.ts'

/** The local platform: its state, and the only ways to time, chance and storage. */
export type Platform = {
  readonly state: State
  /** As they are now: tests change them while requests come in. */
  readonly settings: () => Settings
  readonly now: () => number
  readonly random: () => number
  readonly storage: Storage
  /** Without a slash at the end. */
  readonly publicUrl: string
}
