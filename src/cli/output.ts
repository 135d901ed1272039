import { randomUUID } from 'node:crypto'
import { lstat, mkdir, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { Problem, codeOf, systemReason } from '../lib/errors.ts'
import type { CommandLine } from './arguments.ts'
import type { Shell } from './shell.ts'

/** The file to which a command writes its result. */
export type OutputFile = {
  /** The name that was given. */
  readonly name: string
  readonly path: string
  /** An existing file is overwritten. */
  readonly isForced: boolean
}

/** @returns undefined for standard output; a string is a fault */
export async function outputOf({ own }: CommandLine, { folder }: Shell): Promise<OutputFile | undefined | string> {
  const [name, isForced] = [own.get('output'), own.has('force')]
  if (name === undefined) return isForced ? '--force is for the file of --output, and there is none' : undefined
  if (name === '-') return undefined
  if (name === '') return '--output needs the name of a file'
  const path = resolve(folder, name)
  // A broken link exists, too.
  const isThere = await lstat(path).then(
    () => true,
    () => false,
  )
  if ((await kindAt(path)) === 'folder') return `--output: ${JSON.stringify(name)} is a folder; name a file`
  if (isThere && !isForced) return `--output: ${JSON.stringify(name)} exists; --force overwrites it`
  return { name, path, isForced }
}

/** Writes all of the text, or nothing. @throws Problem when it cannot be written */
export async function writeOutput({ name, path, isForced }: OutputFile, text: string): Promise<void> {
  const fail = (remedy: string) => (cause: unknown) => {
    throw new Problem(`Cannot write ${JSON.stringify(name)}: ${systemReason(cause)}`, { remedy, cause })
  }
  const failInFolder = fail('Choose a path in a folder that is writable.')
  await mkdir(dirname(path), { recursive: true }).catch(failInFolder)
  await (isForced ? replaceFile(path, text) : createFile(path, text)).catch((cause: unknown) => {
    if (codeOf(cause) !== 'EEXIST') return failInFolder(cause)
    return fail('It was created while the command ran. Choose another path, or overwrite it with --force.')(cause)
  })
}

/** Never overwrites what another program created in the meantime. */
async function createFile(path: string, text: string): Promise<void> {
  await using handle = await open(path, 'wx')
  try {
    await handle.writeFile(text)
  } catch (error) {
    await rm(path, { force: true }).catch(() => undefined)
    throw error
  }
}

/** A link stays a link. A path that is not a regular file, such as `/dev/stdout`, is written to. */
async function replaceFile(path: string, text: string): Promise<void> {
  const kind = await kindAt(path)
  if (kind === 'other') return await writeFile(path, text)
  const target = kind === 'none' ? path : await realpath(path)
  const fresh = `${target}.${randomUUID()}.new`
  await createFile(fresh, text)
  try {
    await rename(fresh, target)
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => undefined)
    throw error
  }
}

async function kindAt(path: string): Promise<'none' | 'file' | 'folder' | 'other'> {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) return 'none'
  return found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other'
}

/**
 * The same JSON, which controls neither a terminal nor a runner. In strings, it escapes control characters, characters
 * that change the direction of text, and `##[`, which a runner takes for a command anywhere in a line.
 */
export function safeJson(text: string): string {
  return text
    .replaceAll('##[', String.raw`#\u0023[`)
    .replace(/[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (sign) => {
      return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`
    })
}
