import { describe, expect, it } from 'vitest'
import { refuseStrays, selectFiles } from '../../src/diff/base-tree.ts'
import type { CommitFiles, TreeFile } from '../../src/github/commit-files.ts'
import { contextOf } from '../support/runs/context.ts'
import { inputsOf } from '../inputs/inputs/given.ts'
import { never } from '../support/time/never.ts'
import { noCheckout } from '../support/github/no-checkout.ts'

const COMMIT = '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567'

/** A path leads to a file, to what a link says, or to a submodule. */
type Tree = Readonly<Record<string, 'file' | 'submodule' | { readonly link: string | undefined }>>

/** What is found of a tree, or why it isn't compared. A link that says nothing can't be read. */
async function selected(tree: Tree, ...patterns: readonly string[]) {
  const files = Object.entries(tree).map(([path, what]): TreeFile => {
    return { path, sha: path, kind: typeof what === 'string' ? what : 'link' }
  })
  const from: CommitFiles = {
    ...noCheckout,
    read: async ({ path }, { write, mostBytes }) => {
      const what = tree[path]
      const bytes = Buffer.from(typeof what === 'object' ? (what.link ?? '') : '')
      if (bytes.length === 0 || bytes.length > mostBytes) return { kind: 'unreadable', reason: 'it is so' }
      await write(bytes)
      return { kind: 'read', bytes: bytes.length }
    },
  }
  const inputs = inputsOf({ glob: patterns.join('\n') })
  const found = await selectFiles({ commit: COMMIT, files, from }, inputs, never())
  return found.kind === 'absent' ? found.reason : found.files.map(({ path }) => path)
}

const ROWS: Tree = { 'data/a.jsonl': 'file', 'data/sub/b.jsonl': 'file', 'store/x.jsonl': 'file', 'doc/a.md': 'file' }

const refused = (path: string, what = 'link') =>
  `"${path}" is a ${what} in commit 0a1b2c3, and ${what}s are not followed`

describe('the files of a commit that today’s patterns find', () => {
  it('are those that a search finds, includes and excludes in their order', async () => {
    expect(await selected(ROWS, '**/*.jsonl', '!data/sub')).toEqual(['data/a.jsonl', 'store/x.jsonl'])
    expect(await selected(ROWS, '**/*.jsonl', '!data/**', 'data/sub')).toEqual(['data/sub/b.jsonl', 'store/x.jsonl'])
  })

  it('have brackets in their names where the commit has such a name, and else by a set of characters', async () => {
    const both: Tree = { 'd[x]/a.json': 'file', 'dx/a.json': 'file' }
    expect(await selected(both, 'd[x]/*.json')).toEqual(['d[x]/a.json'])
    expect(await selected({ 'dx/a.json': 'file' }, 'd[x]/*.json')).toEqual(['dx/a.json'])
  })

  it('are the set of mappings besides, which no pattern needs to find', async () => {
    const files = Object.keys(ROWS).map((path): TreeFile => ({ path, sha: path, kind: 'file' }))
    const inputs = inputsOf({ glob: 'data/*.jsonl', mapping: './doc/a.md', mode: 'validate' })
    const found = await selectFiles({ commit: COMMIT, files, from: noCheckout }, inputs, never())
    expect(found).toMatchObject({ files: [{ path: 'data/a.jsonl' }, { path: 'doc/a.md' }] })
  })
})

