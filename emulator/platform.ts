import type { Settings } from './settings.ts'
import type { State } from './state.ts'
import type { Storage } from './uploads/storage.ts'

/** The local platform: its state, and its only sources of time, randomness and storage. */
export type Platform = {
  readonly state: State
  /** The current settings: tests change them while requests arrive. */
  readonly settings: () => Settings
  readonly now: () => number
  readonly random: () => number
  readonly storage: Storage
  /** Without a slash at the end. */
  readonly publicUrl: string
}
