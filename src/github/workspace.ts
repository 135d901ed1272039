import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { create, type GlobOptions } from '@actions/glob'
import { lazily } from '../base/lazily.ts'
import { Problem } from '../base/problem.ts'
import { anchor } from './anchor.ts'
import { describing, type WorkspaceFile } from './describe-file.ts'
import { keptFile, type Kept } from './kept-file.ts'
import { scratchName } from './scratch-name.ts'
import { writeInto } from './write-into.ts'

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
  keep(name: string): Kept
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
    keep(name) {
      const base = scratchName(++kept, name)
      return keptFile(async () => join(await scratch.get(), base))
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
  return { pattern, files: paths.map(describing(workspace)) }
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

async function readText(path: string, workspace: string): Promise<string> {
  try {
    describing(workspace)(join(workspace, path))
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
