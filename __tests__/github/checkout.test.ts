import { execFileSync } from 'node:child_process'
import { chmod, chown, mkdtempDisposable, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type Checkout, openCheckout } from '../../src/github/checkout.ts'
import type { TreeFile } from '../../src/github/commit-files.ts'
import { type GitRepository, gitRepository } from '../support/github/git-repository.ts'
import { never } from '../support/time/never.ts'

const env = { PATH: process.env['PATH'] }

function checkoutOf(workspace: string, given: typeof env = env): Checkout {
  return openCheckout({ workspace, temp: tmpdir(), env: given })
}

async function read(checkout: Checkout, file: TreeFile | undefined, mostBytes = 1_000_000) {
  if (file === undefined) throw new Error('There is no such file')
  const chunks: Buffer[] = []
  const write = async (bytes: Uint8Array) => void chunks.push(Buffer.from(bytes))
  const found = await checkout.read(file, { write, mostBytes }, never())
  return found.kind === 'read' ? Buffer.concat(chunks).toString() : found.reason
}

async function filesOf(checkout: Checkout, commit: string): Promise<readonly TreeFile[]> {
  const tree = await checkout.tree(commit, never())
  if (tree.kind !== 'tree') throw new Error(tree.reason)
  return tree.files
}

function clone(from: GitRepository, to: string, ...args: readonly string[]): void {
  execFileSync('git', ['clone', '-q', ...args, pathToFileURL(from.folder).href, to], { stdio: 'pipe' })
}

describe('the files of a commit', () => {
  it('are read as they were committed, whatever is in the workspace now', async () => {
    await using repository = await gitRepository()
    const large = 'x'.repeat(300_000)
    const first = await repository.commit({ 'a.txt': 'one\n', 'sub/ü "b"\n.txt': large, 'empty.txt': '' })
    await repository.commit({ 'a.txt': 'two\n', 'sub/ü "b"\n.txt': undefined })
    await using checkout = checkoutOf(repository.folder)
    const files = await filesOf(checkout, first)
    expect(files.map(({ path, kind }) => [path, kind])).toEqual([
      ['a.txt', 'file'],
      ['empty.txt', 'file'],
      ['sub/ü "b"\n.txt', 'file'],
    ])
    const texts = [await read(checkout, files[0]), await read(checkout, files[1]), await read(checkout, files[2])]
    expect(texts).toEqual(['one\n', '', large])
  })

  it('above a bound are not read, and those after them are', async () => {
    await using repository = await gitRepository()
    const commit = await repository.commit({ 'a.txt': 'long text', 'b.txt': 'b' })
    await using checkout = checkoutOf(repository.folder)
    const [a, b] = await filesOf(checkout, commit)
    expect(await read(checkout, a, 8)).toBe('it is too large')
    expect(await read(checkout, b, 8)).toBe('b')
    expect(await read(checkout, a, 9)).toBe('long text')
  })

  it('that are links or submodules are told as such', async () => {
    await using repository = await gitRepository()
    const target = await repository.commit({ 'a.txt': 'a', 'link.txt': { link: 'a.txt' } })
    repository.git('update-index', '--add', '--cacheinfo', `160000,${target},module`)
    repository.git('commit', '-q', '-m', 'A submodule')
    await using checkout = checkoutOf(repository.folder)
    const files = await filesOf(checkout, repository.git('rev-parse', 'HEAD'))
    expect(files.map(({ path, kind }) => `${path} ${kind}`)).toEqual([
      'a.txt file',
      'link.txt link',
      'module submodule',
    ])
  })

  it('are those that their ids name, whatever the repository replaces or converts', async () => {
    await using repository = await gitRepository()
    const commit = await repository.commit({ 'a.txt': 'true\n', '.gitattributes': '*.txt diff=spoil filter=spoil\n' })
    await using home = await mkdtempDisposable(join(tmpdir(), 'checkout-'))
    const seen = join(home.path, 'seen')
    const program = join(home.path, 'spoil.sh')
    await writeFile(program, `#!/bin/sh\ntouch '${seen}'\necho spoiled\n`)
    await chmod(program, 0o755)
    for (const name of ['diff.spoil.textconv', 'filter.spoil.smudge', 'core.fsmonitor', 'core.sshCommand'])
      repository.git('config', name, program)
    const other = execFileSync('git', ['hash-object', '-w', '--stdin'], { cwd: repository.folder, input: 'false\n' })
    repository.git('replace', repository.git('rev-parse', 'HEAD:a.txt'), other.toString().trim())
    await using checkout = checkoutOf(repository.folder)
    const files = await filesOf(checkout, commit)
    expect(
      await read(
        checkout,
        files.find(({ path }) => path === 'a.txt'),
      ),
    ).toBe('true\n')
    expect(await readdir(home.path)).toEqual(['spoil.sh'])
  })

  it('that a partial clone lacks are not fetched', async () => {
    await using repository = await gitRepository()
    const commit = await repository.commit({ 'a.txt': 'a' })
    repository.git('config', 'uploadpack.allowFilter', 'true')
    await using home = await mkdtempDisposable(join(tmpdir(), 'checkout-'))
    const folder = join(home.path, 'clone')
    clone(repository, folder, '--filter=blob:none', '--no-checkout')
    await using checkout = checkoutOf(folder)
    const [a] = await filesOf(checkout, commit)
    expect(await read(checkout, a)).toBe('the checkout does not have this file')
    expect(await read(checkout, a)).toBe('the checkout does not have this file')
  })

  it.each(['HEAD', '--output=x', '0a1b2c3', ''])('are not looked for by %j, which is no full SHA', async (name) => {
    await using repository = await gitRepository()
    await repository.commit({ 'a.txt': 'a' })
    await using checkout = checkoutOf(repository.folder)
    expect(await checkout.tree(name, never())).toMatchObject({ kind: 'unreadable' })
    expect(await read(checkout, { path: 'a.txt', sha: name, kind: 'file' })).toBe('its id is not a full SHA')
  })
})

