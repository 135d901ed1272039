import type { Platform } from '../../../emulator/platform.ts'
import { seedState } from '../../../emulator/seed.ts'
import { serve } from '../../../emulator/http/serve.ts'
import { defaultSettings } from '../../../emulator/settings.ts'
import { emptyState, type Batch } from '../../../emulator/state.ts'
import { memoryStorage } from '../../../emulator/uploads/storage.ts'
import type { HttpRequest } from '../../../src/platform/http/transport.ts'
import { batchTags } from '../../../src/publish/tags.ts'
import { leapingClock } from '../time/fake-clock.ts'
import { repeatingRandom, transportTo, type InMemoryPlatform } from './in-memory-platform.ts'
import { RUN } from '../make.ts'
import { datasets } from '../runs/platform-inputs.ts'

export type History = {
  readonly count: number
  /** One batch per hour up to now; each replaced the one before, or was added to it. */
  readonly manner: 'replacing' | 'adding'
}

export type PlatformWithHistory = Pick<InMemoryPlatform, 'send' | 'clock' | 'random'> & {
  readonly requests: readonly HttpRequest[]
}

const HOUR_MS = 3_600_000

/** A platform in memory whose dataset has so many of our batches that publishing them would take minutes. */
export function platformWithHistory({ count, manner }: History): PlatformWithHistory {
  const clock = leapingClock()
  const random = repeatingRandom()
  const state = emptyState()
  seedState(state)
  for (let age = count - 1; age >= 0; age--) {
    const since = clock.now() - age * HOUR_MS
    const isActive = age === 0 || manner === 'adding'
    const predecessors = manner === 'adding' || age === count - 1 ? [] : [idOf(count - age - 1)]
    const batch = madeAt(since, count - age, { isActive, predecessors })
    state.batches.set(batch.id, batch)
  }
  const requests: HttpRequest[] = []
  const world = { clock, random, storage: memoryStorage(), publicUrl: 'http://emulator.test' }
  const platform: Platform = { ...world, state, settings: () => defaultSettings, now: () => clock.now() }
  const call = transportTo((request) => serve(platform, request))
  return {
    clock,
    random,
    requests,
    send: (request, signal) => {
      requests.push(request)
      return call(request, signal)
    },
  }
}

type Made = { readonly isActive: boolean; readonly predecessors: readonly string[] }

function madeAt(since: number, number: number, { isActive, predecessors }: Made): Batch {
  const id = idOf(number)
  const of = {
    publication: 'members',
    publishFingerprint: `p${number}`,
    part: { number: 1, of: 1 },
    fingerprint: `p${number}#1`,
  }
  const run = { ...RUN, runId: String(number), attempt: 1 }
  return {
    id,
    datasetId: datasets.loyalty,
    sandbox: 'dev',
    takesUploads: true,
    externalId: `gh/${number}`,
    created: since,
    createdBy: 'client',
    updated: since,
    changes: 1,
    input: { format: 'json', isMultiLineJson: false, csv: { delimiter: ',', quote: '"', escape: '"' }, shown: {} },
    tags: batchTags(run, { ...of, namesHash: 'N', filesHash: 'F', isAgain: false, rows: undefined, bytes: 0 }, []),
    replay: { predecessors, shown: { predecessors, reason: 'replace' } },
    diagnostics: true,
    thresholdPercent: 0,
    uploads: new Map(),
    phase: isActive ? { kind: 'success', since } : { kind: 'inactive', since, staleReads: 0 },
    started: since,
    completed: since,
    written: {},
    harvest: { errors: [], metrics: undefined, rowErrors: [], rows: [] },
  }
}

function idOf(number: number): string {
  return `01H${String(number).padStart(23, '0')}`
}
