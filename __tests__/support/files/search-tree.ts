import { mkdir, mkdtemp, realpath, rm, chmod, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { create } from '@actions/glob'
import fc from 'fast-check'
import { vi } from 'vitest'

/** A workspace whose own name looks like a pattern. */
export async function openTree() {
  const home = await realpath(await mkdtemp(join(tmpdir(), 'search [1]-')))
  return {
    home,
    async write(...paths: readonly string[]): Promise<void> {
      for (const path of paths) {
        await mkdir(dirname(join(home, path)), { recursive: true })
        await writeFile(join(home, path), path)
      }
    },
    async [Symbol.asyncDispose]() {
      await chmod(join(home, 'locked'), 0o700).catch(() => undefined)
      await rm(home, { recursive: true })
    },
  }
}

/** Folders with two links each to the next one: far too many paths to walk, and no loop. */
export async function linkEndlessly(workspace: string): Promise<void> {
  for (let depth = 0; depth < 40; depth++) {
    await mkdir(join(workspace, `data/${depth}`), { recursive: true })
    for (const name of ['a', 'b']) await symlink(`../${depth + 1}`, join(workspace, `data/${depth}/${name}`))
  }
  await mkdir(join(workspace, 'data/40'))
}

/** Suppresses the debug lines of @actions/glob. */
export async function silently<T>(work: () => Promise<T>): Promise<T> {
  const silent = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  try {
    return await work()
  } finally {
    silent.mockRestore()
  }
}

/** The paths that @actions/glob finds; undefined if it fails, for example at a file in place of a folder. */
export async function globbed(home: string, lines: readonly string[]): Promise<readonly string[] | undefined> {
  const root = home.replaceAll('[', '[[]')
  const anchored = lines.map((line) => line.replace(/^(!?)/, `$1${root}/`)).join('\n')
  try {
    return await (await create(anchored, { matchDirectories: false, omitBrokenSymbolicLinks: false })).glob()
  } catch {
    return undefined
  }
}

export const TREE = [
  'a.json',
  'data/a.json',
  'data/sub/b.json',
  'data/sub/c.csv',
  'data/.x/d.json',
  '.y/e.json',
  'b/data/a.json',
]

const segment = fc.constantFrom(
  'data',
  'sub',
  '*',
  '**',
  'a.json',
  '*.json',
  '?',
  '[ab].json',
  'd*',
  '.x',
  'b',
  '@(a)',
  '{a}',
)

/** Patterns for the tree. */
export const treePattern = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'))
