import { chmod, link, mkdir, mkdtemp, readdir, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createMemory, type Memory } from '../../../src/github/left-behind.ts'
import { openWorkspace, removeScratch, type Workspace } from '../../../src/github/workspace.ts'
import { caught } from '../../support/caught.ts'
import { countListings } from '../../support/files/count-listings.ts'
import type { Content } from '../../../src/lib/content.ts'
import { never } from '../../support/time/never.ts'

let home = ''
let workspace: Workspace
let leftBehind: Memory<string>
const inside = (path: string) => join(home, 'work [1]', path)

beforeEach(async () => {
  home = await realpath(await mkdtemp(join(tmpdir(), 'workspace-')))
  await Promise.all([mkdir(inside(''), { recursive: true }), mkdir(join(home, 'temp'))])
  leftBehind = createMemory<string>(() => undefined)
  workspace = openWorkspace({ workspace: inside(''), temp: join(home, 'temp') }, leftBehind)
})
afterEach(async () => {
  await workspace[Symbol.asyncDispose]()
  await rm(home, { recursive: true })
})

async function write(...paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await mkdir(dirname(inside(path)), { recursive: true })
    await writeFile(inside(path), path)
  }
}

async function find(...patterns: readonly string[]): Promise<Readonly<Record<string, readonly string[]>>> {
  const matches = await workspace.find(patterns, never())
  return Object.fromEntries(matches.map(({ pattern, files }) => [pattern, files.map(({ path }) => path).toSorted()]))
}

describe('finding files', () => {
  it('tells what each pattern finds, from the workspace, whatever its name', async () => {
    await write('data/a.json', 'data/sub/b.json', 'other/c.csv')
    expect(await find('data/**', './other/*', 'none/*')).toEqual({
      'data/**': ['data/a.json', 'data/sub/b.json'],
      './other/*': ['other/c.csv'],
      'none/*': [],
    })
  })

  it('lists a folder once, however many of its files are named', async () => {
    const names = Array.from({ length: 50 }, (_, index) => `data/${index}.json`)
    await write(...names, 'other/a.json')
    const listings = await countListings(async () => {
      expect(Object.keys(await find(...names, 'other/*'))).toHaveLength(51)
    })
    expect(listings).toBe(2)
  })

  it('says that the workspace is gone, as an earlier step may remove it', async () => {
    await rm(inside(''), { recursive: true })
    const problem = await caught(() => find('data/*'))
    expect(problem).toMatchObject({
      message: `Cannot open the workspace ${JSON.stringify(join(home, 'work [1]'))}: there is no such folder`,
      remedy: expect.stringContaining('no earlier step removed it'),
    })
  })

  it('takes away what is excluded by a pattern after it', async () => {
    await write('data/a.json', 'data/b.json')
    expect(await find('data/*', '!data/b.json')).toEqual({ 'data/*': ['data/a.json'] })
    expect(await find('!data/b.json', 'data/*')).toEqual({ 'data/*': ['data/a.json', 'data/b.json'] })
  })

  it('knows the names of one file by its hard links', async () => {
    await write('data/a.json', 'data/c.json')
    await link(inside('data/a.json'), inside('data/b.json'))
    const files = (await workspace.find(['data/*'], never())).flatMap((match) => match.files)
    const [a, b, c] = ['a', 'b', 'c'].map((name) => files.find(({ path }) => path === `data/${name}.json`)?.sharedId)
    expect(a).toMatch(/^\d+:\d+:/)
    expect(b).toBe(a)
    expect(c).not.toBe(a)
  })

  it('knows a link from what it leads to', async () => {
    await write('data/a.json')
    await symlink(inside('data/a.json'), inside('data/link.json'))
    const files = (await workspace.find(['data/*'], never())).flatMap((match) => match.files)
    expect(new Set(files.map(({ identity }) => identity)).size).toBe(1)
    expect(files.filter(({ isLinked }) => isLinked).map(({ path }) => path)).toEqual(['data/link.json'])
    expect(new Set(files.map(({ realPath }) => realPath))).toEqual(new Set(['data/a.json']))
  })

  it.each([
    [
      'a link to a place outside the workspace',
      () => join(home, 'temp', 'outside.json'),
      /is a link to a place outside the workspace/,
    ],
    ['is broken', () => inside('data/nothing.json'), /Cannot find the files of "data\/\*"/],
  ])('refuses a link that %s', async (_, target, message) => {
    await writeFile(join(home, 'temp', 'outside.json'), '{}')
    await mkdir(inside('data'))
    await symlink(target(), inside('data/link.json'))
    expect(await caught(workspace.find(['data/*'], never()))).toMatchObject({ message: expect.stringMatching(message) })
  })

  // As root, which some runners are, every folder may be listed.
  it.skipIf(process.platform === 'win32')('finds a file by its name in a folder that may not be listed', async () => {
    await write('data/a.json')
    await chmod(inside('data'), 0o300)
    const [match] = await workspace.find(['data/a.json'], never())
    await chmod(inside('data'), 0o700)
    expect(match?.files.map(({ path, isLinked }) => [path, isLinked])).toEqual([['data/a.json', false]])
  })

  it('hands out content that can be read', async () => {
    await write('a.json')
    const [match] = await workspace.find(['a.json'], never())
    const [file] = match?.files ?? []
    expect(file?.content.size).toBe(6)
    expect(file === undefined ? '' : await text(file.content.bytes())).toBe('a.json')
  })
})

