import { createHash } from 'node:crypto'
import { mkdir, mkdtempDisposable, readdir, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readBaseFiles } from '../../src/diff/base-files.ts'
import type { Checkout } from '../../src/github/checkout.ts'
import type { CommitFiles, TreeFile } from '../../src/github/commit-files.ts'
import { openWorkspace } from '../../src/github/workspace.ts'
import { fileContent } from '../../src/lib/file-content.ts'
import { checkedFile } from '../support/check/checked-file.ts'
import { contextOf } from '../support/runs/context.ts'
import { inputsOf } from '../inputs/inputs/given.ts'
import { noCheckout } from '../support/github/no-checkout.ts'

const COMMIT = '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567'

const shaOf = (text: string) =>
  createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest('hex')

/** A commit as a server gives it, honest or not; `asked` gets the path of every file that is read. */
function serving(files: Readonly<Record<string, string>>, asked: string[] = []): CommitFiles {
  const tree = Object.entries(files).map(([path, text]): TreeFile => ({ path, sha: shaOf(text), kind: 'file' }))
  return {
    ...noCheckout,
    tree: async () => ({ kind: 'tree', files: tree }),
    read: async ({ path, sha }, { write, mostBytes }) => {
      asked.push(path)
      const bytes = Buffer.from(Object.values(files).find((text) => shaOf(text) === sha) ?? '')
      if (bytes.length > mostBytes) return { kind: 'unreadable', reason: 'it is too large' }
      await write(bytes)
      return { kind: 'read', bytes: bytes.length }
    },
  }
}

type Trial = {
  readonly contents: CommitFiles
  readonly checkout?: Checkout
  readonly glob?: string
  readonly limits?: { readonly files: number; readonly bytes: number }
  /** In the workspace, as they are today. */
  readonly today?: Readonly<Record<string, string>>
}

async function readBase({ contents, checkout = noCheckout, glob = 'data/*.jsonl', limits, today = {} }: Trial) {
  await using home = await mkdtempDisposable(join(tmpdir(), 'base-'))
  const place = join(home.path, 'work')
  await mkdir(place)
  const memory = { remember: () => undefined, forget: () => undefined, current: () => undefined }
  await using workspace = openWorkspace({ workspace: place, temp: home.path }, memory)
  const files = await Promise.all(
    Object.entries(today).map(async ([path, text], at) => {
      const file = join(place, String(at))
      await writeFile(file, text)
      const { size, mtimeMs: modifiedMs } = await stat(file)
      return checkedFile(path, fileContent({ path: file, size, modifiedMs }))
    }),
  )
  const context = contextOf({ workspace, contents, checkout })
  const head = { inputs: inputsOf({ glob }), files, mapping: undefined, ...(limits && { limits }) }
  const found = await readBaseFiles(COMMIT, head, context)
  const outside = (await readdir(home.path)).filter((name) => name !== 'work' && !name.startsWith('publish-'))
  expect(outside).toEqual([])
  return found.kind === 'absent' ? found.reason : found.files.map(({ path, rows }) => `${path}: ${rows}`)
}

const ROW = '{"id":1}\n'

