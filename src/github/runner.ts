import { readFileSync, statSync, truncateSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as core from '@actions/core'
import { Problem, messageOf } from '../lib/errors.ts'
import { ownValue } from '../lib/json-reader.ts'
import { createRedactor } from '../lib/redactor.ts'
import { escapeControls, escapeOldCommands, escapeUntrusted } from '../lib/text.ts'

/** The place of an annotation: a file of the workspace; lines and columns count from 1. */
export type AnnotationPlace = {
  readonly title?: string
  readonly file?: string
  readonly line?: number
  readonly column?: number
}

/** Messages that people read during a run. */
export type Log = Pick<Runner, 'info' | 'warning'>

/** The GitHub Actions runner, as far as a step can talk to it. All text is escaped on its way out. */
export type Runner = {
  /** The `INPUT_*` variable unchanged, including whitespace (a tab may be a delimiter), or an empty string. */
  input(name: string): string
  /** A variable of the step's environment unchanged, or an empty string. */
  variable(name: string): string
  info(text: string): void
  debug(text: string): void
  warning(text: string, place?: AnnotationPlace): void
  error(text: string, place?: AnnotationPlace): void
  /** The runner hides this text in every log from now on. */
  mask(secret: string): void
  /** @throws Problem when it can't be written; earlier outputs stay intact. */
  output(name: string, value: string): void
  /**
   * Kept for the post phase of this step; the last value of a name counts. Survives a kill.
   *
   * @throws Problem when it can't be written; earlier values stay intact.
   */
  saveState(name: string, value: string): void
  /** The value that the main phase saved, or an empty string. */
  savedState(name: string): string
  summary(markdown: string): Promise<void>
  /** Writes a file that outlives the step, for later steps, readable by this user alone. @returns its path */
  keep(name: string, text: string): Promise<string>
  /** The step ends with exit code 1. */
  fail(): void
}

export const actionsRunner: Runner = {
  input: (name) => core.getInput(name, { trimWhitespace: false }),
  variable: (name) => ownValue(process.env, name) ?? '',
  info: (text) => core.info(escapeUntrusted(text)),
  debug: (text) => core.debug(escapeUntrusted(text)),
  warning: (text, place = {}) => core.warning(escapeUntrusted(text), properties(place)),
  error: (text, place = {}) => core.error(escapeUntrusted(text), properties(place)),
  mask: (secret) => core.setSecret(secret),
  output: (name, value) => appendWhole('GITHUB_OUTPUT', () => core.setOutput(name, value)),
  saveState: (name, value) => appendWhole('GITHUB_STATE', () => core.saveState(name, value)),
  savedState: (name) => core.getState(name),
  summary: async (markdown) => {
    // Outside a runner (a trial in a shell) there is no summary file, and that must not fail the step.
    if (process.env['GITHUB_STEP_SUMMARY']) await core.summary.addRaw(markdown, true).write()
  },
  keep: async (name, text) => {
    const path = join(await scratchFolder(), name)
    await writeFile(path, text, { mode: 0o600 })
    return path
  },
  fail: () => {
    process.exitCode = core.ExitCode.Failure
  },
}

/** Undoes a partial write: on a full disk an entry may be cut off, and then the runner could not read the file at all. */
function appendWhole(variable: 'GITHUB_OUTPUT' | 'GITHUB_STATE', append: () => void): void {
  const path = process.env[variable] ?? ''
  const size = path === '' ? undefined : statSync(path, { throwIfNoEntry: false })?.size
  try {
    append()
  } catch (cause) {
    if (size !== undefined) cutBack(path, size)
    throw new Problem(`Cannot write to the runner's file ${variable}: ${messageOf(cause)}`, {
      remedy: 'Check that the disk of the runner is not full, and that its temporary folder is writable.',
      cause,
    })
  }
}

function cutBack(path: string, size: number): void {
  try {
    truncateSync(path, size)
  } catch {
    // A file that can't be written may not be truncatable either. The first failure is the one to report.
  }
}

/**
 * @actions/github parses the event's payload while it loads, and an empty or cut-off payload would end the process there.
 * So every module that loads it imports this file first.
 */
function dropBrokenPayload(): void {
  try {
    JSON.parse(readFileSync(process.env['GITHUB_EVENT_PATH'] ?? '', 'utf8'))
  } catch {
    delete process.env['GITHUB_EVENT_PATH']
  }
}

dropBrokenPayload()

/** A runner that never reveals a secret that it was told to mask, wherever it writes. */
export type DiscreetRunner = Runner & { readonly redact: (text: string) => string }

/**
 * The runner masks its log, but not the file of the job summary, a report, an output or the title of an annotation. So
 * all outgoing text is redacted here, in the form in which people will see it.
 */
export function discreetRunner(runner: Runner): DiscreetRunner {
  const { add, redact } = createRedactor()
  const redactPlace = ({ title, file, ...rest }: AnnotationPlace): AnnotationPlace => ({
    ...rest,
    ...(title === undefined ? {} : { title: redact(title) }),
    ...(file === undefined ? {} : { file: redact(file) }),
  })
  return {
    ...runner,
    redact,
    mask: (secret) => {
      add(secret)
      runner.mask(secret)
    },
    info: (text) => runner.info(redact(text)),
    debug: (text) => runner.debug(redact(text)),
    warning: (text, place) => runner.warning(redact(text), place && redactPlace(place)),
    error: (text, place) => runner.error(redact(text), place && redactPlace(place)),
    output: (name, value) => runner.output(name, redact(value)),
    summary: (markdown) => runner.summary(redact(markdown)),
    keep: (name, text) => runner.keep(name, redact(text)),
  }
}

let folder: Promise<string> | undefined

/** One folder for all files of the step, so that they can be uploaded together. */
function scratchFolder(): Promise<string> {
  return (folder ??= mkdtemp(join(process.env['RUNNER_TEMP'] || tmpdir(), 'publish-report-')))
}

/** Property values are escaped when they are written, so a path with colons stays intact. */
function properties({ title, file, line, column }: AnnotationPlace): core.AnnotationProperties {
  return {
    ...(title === undefined ? {} : { title: escapeUntrusted(title) }),
    ...(file === undefined ? {} : { file: escapeOldCommands(escapeControls(file)) }),
    ...(line === undefined ? {} : { startLine: line, endLine: line }),
    ...(column === undefined ? {} : { startColumn: column, endColumn: column }),
  }
}
