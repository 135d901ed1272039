import { constants } from 'node:fs'
import { chmod, lstat, mkdir, mkdtemp, open, readFile, realpath, rm } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { type WorkspaceFile, describeFiles, fileStateOf, isPlainPath, leadsIntoGit, leadsOut } from './file.ts'
import { type CaseSearch, findInOtherCase } from './other-case.ts'
import { type SearchPlace, searchFiles } from './search.ts'
import type { Memory } from './left-behind.ts'
import { type Lazy, lazy } from '../lib/async.ts'
import type { Content } from '../lib/content.ts'
import { Problem, codeOf, messageOf, openRemedy } from '../lib/errors.ts'
import { fileContent } from '../lib/file-content.ts'
import { mayBeOneFile } from '../lib/text.ts'

/**
 * Writes a text file of the workspace, readable by this user alone, and creates missing folders. Replaces an existing
 * file.
 *
 * @throws Problem when the file is a link or has several names, when a link or the `.git` folder is on the way, or when
 * it can't be written.
 */
export async function writeInto(workspace: string, path: string, texts: AsyncIterable<string>): Promise<void> {
  const target = join(workspace, path)
  try {
    // Before any folder is made: below a link, it would be made outside.
    await refuseLinks(workspace, path)
    await refuseOddity(target, path)
    await mkdir(dirname(target), { recursive: true })
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | (constants.O_NOFOLLOW ?? 0)
    await using handle = await open(target, flags, 0o600)
    // Opening an existing file leaves its mode unchanged.
    await handle.chmod(0o600)
    for await (const text of texts) await handle.writeFile(text)
  } catch (cause) {
    if (cause instanceof Problem) throw cause
    throw unwritableProblem(path, messageOf(cause), cause)
  }
}

/** A link can lead anywhere, such as into the `.git` folder. */
async function refuseLinks(workspace: string, path: string): Promise<void> {
  const [home, folder] = await Promise.all([realpath(workspace), nearestFolder(dirname(join(workspace, path)))])
  if (leadsOut(home, folder.real))
    throw unwritableProblem(path, 'its folder is a link to a place outside the workspace')
  if (leadsIntoGit(path) || leadsIntoGit(relative(home, folder.real)))
    throw unwritableProblem(path, 'it is in the .git folder')
  // If the system ignores case, the real path can differ without a link.
  if (mayBeOneFile(join(home, relative(workspace, folder.named)), folder.real)) return
  throw unwritableProblem(path, 'one of its folders is a link')
}

type Existing = { readonly named: string; readonly real: string }

/** The folder, or its nearest existing parent. */
async function nearestFolder(folder: string): Promise<Existing> {
  try {
    return { named: folder, real: await realpath(folder) }
  } catch (error) {
    if (dirname(folder) === folder) throw error
    return await nearestFolder(dirname(folder))
  }
}

/** A link can lead anywhere, a file with hard links is read elsewhere too, and opening a pipe would wait for its reader. */
async function refuseOddity(target: string, path: string): Promise<void> {
  const there = await lstat(target).catch(() => undefined)
  if (there === undefined) return
  if (there.isFile() && there.nlink <= 1) return
  const what = there.isSymbolicLink()
    ? 'a link'
    : there.isFile()
      ? 'a file with several hard links'
      : 'something that is not a file'
  throw unwritableProblem(path, `there is ${what} at this path`)
}

function unwritableProblem(path: string, why: string, cause?: unknown): Problem {
  return new Problem(`Cannot write ${JSON.stringify(path)}: ${why}`, {
    remedy: 'Choose a path inside the workspace, in a folder that is writable.',
    cause,
  })
}

export type PatternMatch = {
  readonly pattern: string
  readonly files: readonly WorkspaceFile[]
  /** If nothing is found: how many files the excludes removed. */
  readonly excluded: number
  /** The later excluding patterns that remove something from it. */
  readonly usedExcludes: readonly string[]
  /** If nothing is found: a file that it would find if upper and lower case were the same, from the workspace. */
  readonly otherCase?: string | undefined
}