describe('files of our own', () => {
  async function kept(name: string): Promise<Content> {
    await using file = workspace.keep(name)
    await file.write(Buffer.from('ke'))
    await file.write(Buffer.from('pt'))
    return await file.content()
  }

  it('are kept under names that differ', async () => {
    const contents = [await kept('a/b.json'), await kept('a/b.json')]
    for (const content of contents) expect(await text(content.bytes())).toBe('kept')
    const [folder = ''] = await readdir(join(home, 'temp'))
    expect(await readdir(join(home, 'temp', folder))).toHaveLength(2)
  })

  // Windows has no modes: there the rights of the folder above decide.
  it.skipIf(process.platform === 'win32')('are readable by this user alone', async () => {
    await kept('a/b.json')
    const [folder = ''] = await readdir(join(home, 'temp'))
    const names = await readdir(join(home, 'temp', folder))
    for (const name of names) expect((await stat(join(home, 'temp', folder, name))).mode & 0o777).toBe(0o600)
    expect((await stat(join(home, 'temp', folder))).mode & 0o777).toBe(0o700)
  })

  it('in a tree of their own are found like those of the workspace, and are no part of it', async () => {
    await write('data/here.json')
    const tree = workspace.keepTree()
    for (const path of ['data/a.json', 'data/sub/b.json', 'map.json']) {
      await using file = tree.add(path)
      await file.write(Buffer.from(''))
      await file.write(Buffer.from(path))
    }
    const [all] = await tree.find(['data/**'], never())
    expect(all?.files.map(({ path }) => path).toSorted()).toEqual(['data/a.json', 'data/sub/b.json'])
    expect(all?.files.map(({ content }) => content.size).toSorted()).toEqual([
      'data/a.json'.length,
      'data/sub/b.json'.length,
    ])
    expect(await tree.read('map.json')).toBe('map.json')
    expect(await find('data/**')).toEqual({ 'data/**': ['data/here.json'] })
    await workspace[Symbol.asyncDispose]()
    expect(await readdir(join(home, 'temp'))).toEqual([])
  })

  it.each([
    ['../a', 'its path leads out of its folder'],
    ['a/../../b', 'its path leads out of its folder'],
    ['/etc/a', 'its path leads out of its folder'],
    ['a//b', 'its path leads out of its folder'],
    ['./a', 'its path leads out of its folder'],
    ['a\0b', 'its path leads out of its folder'],
    ['.git/config', 'it is in the .git folder'],
    ['a/.GIT/hooks/x', 'it is in the .git folder'],
    ['a\\b', 'its name contains a backslash'],
  ])('in a tree are never written to %j, which whoever made a commit may have chosen', (path, why) => {
    expect(() => workspace.keepTree().add(path)).toThrow(why)
  })

  it.runIf(process.platform === 'win32')('in a tree have no colon in their names, which leads elsewhere', () => {
    for (const path of ['C:/a', 'a:b']) expect(() => workspace.keepTree().add(path)).toThrow('contains a colon')
  })

  it.skipIf(process.platform === 'win32')('in a tree may have a colon in their names', async () => {
    const tree = workspace.keepTree()
    await using file = tree.add('C:/a:b.json')
    await file.write(Buffer.from('{}'))
    expect(await tree.read('C:/a:b.json')).toBe('{}')
  })

  it('in a tree that cannot be stored are told with the reason', async () => {
    const tree = workspace.keepTree()
    const store = async (path: string) => {
      await using file = tree.add(path)
      await file.write(Buffer.from('{}'))
    }
    await store('a.json')
    const same = 'another file or folder has the same path'
    await expect(store('a.json')).rejects.toThrow(`Cannot store "a.json": ${same}`)
    await expect(store('a.json/b.json')).rejects.toThrow(`Cannot store "a.json/b.json": ${same}`)
    await store('sub/b.json')
    await expect(store('sub')).rejects.toThrow(`Cannot store "sub": ${same}`)
    await expect(store(`${'n'.repeat(300)}.json`)).rejects.toThrow(/: its path is too long for this system$/)
  })

  it('are gone at the end', async () => {
    await kept('a.json')
    await workspace[Symbol.asyncDispose]()
    expect(await readdir(join(home, 'temp'))).toEqual([])
    expect(leftBehind.current()).toBeUndefined()
  })

  it('are named for the post step before the first of them is written', async () => {
    await using file = workspace.keep('a.json')
    expect(leftBehind.current()).toBeUndefined()
    await file.write(Buffer.from('kept'))
    expect([leftBehind.current()]).toEqual(await readdir(join(home, 'temp')))
  })
})

