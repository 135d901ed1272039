import { readdirSync, realpathSync } from 'node:fs'

export type Folder = {
  /** Where it really is. */
  readonly path: string
  /** The files in it that are no links, by their names as they are stored. */
  readonly plain: ReadonlySet<string>
}

/**
 * Folders, each looked at once: asking where every one of thousands of files really is takes longer than finding them. A
 * name that is not stored so may still be found, where upper and lower case are the same.
 */
export function createFolders(): (path: string) => Folder {
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