/** The checked-out files, and a place for our own files that is deleted when the step ends. */
export type Workspace = AsyncDisposable & {
  /**
   * The files that each including pattern finds, minus those that later excluding patterns remove. Together these are the
   * files of all patterns, since the last pattern that matches a path decides.
   */
  find(patterns: readonly string[], signal: AbortSignal): Promise<readonly PatternMatch[]>
  /** The text of one file of the workspace. @throws Problem when it can't be read, or leads out of the workspace */
  read(path: string): Promise<string>
  /** Writes a file of the workspace that outlives the step. @throws Problem when it can't be written, or a link leads out */
  write(path: string, texts: AsyncIterable<string>): Promise<void>
  /** A file of our own until the end of the step, readable by this user alone. */
  keep(name: string): ScratchFile
  /** A folder of our own until the end of the step, whose files are searched like those of the workspace. */
  keepTree(): ScratchTree
}

export type ScratchTree = Pick<Workspace, 'find' | 'read'> & {
  /**
   * A new file at this path. It exists after the first write, even an empty one; the caller disposes of it then.
   *
   * @throws Problem when the path leads out of the folder, or no file can have it
   */
  add(path: string): ScratchFile
}

/** On Windows, a file that another program still has open, such as a virus scanner, can't be removed at once. */
const REMOVAL = { recursive: true, force: true, maxRetries: 3 } as const

export type Folders = SearchPlace & { readonly temp: string }

/** `leftBehind` keeps the name of the folder of our own files, so that {@link removeScratch} finds it if this run is killed. */
export function openWorkspace({ workspace, temp, isSilent = false }: Folders, leftBehind: Memory<string>): Workspace {
  const scratch = lazy(async () => {
    try {
      const folder = await mkdtemp(join(temp, 'publish-'))
      leftBehind.remember(basename(folder))
      await chmod(folder, 0o700)
      return folder
    } catch (error) {
      throw scratchProblem(temp, error)
    }
  })
  let kept = 0
  return {
    find: async (patterns, signal) =>
      withOtherCase(await findAll(patterns, { workspace, isSilent }, signal), { workspace, signal }),
    read: (path) => readText(path, workspace),
    write: (path, texts) => writeInto(workspace, path, texts),
    keep(name) {
      const base = scratchName(++kept, name)
      return openScratchFile(async () => join(await scratch.get(), base))
    },
    keepTree() {
      const base = scratchName(++kept, 'tree')
      return openScratchTree(
        lazy(async () => {
          const folder = join(await scratch.get(), base)
          await mkdir(folder, { mode: 0o700 })
          return await realpath(folder)
        }),
      )
    },
    async [Symbol.asyncDispose]() {
      if (!scratch.isMade()) return
      const removed = scratch.get().then((folder) => rm(folder, REMOVAL))
      await removed.then(
        () => leftBehind.forget(),
        () => undefined,
      )
    },
  }
}

/** The name as `mkdtemp` completes it. */
const SCRATCH_NAME = /^publish-[A-Za-z0-9]{6}$/

/**
 * Removes the folder of our own files that a killed run left, since they may hold rows. Removes nothing else, whatever
 * `name` is.
 *
 * @throws Error when it exists and can't be removed.
 */
export async function removeScratch(temp: string, name: string): Promise<void> {
  if (!SCRATCH_NAME.test(name)) return
  const folder = join(temp, name)
  try {
    const there = await lstat(folder)
    // The target of a link is not ours.
    if (there.isDirectory()) await rm(folder, REMOVAL)
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return
    throw new Error(`Cannot remove ${JSON.stringify(folder)}, which may hold rows: ${messageOf(cause)}`, { cause })
  }
}

async function findAll(
  patterns: readonly string[],
  place: SearchPlace,
  signal: AbortSignal,
): Promise<readonly PatternMatch[]> {
  const describe = describeFiles(place.workspace)
  const found = await searchFiles(patterns, place, signal)
  return found.map(({ paths, ...match }) => ({ ...match, files: paths.map(describe) }))
}

async function withOtherCase(found: readonly PatternMatch[], search: CaseSearch): Promise<readonly PatternMatch[]> {
  const fruitless = found.filter(({ files, excluded }) => files.length + excluded === 0)
  if (fruitless.length === 0) return found
  const paths = await findInOtherCase(
    fruitless.map(({ pattern }) => pattern),
    search,
  )
  return found.map((match) => ({ ...match, otherCase: paths.get(match.pattern) }))
}

