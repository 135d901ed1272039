import { realpathSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { fileContent, type Content } from '../base/content.ts'
import { Problem } from '../base/problem.ts'
import { stateOf } from './file-state.ts'
import { createFolders } from './folders.ts'
import { leadsOut } from './leads-out.ts'
import { pathFrom } from './path-from.ts'

export type WorkspaceFile = {
  /** From the workspace, `/` between segments. */
  readonly path: string
  /** Two paths of one file have the same identity. */
  readonly identity: string
  /** Reached through a link. */
  readonly isLinked: boolean
  readonly content: Content
}

/**
 * Says what each of the files is that a search has found. All of it is asked for at once and waited for: with promises,
 * thousands of files would take several times as long.
 */
export function describing(workspace: string): (path: string) => WorkspaceFile {
  const home = realpathSync.native(workspace)
  const folderAt = createFolders()
  return (path) => {
    const name = relative(workspace, path)
    try {
      const state = stateOf(path)
      if (!state.isFile) throw unusable(name, 'it is not a regular file')
      const folder = folderAt(dirname(path))
      const identity = folder.plain.has(basename(path)) ? join(folder.path, basename(path)) : realpathSync.native(path)
      if (leadsOut(home, identity)) throw outside(name)
      const isLinked = relative(home, identity) !== name
      return { path: pathFrom(workspace, path), identity, isLinked, content: fileContent(state) }
    } catch (cause) {
      throw cause instanceof Problem
        ? cause
        : unusable(name, cause instanceof Error ? cause.message : String(cause), cause)
    }
  }
}

function outside(name: string): Problem {
  return new Problem(`Cannot use ${JSON.stringify(name)}: it is a link that leads out of the workspace`, {
    remedy: 'Copy the file into the workspace, or exclude it from "glob".',
  })
}

function unusable(name: string, why: string, cause?: unknown): Problem {
  return new Problem(`Cannot use ${JSON.stringify(name)}: ${why}`, {
    remedy: 'Check that the file exists and may be read while the step runs, or exclude it from "glob".',
    cause,
  })
}
