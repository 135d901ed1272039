import { type Stats, readdirSync, realpathSync, statSync } from 'node:fs'
import * as native from 'node:path'
import { basename, dirname, join, relative } from 'node:path'
import type { Content } from '../lib/content.ts'
import { Problem, codeOf, messageOf, openRemedy } from '../lib/errors.ts'
import { type FileState, fileContent } from '../lib/file-content.ts'

export type FoundState = FileState & {
  readonly isFile: boolean
  /** The same for all names of one file, by hard links or mounts; undefined if the system does not number files. */
  readonly sharedId: string | undefined
}

/** The current state of a file. */
export function fileStateOf(path: string): FoundState {
  const found = statSync(path)
  const { size, mtimeMs: modifiedMs, ctimeMs: changedMs } = found
  return { path, size, modifiedMs, changedMs, isFile: found.isFile(), sharedId: sharedIdOf(path, found) }
}

/**
 * File numbers are not unique on some systems, so the id includes the size and the time of change, which all names of one
 * file share. File numbers on Windows are too large for a JavaScript number.
 */
function sharedIdOf(path: string, { dev, ino, size, ctimeMs }: Stats): string | undefined {
  if (ino === 0) return undefined
  const exact = Number.isSafeInteger(ino) ? ino : statSync(path, { bigint: true }).ino
  return [dev, exact, size, ctimeMs].join(':')
}

type Folder = {
  /** The real path of the folder. */
  readonly path: string
  /** The regular files in it, by their names as stored. */
  readonly plain: ReadonlySet<string>
}

/**
 * Folders, each read only once: resolving the real path of every one of thousands of files takes longer than finding
 * them. A name that is stored differently can still exist, on a system that ignores case.
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

/** Empty for a folder that can be entered but not listed: then each of its files is looked up separately. */
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
 * Whether a real path is outside of a real folder. On Windows, the relative path to another drive or to a network share
 * has no `..`: it is the absolute path itself.
 */
export function leadsOut(folder: string, path: string, style: PathStyle = native): boolean {
  const way = style.relative(folder, path)
  return style.isAbsolute(way) || way.split(style.sep)[0] === '..'
}

/** The path from a folder, with `/` between its segments on every system. */
export function pathFrom(folder: string, path: string, style: PathStyle = native): string {
  // Split, not replaced: on other systems than Windows, a backslash is part of a name.
  return style.relative(folder, path).split(style.sep).join('/')
}

/** Whether a relative path with `/` between its segments leads to a place below its base, on every system. */
export function isPlainPath(path: string): boolean {
  return path.split('/').every((segment) => !['', '.', '..'].includes(segment)) && !path.includes('\0')
}

/** Windows drops final dots and spaces, and reads `git~1` as `.git` and `.git:x` as a part of it; macOS ignores some characters. */
const GIT_FOLDER = /^(?:\.git|git~\d+)[. ]*(?::.*)?$/i

/** Whether a path has a segment that means the `.git` folder, in any spelling. */
export function leadsIntoGit(path: string): boolean {
  return path.split(/[/\\]/).some((segment) => GIT_FOLDER.test(segment.replace(/\p{Cf}/gu, '')))
}

export type WorkspaceFile = {
  /** From the workspace, `/` between segments. */
  readonly path: string
  /** Two paths of one file have the same identity. */
  readonly identity: string
  /** Reached through a symbolic link. */
  readonly isLinked: boolean
  /** The real path, from the workspace. */
  readonly realPath: string
  /** The same for all names of one file, by hard links or mounts; undefined if the system does not number files. */
  readonly sharedId: string | undefined
  readonly content: Content
}

/**
 * Describes files that a search has found. It uses synchronous calls: with promises, thousands of files would take
 * several times as long.
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
