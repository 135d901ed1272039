import { type Stats, readdirSync, realpathSync, statSync } from 'node:fs'
import * as native from 'node:path'
import { basename, dirname, join, relative } from 'node:path'
import type { Content } from '../lib/content.ts'
import { Problem, codeOf, messageOf, openRemedy } from '../lib/errors.ts'
import { type FileState, fileContent } from '../lib/file-content.ts'

export type FoundState = FileState & {
  readonly isFile: boolean
  /** One for all names of a file, by hard links or mounts; undefined where the system numbers no files. */
  readonly sharedId: string | undefined
}

/** What a file is now. */
export function fileStateOf(path: string): FoundState {
  const found = statSync(path)
  const { size, mtimeMs: modifiedMs, ctimeMs: changedMs } = found
  return { path, size, modifiedMs, changedMs, isFile: found.isFile(), sharedId: sharedIdOf(path, found) }
}

/**
 * Some systems number files without keeping the numbers apart: what is one file also has one size, and was changed at one
 * moment. The number of a file on Windows is too large for what a number can hold.
 */
function sharedIdOf(path: string, { dev, ino, size, ctimeMs }: Stats): string | undefined {
  if (ino === 0) return undefined
  const exact = Number.isSafeInteger(ino) ? ino : statSync(path, { bigint: true }).ino
  return [dev, exact, size, ctimeMs].join(':')
}

type Folder = {
  /** Where it really is. */
  readonly path: string
  /** The files in it that are no links, by their names as they are stored. */
  readonly plain: ReadonlySet<string>
}

/**
 * Folders, each looked at once: asking where every one of thousands of files really is takes longer than finding them. A
 * name that is not stored so may still be found, where upper and lower case are the same.
 */
function createFolders(): (path: string) => Folder {
  const known = new Map<string, Folder>()
  return (path) => {
    const folder = known.get(path) ?? look(path)
    known.set(path, folder)
    return folder
  }
}

function look(path: string): Folder {
  return { path: realpathSync.native(path), plain: new Set(plainNames(path)) }
}

/** One that may be entered but not listed says nothing of its files, and each is asked for by itself. */
function plainNames(path: string): readonly string[] {
  try {
    const entries = readdirSync(path, { withFileTypes: true })
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name)
  } catch {
    return []
  }
}

/** The part of `node:path` that differs between systems. */
export type PathStyle = Pick<native.PlatformPath, 'relative' | 'isAbsolute' | 'sep'>

/**
 * Whether a real path is outside of a real folder. On Windows the way to another drive, or to a share, has no `..` in it: it
 * is that path itself.
 */
export function leadsOut(folder: string, path: string, style: PathStyle = native): boolean {
  const way = style.relative(folder, path)
  return style.isAbsolute(way) || way.split(style.sep)[0] === '..'
}

/** A path as it counts from a folder, with `/` between its segments on every system. */
export function pathFrom(folder: string, path: string, style: PathStyle = native): string {
  // Split, not replaced: elsewhere than on Windows a backslash is part of a name.
  return style.relative(folder, path).split(style.sep).join('/')
}

/** Whether a path with `/` between its segments leads to something below where it counts from, on every system. */
export function isPlainPath(path: string): boolean {
  return path.split('/').every((segment) => !['', '.', '..'].includes(segment)) && !path.includes('\0')
}

/** Windows drops dots and blanks at the end, takes `git~1` for `.git`, and `.git:x` for a part of it; macOS skips marks. */
const GIT_FOLDER = /^(?:\.git|git~\d+)[. ]*(?::.*)?$/i

/** Whether a path has the folder of Git among its segments, however it is spelled. */
export function leadsIntoGit(path: string): boolean {
  return path.split(/[/\\]/).some((segment) => GIT_FOLDER.test(segment.replace(/\p{Cf}/gu, '')))
}

export type WorkspaceFile = {
  /** From the workspace, `/` between segments. */
  readonly path: string
  /** Two paths of one file have the same identity. */
  readonly identity: string
  /** Reached through a link. */
  readonly isLinked: boolean
  /** Where it really is, from the workspace. */
  readonly realPath: string
  /** The same for all names of one file, by hard links or mounts; undefined where the system numbers no files. */
  readonly sharedId: string | undefined
  readonly content: Content
}

/**
 * Says what each of the files is that a search has found. All of it is asked for at once and waited for: with promises,
 * thousands of files would take several times as long.
 */
export function describeFiles(workspace: string): (path: string) => WorkspaceFile {
  const home = homeOf(workspace)
  const folderAt = createFolders()
  return (path) => {
    const name = relative(workspace, path)
    try {
      const state = fileStateOf(path)
      if (!state.isFile) throw unusableProblem(name, 'it is not a regular file')
      const folder = folderAt(dirname(path))
      const identity = folder.plain.has(basename(path)) ? join(folder.path, basename(path)) : realpathSync.native(path)
      if (leadsOut(home, identity)) throw outsideProblem(name)
      const isLinked = relative(home, identity) !== name
      const realPath = pathFrom(home, identity)
      const { sharedId } = state
      return { path: pathFrom(workspace, path), identity, isLinked, realPath, sharedId, content: fileContent(state) }
    } catch (cause) {
      if (cause instanceof Problem) throw cause
      throw unusableProblem(name, codeOf(cause) === 'ENOENT' ? 'there is no such file' : messageOf(cause), cause)
    }
  }
}

function homeOf(workspace: string): string {
  try {
    return realpathSync.native(workspace)
  } catch (cause) {
    const why = codeOf(cause) === 'ENOENT' ? 'there is no such folder' : messageOf(cause)
    throw new Problem(`Cannot open the workspace ${JSON.stringify(workspace)}: ${why}`, {
      remedy: 'Check that no earlier step removed it, and check the repository out in a step before this one.',
      cause,
    })
  }
}

function outsideProblem(name: string): Problem {
  return new Problem(`Cannot use ${JSON.stringify(name)}: it is a link to a place outside the workspace`, {
    remedy: 'Copy the file into the workspace, or exclude it from "glob".',
  })
}

function unusableProblem(name: string, why: string, cause?: unknown): Problem {
  return new Problem(`Cannot use ${JSON.stringify(name)}: ${why}`, {
    remedy: openRemedy(cause, 'Check that the file exists and that the step can read it, or exclude it from "glob".'),
    cause,
  })
}
