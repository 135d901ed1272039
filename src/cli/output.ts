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