describe('the commit that is checked out', () => {
  it('names its parents also where the history is cut off', async () => {
    await using repository = await gitRepository()
    const first = await repository.commit({ 'a.txt': 'a' })
    const second = await repository.commit({ 'a.txt': 'b' })
    await using home = await mkdtempDisposable(join(tmpdir(), 'checkout-'))
    clone(repository, join(home.path, 'clone'), '--depth=1')
    await using checkout = checkoutOf(join(home.path, 'clone'))
    expect(await checkout.head(never())).toEqual({ kind: 'head', commit: second, parents: [first], folder: '' })
    const reason = 'the checkout does not have this commit'
    expect(await checkout.tree(first, never())).toEqual({ kind: 'unreadable', reason })
  })

  it('is none in a folder that Git does not know, though one in it is a checkout', async () => {
    await using home = await mkdtempDisposable(join(tmpdir(), 'checkout-'))
    await using repository = await gitRepository()
    await repository.commit({ 'a.txt': 'a' })
    clone(repository, join(home.path, 'inside'))
    await using checkout = checkoutOf(home.path)
    const reason = 'the workspace itself is not a Git checkout'
    expect(await checkout.head(never())).toEqual({ kind: 'unreadable', reason })
  })

  it('is that of the whole repository in a folder of it, whose files are known by their paths there', async () => {
    await using repository = await gitRepository()
    const commit = await repository.commit({
      'a.txt': 'a',
      'sub dir/b.txt': 'b',
      'sub dir/c/d.txt': 'd',
      'e/b.txt': 'e',
    })
    await using checkout = checkoutOf(join(repository.folder, 'sub dir'))
    expect(await checkout.head(never())).toEqual({ kind: 'head', commit, parents: [], folder: 'sub dir/' })
    const files = await filesOf(checkout, commit)
    expect(files.map(({ path }) => path)).toEqual(['b.txt', 'c/d.txt'])
    expect(await read(checkout, files[0])).toBe('b')
  })

  it('is not known without the program', async () => {
    await using repository = await gitRepository()
    const commit = await repository.commit({ 'a.txt': 'a' })
    await using checkout = checkoutOf(repository.folder, { PATH: tmpdir() })
    expect(await checkout.head(never())).toMatchObject({ kind: 'unreadable' })
    expect(await checkout.tree(commit, never())).toMatchObject({ kind: 'unreadable' })
    expect(await read(checkout, { path: 'a.txt', sha: '0'.repeat(40), kind: 'file' })).toMatch(/does not have/)
  })
})

