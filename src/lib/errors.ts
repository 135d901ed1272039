type About = {
  readonly remedy: string
  readonly isPassing?: boolean
  readonly mayHaveActed?: boolean
  readonly cause?: unknown
}

/** An error that stops the run: what could not be done, why, and what a person can do about it. */
export class Problem extends Error {
  override readonly name: string = 'Problem'
  readonly remedy: string
  /** Whether the same call may succeed a little later. */
  readonly isPassing: boolean
  /** Whether the server may have acted, on this attempt or an earlier one. */
  readonly mayHaveActed: boolean

  constructor(message: string, { remedy, isPassing = false, mayHaveActed = false, cause }: About) {
    super(withoutRepetition(message), { cause })
    this.remedy = remedy
    this.isPassing = isPassing
    this.mayHaveActed = mayHaveActed
  }
}

const PREFIX = /^Cannot ((?:"(?:[^"\\]|\\.)*"|[^":]|:(?! ))*): /s

/**
 * A message that wraps another one may repeat its beginning: `Cannot read the schema "x": Cannot read schema "x": …`.
 */
function withoutRepetition(message: string): string {
  const outer = PREFIX.exec(message)
  const inner = outer && PREFIX.exec(message.slice(outer[0].length))
  if (!inner) return message
  const rest = message.slice(outer[0].length + inner[0].length)
  const [ours, theirs] = [wordsOf(outer[1]), wordsOf(inner[1])]
  if (theirs.every((word) => ours.includes(word))) return outer[0] + rest
  return ours.every((word) => theirs.includes(word)) ? inner[0] + rest : message
}

function wordsOf(text = ''): readonly string[] {
  const words = text.match(/"(?:[^"\\]|\\.)*"|[^\s"]+/gs) ?? []
  return words.filter((word) => word !== 'the')
}

/** A person, a newer run or a time limit of the workflow stopped this step. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled'

  constructor(signal: string) {
    super(`The step was cancelled (${signal})`)
  }
}

/** The kind of the thrown value. Used where the message of an unexpected error could quote data. */
export function nameOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : typeof thrown
}

/** The message of a thrown value, which need not be an Error. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}

/** The system's message without the call and the path, which may be one of ours: `EACCES: permission denied`. */
export function systemReason(thrown: unknown): string {
  return messageOf(thrown).replace(/, \w+(?: '.*)?$/s, '')
}

/** The code of a thrown error or of its cause, such as `ENOENT`; empty if there is none. */
export function codeOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return ''
  if ('code' in thrown && typeof thrown.code === 'string') return thrown.code
  return thrown.cause === undefined ? '' : codeOf(thrown.cause)
}

/** The remedy for a file that can't be opened: `usual`, unless the process has too many files open. */
export function openRemedy(cause: unknown, usual: string): string {
  return hasTooManyOpen(cause) ? TOO_MANY_OPEN : usual
}

export function hasTooManyOpen(cause: unknown): boolean {
  return ['EMFILE', 'ENFILE'].includes(codeOf(cause))
}

const TOO_MANY_OPEN =
  'The runner does not let this process open more files. Raise its limit ("ulimit -n"), lower "concurrency", or publish fewer files per step.'
