import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as core from '@actions/core'
import { printable } from '../lib/text.ts'

/** Where an annotation points: a file of the workspace, lines and columns from 1. */
export type Place = {
  readonly title?: string
  readonly file?: string
  readonly line?: number
  readonly column?: number
}

/** The GitHub Actions runner, as far as a step may talk to it. All text is made safe on its way out. */
export type Runner = {
  /** The `INPUT_*` as it was given, blanks included (a tab may be a delimiter), or an empty string. */
  input(name: string): string
  info(text: string): void
  debug(text: string): void
  warning(text: string, place?: Place): void
  error(text: string, place?: Place): void
  group<T>(title: string, work: () => Promise<T>): Promise<T>
  /** The runner hides this text in every log from now on. */
  mask(secret: string): void
  output(name: string, value: string): void
  /** Kept for the post phase of this step; of one name the last value counts. Survives a kill. */
  saveState(name: string, value: string): void
  /** What the main phase saved, or an empty string. */
  savedState(name: string): string
  summary(markdown: string): Promise<void>
  /** Writes a file that outlives the step, for its later steps and this user alone. @returns its path */
  keep(name: string, text: string): Promise<string>
  /** The step ends with exit code 1. */
  fail(): void
}

export const actionsRunner: Runner = {
  input: (name) => core.getInput(name, { trimWhitespace: false }),
  info: (text) => core.info(safeText(text)),
  debug: (text) => core.debug(safeText(text)),
  warning: (text, place = {}) => core.warning(safeText(text), properties(place)),
  error: (text, place = {}) => core.error(safeText(text), properties(place)),
  async group(title, work) {
    core.startGroup(safeText(title))
    try {
      return await work()
    } finally {
      core.endGroup()
    }
  },
  mask: (secret) => core.setSecret(secret),
  output: (name, value) => core.setOutput(name, value),
  saveState: (name, value) => core.saveState(name, value),
  savedState: (name) => core.getState(name),
  summary: async (markdown) => {
    // Outside a runner (a trial from the shell) there is no summary file, and that must not fail the step.
    if (process.env['GITHUB_STEP_SUMMARY']) await core.summary.addRaw(markdown, true).write()
  },
  keep: async (name, text) => {
    const path = join(await keptFolder(), name)
    await writeFile(path, text, { mode: 0o600 })
    return path
  },
  fail: () => {
    process.exitCode = core.ExitCode.Failure
  },
}

let folder: Promise<string> | undefined

/** One for all files of the step, so that they can be uploaded together. */
function keptFolder(): Promise<string> {
  return (folder ??= mkdtemp(join(process.env['RUNNER_TEMP'] || tmpdir(), 'publish-report-')))
}

/**
 * Text from files, servers and data can't command the runner: it reads `::name::` at the start of a line and `##[name]`
 * anywhere in one.
 */
export function safeText(text: string): string {
  return withoutOldCommands(printable(text).replace(/^(\s*):(?=:)/gm, '$1: '))
}

/** The colons of a property are escaped as they are written; this is what is left to be done for it. */
function withoutOldCommands(text: string): string {
  return text.replace(/##(?=\[)/g, '# #')
}

function properties({ title, file, line, column }: Place): core.AnnotationProperties {
  return {
    ...(title === undefined ? {} : { title: safeText(title) }),
    ...(file === undefined ? {} : { file: withoutOldCommands(printable(file)) }),
    ...(line === undefined ? {} : { startLine: line, endLine: line }),
    ...(column === undefined ? {} : { startColumn: column, endColumn: column }),
  }
}
