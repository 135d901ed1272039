import { type DeploymentEndState, END_STATES } from './deployments.ts'
import { messageOf } from '../lib/errors.ts'
import { jsonReader } from '../lib/json-reader.ts'

/**
 * | phase        | what a later phase must undo if the run dies                                      |
 * |--------------|-----------------------------------------------------------------------------------|
 * | `creating`   | a batch may exist under this external id, in `loading`: look it up and abort it   |
 * | `open`       | the batch is in `loading`: abort it                                               |
 * | `completing` | nothing: it may have been completed, and then it must not be changed              |
 * | `done`       | nothing                                                                           |
 */
export type Phase = 'creating' | 'open' | 'completing' | 'done'

const PHASES: readonly Phase[] = ['creating', 'open', 'completing', 'done']

export type BatchLogEntry = { readonly externalId: string; readonly batch: string | undefined; readonly phase: Phase }

/** What a later phase must undo if the run dies. Kept in runner state, which survives a kill, and written before each step. */
export type BatchLog = {
  /**
   * @throws Problem when it can't save that a step is about to start, or was done: the run must stop then. If something
   * exists by now, the entry still counts in memory, for the main phase to undo. Failing to save that a batch is finished
   * is never an error: a later phase finds nothing to do.
   */
  write(entry: BatchLogEntry): void
  entries(): readonly BatchLogEntry[]
  /** Ends the main phase, which knows the outcome of every batch that it completed: only open batches remain to be undone. */
  conclude(): void
}

/**
 * `save` keeps the whole log under one name of the runner's state; the last saved value counts. `saveIfAny` does the same
 * for entries that nothing depends on, and never throws.
 */
export function createBatchLog(save: (text: string) => void, saveIfAny = save): BatchLog {
  let entries: readonly BatchLogEntry[] = []
  const keep = (kept: readonly BatchLogEntry[]) => {
    entries = kept
    saveIfAny(JSON.stringify(kept))
  }
  return {
    write: (entry) => {
      const others = entries.filter(({ externalId }) => externalId !== entry.externalId)
      if (entry.phase === 'done') return keep(others)
      const next = [...others, entry]
      if (entry.phase === 'open') entries = next
      save(JSON.stringify(next))
      entries = next
    },
    entries: () => entries,
    conclude: () => keep(entries.filter(({ phase }) => phase === 'creating' || phase === 'open')),
  }
}

/** @returns the entries that {@link createBatchLog} saved; none for an empty text. Invalid entries are left out. */
export function readBatchLog(text: string): readonly BatchLogEntry[] {
  if (text === '') return []
  const items = jsonReader(JSON.parse(text), 'the state of the main step').items()
  return items.flatMap((at) => {
    const phase = PHASES.find((known) => known === at.get('phase').text())
    const externalId = at.get('externalId').text()
    return phase === undefined || externalId === undefined ? [] : [{ externalId, batch: at.get('batch').text(), phase }]
  })
}

/** The two tags of a dataset that control Profile, as they were before this run began to change them. */
export type TagsBefore = {
  readonly dataset: string
  readonly unifiedProfile: readonly string[] | undefined
  readonly unifiedIdentity: readonly string[] | undefined
}

/** One thing that a later phase must finish if the run dies, kept in runner state. */
export type Memory<T> = {
  remember(thing: T): void
  forget(): void
  current(): T | undefined
}

/** As for {@link createBatchLog}: `saveIfAny` is for values that nothing depends on. */
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

/** @returns the tags that a {@link Memory} saved and did not forget. */
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

/** A deployment that was created, and whose end was not yet reported to GitHub. */
export type DeploymentEntry = {
  readonly id: number
  readonly environment: string
  /** Set once the end is known, for a later phase to report. */
  readonly end?: DeploymentEnd
}

/** How a deployment ended. */
export type DeploymentEnd = {
  readonly state: DeploymentEndState
  readonly description: string
}

/** @returns the entry that runner state holds, or undefined if it holds none. */
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

/** Everything that a later phase must finish if the run dies, each under its own name in runner state. */
export type RunState = {
  readonly batchLog: BatchLog
  readonly tags: TagMemory
  readonly deployment: Memory<DeploymentEntry>
  /** The name of the folder of our own files in the runner's temporary folder. */
  readonly scratch: Memory<string>
}

/** `warn` is called once with what could not be saved, if nothing in this phase depends on it. */
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
    // The run must not fail because a later phase could not finish the deployment.
    deployment: createMemory((text) => saveIfAny('deployment', text)),
    // GitHub's documents: the temporary folder is emptied at the end of each job.
    scratch: createMemory((text) => saveIfAny('scratch', text)),
  }
}

/** @returns the name that a {@link Memory} of the folder saved and did not forget; an empty string if there is none. */
export function readScratchName(saved: (name: string) => string): string {
  try {
    return jsonReader(JSON.parse(saved('scratch')), 'the state of the main step').text() ?? ''
  } catch {
    return ''
  }
}

/** What a main phase left to finish at the platform and at GitHub. */
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
