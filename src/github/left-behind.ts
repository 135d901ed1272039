import { type DeploymentEndState, END_STATES } from './deployments.ts'
import { messageOf } from '../lib/errors.ts'
import { jsonReader } from '../lib/json-reader.ts'

/**
 * | phase        | what must be undone if we die                                                    |
 * |--------------|----------------------------------------------------------------------------------|
 * | `creating`   | a batch may exist under this external id, in `loading`: look it up and abort it   |
 * | `open`       | the batch is in `loading`: abort it                                               |
 * | `completing` | nothing: it may have been completed, and then it must not be touched              |
 * | `settled`    | nothing                                                                           |
 */
export type Phase = 'creating' | 'open' | 'completing' | 'settled'

const PHASES: readonly Phase[] = ['creating', 'open', 'completing', 'settled']

export type BatchLogEntry = { readonly externalId: string; readonly batch: string | undefined; readonly phase: Phase }

/** What must be undone if we die, kept in runner state, which survives a kill. Written before each step is taken. */
export type BatchLog = {
  /**
   * @throws Problem when it can't be saved that a step is about to be taken, or was taken: nobody may go on then. The entry
   * counts all the same where something exists by now, for the main phase to undo. That something is settled is never an
   * error: a later phase finds nothing to do.
   */
  write(entry: BatchLogEntry): void
  entries(): readonly BatchLogEntry[]
  /** The main phase knows what became of all it completed; only what is still open is left to be undone. */
  conclude(): void
}

/**
 * `save` keeps the whole log under one name of the runner's state; the last one saved counts. `saveIfAny` does the same
 * where nothing depends on it, and never throws.
 */
export function createBatchLog(save: (text: string) => void, saveIfAny = save): BatchLog {
  let entries: readonly BatchLogEntry[] = []
  const settle = (kept: readonly BatchLogEntry[]) => {
    entries = kept
    saveIfAny(JSON.stringify(kept))
  }
  return {
    write: (entry) => {
      const others = entries.filter(({ externalId }) => externalId !== entry.externalId)
      if (entry.phase === 'settled') return settle(others)
      const next = [...others, entry]
      if (entry.phase === 'open') entries = next
      save(JSON.stringify(next))
      entries = next
    },
    entries: () => entries,
    conclude: () => settle(entries.filter(({ phase }) => phase === 'creating' || phase === 'open')),
  }
}

/** @returns what {@link createBatchLog} saved; nothing for an empty text, and none of what isn't an entry. */
export function readBatchLog(text: string): readonly BatchLogEntry[] {
  if (text === '') return []
  const items = jsonReader(JSON.parse(text), 'the state of the main step').items()
  return items.flatMap((at) => {
    const phase = PHASES.find((known) => known === at.get('phase').text())
    const externalId = at.get('externalId').text()
    return phase === undefined || externalId === undefined ? [] : [{ externalId, batch: at.get('batch').text(), phase }]
  })
}

/** The two tags of a dataset that decide about Profile, as they were before this run began to change them. */
export type TagsBefore = {
  readonly dataset: string
  readonly unifiedProfile: readonly string[] | undefined
  readonly unifiedIdentity: readonly string[] | undefined
}

/** One thing that has to be finished if we die, kept in runner state. */
export type Memory<T> = {
  remember(thing: T): void
  forget(): void
  current(): T | undefined
}

/** As for {@link createBatchLog}: `saveIfAny` where nothing depends on it. */
export function createMemory<T>(save: (text: string) => void, saveIfAny = save): Memory<T> {
  let current: T | undefined
  return {
    remember: (thing) => {
      save(JSON.stringify(thing))
      current = thing
    },
    forget: () => {
      current = undefined
      saveIfAny('')
    },
    current: () => current,
  }
}

export type TagMemory = Memory<TagsBefore>

/** @returns what a {@link Memory} of tags saved and did not forget. */
export function readTagMemory(text: string): TagsBefore | undefined {
  if (text === '') return undefined
  const at = jsonReader(JSON.parse(text), 'the state of the main step')
  const dataset = at.get('dataset').text()
  if (dataset === undefined) return undefined
  const values = (tag: string) =>
    at.get(tag).value() === undefined
      ? undefined
      : at
          .get(tag)
          .items()
          .map((value) => value.mustText())
  return { dataset, unifiedProfile: values('unifiedProfile'), unifiedIdentity: values('unifiedIdentity') }
}

/** A deployment that was created and whose end GitHub has not been told. */
export type DeploymentEntry = {
  readonly id: number
  readonly environment: string
  /** Once it is known: whoever tells GitHub later tells this. */
  readonly end?: DeploymentEnd
}

/** How a deployment ended. */
export type DeploymentEnd = {
  readonly state: DeploymentEndState
  readonly description: string
}

/** @returns what runner state holds of an entry, nothing for what is none. */
export function readDeploymentEntry(text: string): DeploymentEntry | undefined {
  if (text === '') return undefined
  const at = jsonReader(JSON.parse(text), 'the state of the main step')
  const [id, environment] = [at.get('id').number(), at.get('environment').text()]
  if (id === undefined || environment === undefined) return undefined
  const state = END_STATES.find((known) => known === at.get('end').get('state').text())
  const description = at.get('end').get('description').text()
  const end = state === undefined || description === undefined ? {} : { end: { state, description } }
  return { id, environment, ...end }
}

/** What a run must finish if it dies, each under a name of its own in runner state. */
export type RunState = {
  readonly batchLog: BatchLog
  readonly tags: TagMemory
  readonly deployment: Memory<DeploymentEntry>
  /** The name of the folder of our own files, in the runner's temporary folder. */
  readonly scratch: Memory<string>
}

/** `warn` is told, once, what could not be saved where nothing of this phase depends on it. */
export function createRunState(save: (name: string, text: string) => void, warn: (text: string) => void): RunState {
  let hasWarned = false
  const saveIfAny = (name: string, text: string) => {
    try {
      save(name, text)
    } catch (error) {
      if (!hasWarned) warn(`${messageOf(error)}. If this step is killed, its post step may try to undo too much`)
      hasWarned = true
    }
  }
  return {
    batchLog: createBatchLog(
      (text) => save('ledger', text),
      (text) => saveIfAny('ledger', text),
    ),
    tags: createMemory(
      (text) => save('tags', text),
      (text) => saveIfAny('tags', text),
    ),
    // That it can't be finished later is no reason to fail.
    deployment: createMemory((text) => saveIfAny('deployment', text)),
    // GitHub's documents: the temporary folder is emptied at the end of each job.
    scratch: createMemory((text) => saveIfAny('scratch', text)),
  }
}

/** @returns the name that a {@link Memory} of the folder saved and did not forget; an empty text for what is none. */
export function readScratchName(saved: (name: string) => string): string {
  try {
    return jsonReader(JSON.parse(saved('scratch')), 'the state of the main step').text() ?? ''
  } catch {
    return ''
  }
}

/** What a main phase left to be finished at the platform and at GitHub. */
export type LeftBehind = {
  readonly batches: readonly BatchLogEntry[]
  readonly tags: TagsBefore | undefined
  readonly deployment: DeploymentEntry | undefined
}

export function readLeftBehind(saved: (name: string) => string): LeftBehind {
  return {
    batches: readBatchLog(saved('ledger')),
    tags: readTagMemory(saved('tags')),
    deployment: readDeploymentEntry(saved('deployment')),
  }
}
