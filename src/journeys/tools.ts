import type { Clock } from '../base/clock.ts'
import type { Patience } from '../base/patience.ts'
import type { Run } from '../github/context.ts'
import type { Deployments } from '../github/deployments.ts'
import type { Workspace } from '../github/workspace.ts'
import type { Ledger, Memory, TagMemory } from '../ledger.ts'
import type { Platform } from '../platform/platform.ts'
import type { Say } from '../steps/discover.ts'
import type { SliceChecker } from '../rows/slice-checker.ts'
import type { CheckSetup } from '../steps/examine/row-check.ts'
import type { DeploymentEntry } from '../steps/record.ts'
import type { Logbook } from './logbook.ts'

/** What a journey works with; the world builds the real ones. */
export type Tools = Platform & {
  readonly run: Run
  readonly openChecker: (setup: CheckSetup) => SliceChecker
  readonly workspace: Workspace
  readonly clock: Clock
  readonly patience: Patience
  /** The longest pause between two looks. */
  readonly longestPauseMs: number
  readonly random: () => number
  readonly say: Say
  /** What is said meanwhile is shown under this title. */
  readonly group: <T>(title: string, work: () => Promise<T>) => Promise<T>
  readonly logbook: Logbook
  readonly ledger: Ledger
  readonly tagMemory: TagMemory
  readonly deployments: Deployments
  readonly deploymentMemory: Memory<DeploymentEntry>
  readonly signal: AbortSignal
}
