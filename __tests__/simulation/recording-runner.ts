import { Problem } from '../../src/lib/errors.ts'
import type { Life } from './virtual-time.ts'
import { noScratchTree, scratchInMemory } from '../support/runs/kept-in-memory.ts'
import type { Outside } from '../../src/action.ts'
import type { WorkspaceFile } from '../../src/github/file.ts'
import type { AnnotationPlace, Runner } from '../../src/github/runner.ts'
import type { Workspace } from '../../src/github/workspace.ts'

type Level = 'debug' | 'info' | 'warning' | 'error'

type LogLine = {
  readonly level: Level
  readonly phase: 'main' | 'post'
  readonly text: string
  /** That an annotation points to. */
  readonly file: string | undefined
}

/** What a runner sees of a step; what a killed step would have said is not there. */
export type Recording = {
  readonly log: LogLine[]
  readonly state: Map<string, string>
  readonly outputs: Map<string, string>
  readonly masks: Set<string>
  /** Texts of the files that are kept for later steps, by name. */
  readonly kept: Map<string, string>
  hasFailed: boolean
}

export function newRecording(): Recording {
  return { log: [], state: new Map(), outputs: new Map(), masks: new Set(), kept: new Map(), hasFailed: false }
}

export type Phase = {
  readonly name: 'main' | 'post'
  readonly inputs: Readonly<Record<string, string>>
  readonly life: Life
  readonly note: (line: LogLine) => void
  /** Bytes that the file of the state takes; absent: any number. */
  readonly stateRoom?: number | undefined
}

/** The post phase reads the state that the main phase left, as the real runner keeps it. */
export function recordingRunner(
  recording: Recording,
  { name, inputs, life, note, stateRoom = Infinity }: Phase,
): Runner {
  const before = name === 'post' ? new Map(recording.state) : new Map<string, string>()
  const say = (level: Level) => (text: string, place?: AnnotationPlace) => {
    if (life.isOver) return
    const line = { level, phase: name, text, file: place?.file }
    recording.log.push(line)
    note(line)
  }
  const act = (effect: () => void) => {
    if (!life.isOver) effect()
  }
  let stateBytes = 0
  const save = (key: string, value: string) => {
    // The runner appends: of one name the last value counts, and takes room beside those before it.
    const bytes = key.length + value.length
    if (stateBytes + bytes > stateRoom) throw fullProblem()
    stateBytes += bytes
    recording.state.set(key, value)
  }
  return {
    variable: () => '',
    input: (key) => inputs[key] ?? '',
    info: say('info'),
    debug: say('debug'),
    warning: say('warning'),
    error: say('error'),
    mask: (secret) => act(() => recording.masks.add(secret)),
    output: (key, value) => act(() => recording.outputs.set(key, value)),
    saveState: (key, value) => act(() => save(key, value)),
    savedState: (key) => before.get(key) ?? '',
    summary: async () => undefined,
    keep: async (file, text) => {
      act(() => recording.kept.set(file, text))
      return `/temp/${file}`
    },
    fail: () => act(() => (recording.hasFailed = true)),
  }
}

function fullProblem(): Problem {
  return new Problem("Cannot write to the runner's file GITHUB_STATE: ENOSPC: no space left on device", { remedy: '' })
}

/** A checkout in memory in which every pattern finds every file. */
export function memoryWorkspace(files: readonly WorkspaceFile[]): Workspace {
  return {
    find: async (patterns) => patterns.map((pattern) => ({ pattern, files, excluded: 0, usedExcludes: [] })),
    read: () => Promise.reject(new Error('Nothing is read here')),
    keep: scratchInMemory,
    keepTree: noScratchTree,
    write: () => Promise.reject(new Error('Nothing is written here')),
    [Symbol.asyncDispose]: async () => undefined,
  }
}

/** The stories are about the platform alone. */
export function noDeployments(): ReturnType<Outside['openGithub']>['deployments'] {
  return { create: nowhere, setStatus: nowhere }
}

function nowhere(): Promise<never> {
  return Promise.reject(new Error('Nothing is recorded at GitHub here'))
}