describe('a link of the commit', () => {
  it.each([
    ['the patterns exclude it', 'data/l.jsonl', 'a.jsonl', ['data/*.jsonl', '!data/l.jsonl']],
    ['they exclude its folder', 'old/l.jsonl', '../store', ['**/*.jsonl', '!old', '!store']],
    ['they exclude all that is in it', 'old', 'data', ['data/**/*.jsonl', 'old/**/*.jsonl', '!old/**']],
    ['they do not look there', 'doc/l', '../store', ['data/**/*.jsonl']],
    ['it leads to a file that they do not find by its name', 'data/latest', 'a.jsonl', ['data/**/*.jsonl']],
    ['it leads to a folder without such files', 'data/l', '../doc', ['data/**/*.jsonl']],
  ])('does not matter where %s', async (_, path, link, patterns) => {
    const all = await selected(ROWS, ...patterns)
    expect(all).not.toEqual([])
    expect(await selected({ ...ROWS, [path]: { link } }, ...patterns)).toEqual(all)
  })

  it.each([
    ['is found as a file', 'data/l.jsonl', 'a.jsonl', ['data/*.jsonl']],
    ['is found again after an exclude', 'data/l.jsonl', 'a.jsonl', ['data/*.jsonl', '!data/l.jsonl', 'data/l.jsonl']],
    ['leads to a folder with files that are found', 'data/l', '../store', ['data/**/*.jsonl']],
    ['leads to another link', 'data/l', '../other', ['data/**/*.jsonl']],
    ['leads to a folder with a link', 'data/l', '../linked', ['data/**/*.jsonl']],
    ['leads out of the repository', 'data/l', '../../etc', ['data/**/*.jsonl']],
    ['leads to an absolute path', 'data/l', '/etc', ['data/**/*.jsonl']],
    ['leads to its own repository', 'data/l', '..', ['data/**/*.jsonl']],
    ['leads to what is not in Git', 'data/l', '../made', ['data/**/*.jsonl']],
    ['cannot be read', 'data/l', undefined, ['data/**/*.jsonl']],
  ])('is told where it %s', async (_, path, link, patterns) => {
    const more: Tree = { other: { link: 'store' }, 'linked/deep': { link: '../store' } }
    expect(await selected({ ...ROWS, ...more, [path]: { link } }, ...patterns)).toBe(refused(path))
  })

  it('is told where a submodule stands that may hold such files, and not where it is excluded', async () => {
    const tree: Tree = { ...ROWS, 'data/mod': 'submodule' }
    expect(await selected(tree, 'data/**/*.jsonl')).toBe(refused('data/mod', 'submodule'))
    expect(await selected(tree, 'data/**/*.jsonl', '!data/mod/')).toEqual(['data/a.jsonl', 'data/sub/b.jsonl'])
  })
})

describe('a name that no file can be found by', () => {
  it('is told where it is not UTF-8, and where the patterns find it', async () => {
    const tree: Tree = { ...ROWS, 'data/\uFFFD.jsonl': 'file' }
    const reason = '"data/\uFFFD.jsonl" in commit 0a1b2c3 has a name that is not valid UTF-8'
    expect(await selected(tree, 'data/*.jsonl')).toBe(reason)
    expect(await selected(tree, 'store/*.jsonl')).toEqual(['store/x.jsonl'])
  })

  it('is told where a broken tree has it twice', async () => {
    const twice = { path: 'a.jsonl', sha: '1', kind: 'file' } as const
    const tree = { commit: COMMIT, files: [twice, { ...twice, sha: '2' }], from: noCheckout }
    expect(await selectFiles(tree, inputsOf({ glob: '*.jsonl' }), never())).toEqual({
      kind: 'absent',
      reason: '"a.jsonl" in commit 0a1b2c3 is listed twice',
    })
  })
})

describe('files of today', () => {
  const files: readonly TreeFile[] = [
    { path: 'data/a.jsonl', sha: 'a', kind: 'file' },
    { path: 'data/linked', sha: 'b', kind: 'link' },
    { path: 'data/caf\u00e9.jsonl', sha: 'c', kind: 'file' },
  ]
  const refusedOf = (...paths: readonly string[]) => {
    const head = async () => ({ kind: 'head', commit: COMMIT, parents: [], folder: '' }) as const
    const checkout = { ...noCheckout, head, tree: async () => ({ kind: 'tree', files }) as const }
    return refuseStrays(
      paths.map((path) => ({ path })),
      contextOf({ checkout }),
    )
  }

  it('that an earlier step made are named: no commit has them, and all of their rows would count as added', async () => {
    expect(await refusedOf('data/a.jsonl', 'data/made.jsonl')).toEqual({
      kind: 'absent',
      reason: 'files that are not in Git cannot be compared: "data/made.jsonl"',
    })
    expect(await refusedOf('1', '2', '3', '4')).toMatchObject({
      reason: 'files that are not in Git cannot be compared: "1", "2", "3" and 1 more',
    })
  })

  it('that are in Git, or behind a link in it, are not', async () => {
    expect(await refusedOf('data/a.jsonl', 'data/linked/b.jsonl', 'data/cafe\u0301.jsonl')).toBeUndefined()
    expect(await refuseStrays([{ path: 'x' }], contextOf({ checkout: noCheckout }))).toBeUndefined()
  })
})