async function readText(path: string, workspace: string): Promise<string> {
  try {
    describeFiles(workspace)(join(workspace, path))
    return await readFile(join(workspace, path), 'utf8')
  } catch (cause) {
    if (cause instanceof Problem) throw cause
    throw new Problem(`Cannot read ${JSON.stringify(path)}: ${messageOf(cause)}`, {
      remedy: 'Check the path, which is relative to the workspace, and that an earlier step checked the file out.',
      cause,
    })
  }
}

/** A file to append bytes to. Dispose of it after the last write. */
export type ScratchFile = AsyncDisposable & {
  /** One call at a time. The bytes may be overwritten after it returns. */
  write(bytes: Uint8Array): Promise<void>
  /** Everything that was written. */
  content(): Promise<Content>
}

/** The file is created on the first write. */
function openScratchFile(pathOf: () => Promise<string>): ScratchFile {
  const file = lazy(async () => {
    const path = await pathOf()
    const handle = await open(path, 'wx', 0o600).catch((error: unknown) => {
      throw scratchProblem(path, error)
    })
    return { path, handle }
  })
  return {
    async write(bytes) {
      const { path, handle } = await file.get()
      await handle.writeFile(bytes).catch((error: unknown) => {
        throw scratchProblem(path, error)
      })
    },
    async content() {
      const { path, handle } = await file.get()
      // Some systems set the time of the last write only when a file is closed.
      await handle.close()
      return fileContent(fileStateOf(path))
    },
    async [Symbol.asyncDispose]() {
      if (file.isMade())
        await file.get().then(
          ({ handle }) => handle.close(),
          () => undefined,
        )
    },
  }
}

function openScratchTree(folder: Lazy<string>): ScratchTree {
  return {
    find: async (patterns, signal) => findAll(patterns, { workspace: await folder.get(), isSilent: true }, signal),
    read: async (path) => readText(path, await folder.get()),
    add(path) {
      const refusal = refuseName(path)
      if (refusal !== undefined) throw unstorableProblem(path, refusal)
      const file = openScratchFile(async () => {
        const target = join(await folder.get(), path)
        await mkdir(dirname(target), { recursive: true })
        return target
      })
      const write = async (bytes: Uint8Array) => {
        await file.write(bytes).catch((error: unknown) => {
          const why = UNSTORABLE.get(codeOf(error))
          throw why === undefined ? error : unstorableProblem(path, why, error)
        })
      }
      return { ...file, write }
    },
  }
}

/** The author of a commit chose its names. On Windows a colon means a drive or a part of a file. */
function refuseName(path: string): string | undefined {
  if (!isPlainPath(path)) return 'its path leads out of its folder'
  if (leadsIntoGit(path)) return 'it is in the .git folder'
  if (path.includes('\\')) return 'its name contains a backslash'
  return process.platform === 'win32' && path.includes(':')
    ? 'its name contains a colon, which Windows does not allow'
    : undefined
}

const SAME_PATH = 'another file or folder has the same path'

/** Error codes of file systems that reject a name. */
const UNSTORABLE: ReadonlyMap<string, string> = new Map([
  ['EEXIST', SAME_PATH],
  ['ENOTDIR', SAME_PATH],
  ['EISDIR', SAME_PATH],
  ['ENAMETOOLONG', 'its path is too long for this system'],
  ['EILSEQ', 'this system has no file of its name'],
  ['EINVAL', 'this system has no file of its name'],
])

function unstorableProblem(path: string, why: string, cause?: unknown): Problem {
  return new Problem(`Cannot store ${JSON.stringify(path)}: ${why}`, { remedy: 'Rename the file.', cause })
}

function scratchProblem(path: string, cause: unknown): Problem {
  return new Problem(`Cannot write temporary files at ${JSON.stringify(path)}: ${messageOf(cause)}`, {
    remedy: openRemedy(
      cause,
      'Check that the folder RUNNER_TEMP exists, is writable, and has room for a copy of the files.',
    ),
    cause,
  })
}

/**
 * The name of a file of our own, unique by its number. The number also keeps it from naming a Windows device (`con`,
 * `aux.json`). A dot at the end is replaced, since Windows drops it.
 */
export function scratchName(count: number, name: string): string {
  const safe = name.replace(/[^A-Za-z0-9._-]|\.$/g, '-')
  return `${count}-${safe.slice(-80)}`
}