describe('what a killed run left', () => {
  const temp = () => join(home, 'temp')
  const make = async (name: string) => {
    await mkdir(join(temp(), name), { recursive: true })
    await writeFile(join(temp(), name, 'rows.json'), 'rows')
  }

  it('is removed, and it is no fault if it no longer exists', async () => {
    await make('publish-Ab3xYz')
    await removeScratch(temp(), 'publish-Ab3xYz')
    await removeScratch(temp(), 'publish-Ab3xYz')
    expect(await readdir(temp())).toEqual([])
  })

  it.each([
    '',
    '.',
    '..',
    '../work [1]',
    'publish-report-Ab3xYz',
    'publish-Ab3xY',
    'publish-Ab3xYz/',
    'publish-../..',
    'sub/publish-Ab3xYz',
    'other',
  ])('is alone what is removed: not %j', async (name) => {
    const others = ['publish-report-Ab3xYz', 'publish-Ab3xYz', 'publish-Ab3xY', 'sub/publish-Ab3xYz', 'other']
    await Promise.all([...others.map(make), write('a.json')])
    await removeScratch(temp(), name)
    for (const folder of others) expect(await readdir(join(temp(), folder))).toContain('rows.json')
    expect(await readdir(inside(''))).toEqual(['a.json'])
  })

  it('is not what a link or a file of such a name leads to', async () => {
    await write('data/a.json')
    await symlink(inside('data'), join(temp(), 'publish-Link00'))
    await writeFile(join(temp(), 'publish-File00'), '')
    for (const name of ['publish-Link00', 'publish-File00']) await removeScratch(temp(), name)
    expect(await readdir(inside('data'))).toEqual(['a.json'])
    expect((await readdir(temp())).toSorted()).toEqual(['publish-File00', 'publish-Link00'])
  })
})
