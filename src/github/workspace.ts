import { constants } from 'node:fs'
import { chmod, lstat, mkdir, mkdtemp, open, readFile, realpath, rm, stat } from 'node:fs/promises'
import { dirname, join, sep as nativeSep } from 'node:path'
import { type GlobOptions, create } from '@actions/glob'
import { type WorkspaceFile, describeFiles, leadsOut } from './file.ts'
import { type ScratchFile, openScratchFile, scratchName } from './scratch.ts'
import { lazy } from '../lib/async.ts'
import { Problem, messageOf } from '../lib/errors.ts'

/** `!./data/*.json` → `!/the/workspace/data/*.json`, whatever the working directory is and is called. */
export function anchor(line: string, workspace: string, sep: string = nativeSep): string {
  const [, marks = '', pattern = ''] = (sep === '\\' ? WINDOWS : OTHERS).exec(line) ?? []
  return `${marks}${escapeGlob(workspace, sep)}/${pattern}`
}

/** On Windows @actions/glob takes `\` for `/`; elsewhere it makes the next sign literal. */
const WINDOWS = /^(!*)\s*(?:\.[/\\])*(.*)$/
const OTHERS = /^(!*)\s*(?:\.\/)*(.*)$/

/** As @actions/glob escapes the working directory. */
function escapeGlob(folder: string, sep: string): string {
  const slashed = sep === '\\' ? folder : folder.replaceAll('\\', '\\\\')
  return slashed.replace(/\[(?=[^/]+\])/g, '[[]').replace(/[?*]/g, '[$&]')
}

/**
 * Writes a text file of the workspace, readable by this user alone, and its folders where there are none. Replaces what is
 * there. @throws Problem when it is a link, a link would lead out of the workspace, or it can't be written.
 */
export async function writeInto(workspace: string, path: string, texts: AsyncIterable<string>): Promise<void> {
  const target = join(workspace, path)
  try {
    // Before any folder is made: one beyond a link would be made outside.
    await refuseOutside(workspace, path)
    await refuseOddity(target, path)
    await mkdir(dirname(target), { recursive: true })
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | (constants.O_NOFOLLOW ?? 0)
    await using handle = await open(target, flags, 0o600)
    // One that is there keeps the mode it has.
    await handle.chmod(0o600)
    for await (const text of texts) await handle.writeFile(text)
  } catch (cause) {
    if (cause instanceof Problem) throw cause
    throw unwritableProblem(path, messageOf(cause), cause)
  }
}

async function refuseOutside(workspace: string, path: string): Promise<void> {
  const [home, folder] = await Promise.all([realpath(workspace), nearestFolder(dirname(join(workspace, path)))])
  if (!leadsOut(home, folder)) return
  throw unwritableProblem(path, 'its folder is a link that leads out of the workspace')
}

/** The real path of the folder, or of the nearest one above that exists. */
async function nearestFolder(folder: string): Promise<string> {
  try {
    return await realpath(folder)
  } catch (error) {
    if (dirname(folder) === folder) throw error
    return await nearestFolder(dirname(folder))
  }
}

/** A link may lead anywhere, and to open a pipe would wait for its reader. */
async function refuseOddity(target: string, path: string): Promise<void> {
  const there = await lstat(target).catch(() => undefined)
  if (there === undefined || there.isFile()) return
  throw unwritableProblem(
    path,
    `there is ${there.isSymbolicLink() ? 'a link' : 'something else than a file'} in its place`,
  )
}

function unwritableProblem(path: string, why: string, cause?: unknown): Problem {
  return new Problem(`Cannot write ${JSON.stringify(path)}: ${why}`, {
    remedy: 'Choose a path inside the workspace whose folder may be written to.',
    cause,
  })
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
  /** A file of our own, until the end of the step, readable by this user alone. */
  keep(name: string): ScratchFile
}

/** On Windows a file that something still looks at, such as a virus scanner, can't be removed at once. */
const REMOVAL = { recursive: true, force: true, maxRetries: 3 } as const

export type Folders = { readonly workspace: string; readonly temp: string }

export function openWorkspace({ workspace, temp }: Folders): Workspace {
  const scratch = lazy(async () => {
    const folder = await mkdtemp(join(temp, 'publish-'))
    await chmod(folder, 0o700)
    return folder
  })
  let kept = 0
  return {
    find: async (patterns) => Promise.all(searchesOf(patterns).map((one) => findOne(one, workspace))),
    read: (path) => readText(path, workspace),
    write: (path, texts) => writeInto(workspace, path, texts),
    keep(name) {
      const base = scratchName(++kept, name)
      return openScratchFile(async () => join(await scratch.get(), base))
    },
    async [Symbol.asyncDispose]() {
      if (scratch.isMade()) await rm(await scratch.get(), REMOVAL).catch(() => undefined)
    },
  }
}

type Search = { readonly pattern: string; readonly lines: readonly string[] }

function searchesOf(patterns: readonly string[]): readonly Search[] {
  const isExclude = (pattern: string) => pattern.startsWith('!')
  return patterns.flatMap((pattern, index) =>
    isExclude(pattern) ? [] : [{ pattern, lines: [pattern, ...patterns.slice(index + 1).filter(isExclude)] }],
  )
}

async function findOne({ pattern, lines }: Search, workspace: string): Promise<PatternMatch> {
  const anchored = lines.map((line) => anchor(line, workspace))
  const paths = await glob(anchored, pattern)
  return { pattern, files: paths.map(describeFiles(workspace)) }
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
        throw unsearchableProblem(pattern, `${JSON.stringify(path)} is a link that leads nowhere`, cause)
    }
    return await search(lines, { omitBrokenSymbolicLinks: true }).catch((error: unknown) => {
      throw unsearchableProblem(pattern, String(error), error)
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

function unsearchableProblem(pattern: string, why: string, cause: unknown): Problem {
  return new Problem(`Cannot find the files of ${JSON.stringify(pattern)}: ${why}`, {
    remedy: 'Remove or exclude broken links and folders that may not be read.',
    cause,
  })
}

async function readText(path: string, workspace: string): Promise<string> {
  try {
    describeFiles(workspace)(join(workspace, path))
    return await readFile(join(workspace, path), 'utf8')
  } catch (cause) {
    if (cause instanceof Problem) throw cause
    throw new Problem(`Cannot read ${JSON.stringify(path)}: ${messageOf(cause)}`, {
      remedy: 'Check the path, which counts from the workspace, and that the step before checked the file out.',
      cause,
    })
  }
}
