import { chmod, mkdtemp, open, readFile, realpath, rm, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { create, type GlobOptions } from '@actions/glob'
import { fileContent, type Content } from '../base/content.ts'
import { Problem } from '../base/problem.ts'
import { anchor } from './anchor.ts'
import { leadsOut } from './leads-out.ts'
import { pathFrom } from './path-from.ts'
import { scratchName } from './scratch-name.ts'
import { writeInto } from './write-into.ts'

export type WorkspaceFile = {
  /** From the workspace, `/` between segments. */
  readonly path: string
  /** Two paths of one file have the same identity. */
  readonly identity: string
  /** Reached through a link. */
  readonly isLinked: boolean
  readonly content: Content
}

export type PatternMatch = { readonly pattern: string; readonly files: readonly WorkspaceFile[] }

/** The checked-out files, and a place for files of our own that is gone when the step ends. */
export type Workspace = AsyncDisposable & {
  /**
   * What each including pattern finds, less what the excluding patterns after it take away; together that is what all
   * of them find, since the last pattern that matches a path decides.
   */
  find(patterns: readonly string[]): Promise<readonly PatternMatch[]>
  /** The text of one file of the workspace. @throws Problem when it can't be read, or leads out of the workspace */
  read(path: string): Promise<string>
  /** Writes a file of the workspace that outlives the step. @throws Problem when it can't, or a link leads out */
  write(path: string, texts: AsyncIterable<string>): Promise<void>
  /** Keeps bytes under a name until the end of the step, readable by this user alone. */
  keep(name: string, bytes: AsyncIterable<Uint8Array>): Promise<Content>
}

/** On Windows a file that something still looks at, such as a virus scanner, can't be removed at once. */
const REMOVAL = { recursive: true, force: true, maxRetries: 3 } as const

export type Folders = { readonly workspace: string; readonly temp: string }

export function openWorkspace({ workspace, temp }: Folders): Workspace {
  const scratch = lazily(async () => {
    const folder = await mkdtemp(join(temp, 'publish-'))
    await chmod(folder, 0o700)
    return folder
  })
  let kept = 0
  return {
    find: async (patterns) => Promise.all(searches(patterns).map((one) => findOne(one, workspace))),
    read: (path) => readText(path, workspace),
    write: (path, texts) => writeInto(workspace, path, texts),
    async keep(name, bytes) {
      const path = join(await scratch.get(), scratchName(++kept, name))
      await using handle = await open(path, 'wx', 0o600)
      // One write at a time: the chunks are valid only until the next is asked for.
      for await (const chunk of bytes) await handle.writeFile(chunk)
      return fileContent(await stateOf(path))
    },
    async [Symbol.asyncDispose]() {
      if (scratch.made()) await rm(await scratch.get(), REMOVAL).catch(() => undefined)
    },
  }
}

type Search = { readonly pattern: string; readonly lines: readonly string[] }

function searches(patterns: readonly string[]): readonly Search[] {
  const isExclude = (pattern: string) => pattern.startsWith('!')
  return patterns.flatMap((pattern, index) =>
    isExclude(pattern) ? [] : [{ pattern, lines: [pattern, ...patterns.slice(index + 1).filter(isExclude)] }],
  )
}

async function findOne({ pattern, lines }: Search, workspace: string): Promise<PatternMatch> {
  const anchored = lines.map((line) => anchor(line, workspace))
  const paths = await glob(anchored, pattern)
  return { pattern, files: await Promise.all(paths.map((path) => describe(path, workspace))) }
}

/**
 * A broken link that the patterns match is an error: left out, its file would be missing from the dataset without a
 * word. One that they don't match is nobody's business, though the search itself stumbles over it.
 */
async function glob(lines: readonly string[], pattern: string): Promise<readonly string[]> {
  try {
    return await search(lines, { omitBrokenSymbolicLinks: false })
  } catch (cause) {
    for (const path of await search(lines, { followSymbolicLinks: false })) {
      if (await isBroken(path))
        throw unsearchable(pattern, `${JSON.stringify(path)} is a link that leads nowhere`, cause)
    }
    return await search(lines, { omitBrokenSymbolicLinks: true }).catch((error: unknown) => {
      throw unsearchable(pattern, String(error), error)
    })
  }
}

async function search(lines: readonly string[], options: GlobOptions): Promise<readonly string[]> {
  return (await create(lines.join('\n'), { matchDirectories: false, ...options })).glob()
}

async function isBroken(path: string): Promise<boolean> {
  return stat(path).then(
    () => false,
    () => true,
  )
}

function unsearchable(pattern: string, why: string, cause: unknown): Problem {
  return new Problem(`Cannot find the files of ${JSON.stringify(pattern)}: ${why}`, {
    remedy: 'Remove or exclude broken links and folders that may not be read.',
    cause,
  })
}

async function describe(path: string, workspace: string): Promise<WorkspaceFile> {
  const name = relative(workspace, path)
  const [identity, home, state] = await Promise.all([realpath(path), realpath(workspace), stateOf(path)]).catch(
    (cause: unknown) => {
      throw unusable(name, cause instanceof Error ? cause.message : String(cause), cause)
    },
  )
  if (!state.isFile) throw unusable(name, 'it is not a regular file')
  if (leadsOut(home, identity)) {
    throw new Problem(`Cannot use ${JSON.stringify(name)}: it is a link that leads out of the workspace`, {
      remedy: 'Copy the file into the workspace, or exclude it from "glob".',
    })
  }
  return {
    path: pathFrom(workspace, path),
    identity,
    isLinked: relative(home, identity) !== name,
    content: fileContent(state),
  }
}

function unusable(name: string, why: string, cause?: unknown): Problem {
  return new Problem(`Cannot use ${JSON.stringify(name)}: ${why}`, {
    remedy: 'Check that the file exists and may be read while the step runs, or exclude it from "glob".',
    cause,
  })
}

async function readText(path: string, workspace: string): Promise<string> {
  try {
    await describe(join(workspace, path), workspace)
    return await readFile(join(workspace, path), 'utf8')
  } catch (cause) {
    if (cause instanceof Problem) throw cause
    throw new Problem(
      `Cannot read ${JSON.stringify(path)}: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        remedy: 'Check the path, which counts from the workspace, and that the step before checked the file out.',
        cause,
      },
    )
  }
}

async function stateOf(path: string) {
  const found = await stat(path)
  return { path, size: found.size, modifiedMs: found.mtimeMs, isFile: found.isFile() }
}

type Lazy<T> = { get(): Promise<T>; made(): boolean }

function lazily<T>(make: () => Promise<T>): Lazy<T> {
  let made: Promise<T> | undefined
  return { get: () => (made ??= make()), made: () => made !== undefined }
}
