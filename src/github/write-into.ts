import { constants } from 'node:fs'
import { lstat, mkdir, open, realpath } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Problem } from '../base/problem.ts'
import { leadsOut } from './leads-out.ts'

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
    throw unwritable(path, cause instanceof Error ? cause.message : String(cause), cause)
  }
}

async function refuseOutside(workspace: string, path: string): Promise<void> {
  const [home, folder] = await Promise.all([realpath(workspace), nearestFolder(dirname(join(workspace, path)))])
  if (!leadsOut(home, folder)) return
  throw unwritable(path, 'its folder is a link that leads out of the workspace')
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
  throw unwritable(path, `there is ${there.isSymbolicLink() ? 'a link' : 'something else than a file'} in its place`)
}

function unwritable(path: string, why: string, cause?: unknown): Problem {
  return new Problem(`Cannot write ${JSON.stringify(path)}: ${why}`, {
    remedy: 'Choose a path inside the workspace whose folder may be written to.',
    cause,
  })
}
