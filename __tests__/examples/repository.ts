import type { LocalPlatform } from '../support/emulator/local-platform.ts'

/** Path → content; what begins with `#!` may be executed. */
export type Files = Readonly<Record<string, string | Uint8Array>>

/** What a repository, or one of its environments, keeps for its jobs. */
export type Keeping = {
  readonly platform: LocalPlatform
  readonly secrets: Readonly<Record<string, string>>
  readonly vars: Readonly<Record<string, string>>
}

/** The repository of a stranger, who has copied an example. */
export type Repository = {
  /** Ref → what is checked out; the empty ref is the commit that set the run off. */
  readonly commits: Readonly<Record<string, Files>>
  /** Refs of commits that `main` does not hold, such as that of a pull request. */
  readonly unmerged?: readonly string[]
  readonly keeps: Keeping
  /** An environment's own come before those of the repository. */
  readonly environments?: Readonly<Record<string, Keeping>>
}
