import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { Problem, messageOf } from '../lib/errors.ts'
import type { CommandLine } from './arguments.ts'
import type { Shell } from './shell.ts'

/** Where a command writes what it makes. */
export type OutputFile = {
  /** As it was given. */
  readonly name: string
  readonly path: string
}

/** @returns undefined where it is standard output; a text says what is wrong */
export async function outputOf({ own }: CommandLine, { folder }: Shell): Promise<OutputFile | undefined | string> {
  const name = own.get('output')
  if (name === undefined || name === '-') return undefined
  const path = resolve(folder, name)
  const isThere = await access(path).then(
    () => true,
    () => false,
  )
  if (isThere && !own.has('force')) return `--output: ${JSON.stringify(name)} exists; --force overwrites it`
  return { name, path }
}

/** Whole or not at all. @throws Problem when it can't be written */
export async function writeOutput({ name, path }: OutputFile, text: string): Promise<void> {
  const fresh = `${path}.new`
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(fresh, text)
    await rename(fresh, path)
  } catch (cause) {
    await rm(fresh, { force: true })
    throw new Problem(`Cannot write ${JSON.stringify(name)}: ${messageOf(cause)}`, {
      remedy: 'Choose a path in a folder that is writable.',
      cause,
    })
  }
}

/**
 * The same JSON, which commands neither a terminal nor a runner: in strings, control characters and what else turns text
 * around are spelled out, and `##[`, which a runner takes for a command anywhere in a line.
 */
export function safeJson(text: string): string {
  return text
    .replaceAll('##[', String.raw`#\u0023[`)
    .replace(/[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (sign) => {
      return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`
    })
}