type Story = Readonly<Record<'start' | 'branch' | 'main', string>> & { readonly repository: GitRepository }

async function graft({ folder }: GitRepository, line: string): Promise<void> {
  await writeFile(join(folder, '.git', 'info', 'grafts'), line)
}

describe('where two histories meet', () => {
  async function story(): Promise<Story> {
    const repository = await gitRepository()
    const start = await repository.commit({ 'a.txt': 'a' })
    repository.git('checkout', '-q', '-b', 'feature')
    const branch = await repository.commit({ 'b.txt': 'b' })
    repository.git('checkout', '-q', 'main')
    return { repository, start, branch, main: await repository.commit({ 'c.txt': 'c' }) }
  }

  it('is found in a whole history', async () => {
    const { repository, start, branch, main } = await story()
    await using _ = repository
    await using checkout = checkoutOf(repository.folder)
    expect(await checkout.mergeBase(main, branch, never())).toEqual({ kind: 'found', commit: start })
  })

  it.each([
    ['grafted parents', ({ repository, branch, main }: Story) => graft(repository, `${branch} ${main}\n`)],
    [
      'replaced commits',
      async ({ repository, branch, main }: Story) => void repository.git('replace', '--graft', branch, main),
    ],
  ])('is not moved by %s, which only this checkout has', async (_, shift) => {
    const told = await story()
    await using repository = told.repository
    await shift(told)
    await using checkout = checkoutOf(repository.folder)
    expect(await checkout.mergeBase(told.main, told.branch, never())).toEqual({ kind: 'found', commit: told.start })
  })

  it('is found where the objects are borrowed from another repository, and so are files', async () => {
    const { repository, start, branch, main } = await story()
    await using _ = repository
    await using home = await mkdtempDisposable(join(tmpdir(), 'checkout-'))
    const folder = join(home.path, 'clone')
    execFileSync('git', ['clone', '-q', '--shared', repository.folder, folder], { stdio: 'pipe' })
    await using checkout = checkoutOf(folder)
    expect(await checkout.mergeBase(main, branch, never())).toEqual({ kind: 'found', commit: start })
    const [a] = await filesOf(checkout, start)
    expect(await read(checkout, a)).toBe('a')
  })

  it('is not guessed in one that is cut off', async () => {
    const { repository, branch, main } = await story()
    await using _ = repository
    await using home = await mkdtempDisposable(join(tmpdir(), 'checkout-'))
    clone(repository, join(home.path, 'clone'), '--depth=1', '--no-single-branch')
    await using checkout = checkoutOf(join(home.path, 'clone'))
    const reason = 'the checkout is shallow (fetch-depth)'
    expect(await checkout.mergeBase(main, branch, never())).toEqual({ kind: 'unreadable', reason })
  })
})

// Nobody else can give a folder to another user.
describe.skipIf(process.getuid?.() !== 0)('a checkout of another user', () => {
  it('is read where it begins, and named with what to do in a folder of it', async () => {
    await using repository = await gitRepository()
    const commit = await repository.commit({ 'sub/a.txt': 'a' })
    await chown(repository.folder, 1234, 1234)
    await using whole = checkoutOf(repository.folder)
    expect(await whole.head(never())).toMatchObject({ kind: 'head', commit })
    await using part = checkoutOf(join(repository.folder, 'sub'))
    const reason = `the Git checkout ${JSON.stringify(repository.folder)} belongs to another user: start in that folder, or as its owner`
    expect(await part.head(never())).toEqual({ kind: 'unreadable', reason })
    expect(await part.tree(commit, never())).toEqual({ kind: 'unreadable', reason })
  })
})