describe('the files of a base', () => {
  it('are those that the patterns of today find, by the same rules', async () => {
    const contents = serving({
      'data/b.jsonl': ROW,
      'data/a.jsonl': ROW + ROW,
      'data/.x.jsonl': ROW,
      'other/c.jsonl': ROW,
    })
    expect(await readBase({ contents })).toEqual(['data/a.jsonl: 2', 'data/b.jsonl: 1'])
    expect(await readBase({ contents, glob: '**/*.jsonl\n!data/b.jsonl' })).toEqual([
      'data/a.jsonl: 2',
      'other/c.jsonl: 1',
    ])
    expect(await readBase({ contents, glob: 'none/*.csv' })).toContain('has no file that "glob" matches')
  })

  it('are those of the folder that the workspace is of the checkout, wherever they are read from', async () => {
    const contents = serving({ 'sub/data/a.jsonl': ROW, 'data/b.jsonl': ROW, 'subdata/c.jsonl': ROW })
    const head = { kind: 'head', commit: COMMIT, parents: [], folder: 'sub/' } as const
    const checkout = { ...noCheckout, head: async () => head }
    expect(await readBase({ contents, checkout, glob: '**/*.jsonl' })).toEqual(['data/a.jsonl: 1'])
  })

  it('that nobody finds where the checkout is in a folder of the workspace are told with that reason', async () => {
    expect(await readBase({ contents: serving({ 'data/a.jsonl': ROW }), glob: 'repo/data/*.jsonl' })).toBe(
      'commit 0a1b2c3 has no file that "glob" matches, and files that are not in Git cannot be compared; the workspace itself is not a Git checkout, and paths in a commit begin at the root of the repository',
    )
  })

  it('that are the same today are not asked for', async () => {
    const asked: string[] = []
    const contents = serving({ 'data/a.jsonl': ROW, 'data/b.jsonl': `${ROW}\n` }, asked)
    const today = { 'data/a.jsonl': ROW, 'data/b.jsonl': ROW }
    expect(await readBase({ contents, today })).toEqual(['data/a.jsonl: 1', 'data/b.jsonl: 1'])
    expect(asked).toEqual(['data/b.jsonl'])
  })

  it('that break off in the checkout are told, and not put together of two halves', async () => {
    const whole = serving({ 'data/a.jsonl': ROW })
    const reading = (bytes: string): Checkout => ({
      ...noCheckout,
      tree: (commit, signal) => whole.tree(commit, signal),
      read: async (_, { write }) => {
        if (bytes !== '') await write(Buffer.from(bytes))
        return { kind: 'unreadable', reason: 'it broke off' }
      },
    })
    expect(await readBase({ contents: whole, checkout: reading(ROW) })).toBe(
      '"data/a.jsonl" of commit 0a1b2c3 cannot be read: it broke off',
    )
    expect(await readBase({ contents: whole, checkout: reading('') })).toEqual(['data/a.jsonl: 1'])
  })

  it('above a bound of files or bytes are told, and not read', async () => {
    const contents = serving({ 'data/a.jsonl': ROW, 'data/b.jsonl': ROW })
    expect(await readBase({ contents, limits: { files: 1, bytes: 100 } })).toBe(
      '"glob" matches 2 files in commit 0a1b2c3, and at most 1 are compared',
    )
    expect(await readBase({ contents, limits: { files: 2, bytes: 2 * ROW.length - 1 } })).toBe(
      '"data/b.jsonl" of commit 0a1b2c3 cannot be read: it is too large',
    )
    expect(await readBase({ contents, limits: { files: 2, bytes: 2 * ROW.length } })).toHaveLength(2)
  })

  it('that the platform could not take are told with the reason', async () => {
    const contents = serving({ 'data/a.jsonl': '[1]', 'data/b.jsonl': ROW })
    expect(await readBase({ contents })).toMatch(/^"data\/a\.jsonl" of commit 0a1b2c3 /)
    const mixed = serving({ 'data/a.jsonl': ROW, 'data/b.csv': 'a\n1\n' })
    expect(await readBase({ contents: mixed, glob: 'data/*' })).toMatch(/^commit 0a1b2c3: Cannot choose a format/)
  })

  it('with a name that is too long for this system are told with that reason', async () => {
    const path = `data/${'n'.repeat(300)}.jsonl`
    expect(await readBase({ contents: serving({ [path]: ROW, 'data/a.jsonl': ROW }) })).toBe(
      `commit 0a1b2c3: Cannot store ${JSON.stringify(path)}: its path is too long for this system`,
    )
  })

  it.skipIf(process.platform === 'win32')('may have a colon in their names, but not on Windows', async () => {
    expect(
      await readBase({ contents: serving({ 'data/a:1.jsonl': ROW, 'C:/a.jsonl': ROW }), glob: '**/*.jsonl' }),
    ).toEqual(['C:/a.jsonl: 1', 'data/a:1.jsonl: 1'])
  })

  it.each([
    ['data/../../../evil.jsonl', 'its path leads out of its folder'],
    ['data/..\\..\\evil.jsonl', 'its name contains a backslash'],
    ['/data/evil.jsonl', 'its path leads out of its folder'],
    ['data//evil.jsonl', 'its path leads out of its folder'],
    ['.git/x.jsonl', 'it is in the .git folder'],
  ])('are not written to %j, whoever made the commit', async (path, why) => {
    const found = await readBase({ contents: serving({ [path]: ROW, 'data/a.jsonl': ROW }), glob: '**/*.jsonl' })
    const isLeftOut = Array.isArray(found) && found.join() === 'data/a.jsonl: 1'
    expect(isLeftOut || found === `commit 0a1b2c3: Cannot store ${JSON.stringify(path)}: ${why}`, String(found)).toBe(
      true,
    )
  })
})
