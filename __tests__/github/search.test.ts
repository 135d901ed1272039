import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { create } from '@actions/glob'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { anchor, fromWorkspace, pathFilter, searchByWalk, searchFiles, searchesOf } from '../../src/github/search.ts'
import { caught } from '../support/caught.ts'

let home = ''
beforeEach(async () => {
  home = await realpath(await mkdtemp(join(tmpdir(), 'search [1]-')))
})
afterEach(async () => {
  await chmod(join(home, 'locked'), 0o700).catch(() => undefined)
  await rm(home, { recursive: true })
})

async function write(...paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await mkdir(dirname(join(home, path)), { recursive: true })
    await writeFile(join(home, path), path)
  }
}

async function search(pattern: string, ...excludes: readonly string[]) {
  const found = await searchFiles({ pattern, excludes }, home)
  return { ...found, paths: found.paths.map((path) => relative(home, path)).toSorted() }
}

const find = async (pattern: string, ...excludes: readonly string[]) => (await search(pattern, ...excludes)).paths

/** What @actions/glob finds, without its debug lines. It stumbles over a file in the place of a folder. */
async function globbed(lines: readonly string[]): Promise<readonly string[]> {
  const root = home.replaceAll('[', '[[]')
  const anchored = lines.map((line) => line.replace(/^(!?)/, `$1${root}/`)).join('\n')
  const silent = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  try {
    return await (await create(anchored, { matchDirectories: false })).glob()
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('ENOTDIR')) return []
    throw error
  } finally {
    silent.mockRestore()
  }
}

const isRoot = process.getuid?.() === 0
const isWindows = process.platform === 'win32'

/** A name that is not UTF-8. */
const latin = (path: string) => Buffer.concat([Buffer.from(join(home, path)), Buffer.from([0xe9])])

describe('a search', () => {
  const TREE = [
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
  const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'))

  it('walks to what @actions/glob finds, where that can search by itself', async () => {
    await write(...TREE)
    const excludes = fc.array(path, { maxLength: 2 })
    await fc.assert(
      fc.asyncProperty(path, excludes, fc.constantFrom('', '/'), async (include, less, end) => {
        const lines = [include + end, ...less.map((one) => `!${one}`)]
        const known = await globbed(lines)
        const expected = known.map((found) => relative(home, found)).toSorted()
        const walked = await searchByWalk({ pattern: include + end, excludes: lines.slice(1) }, home)
        const paths = walked.paths.map((found) => relative(home, found)).toSorted()
        expect(paths, lines.join('\n')).toEqual(expected)
      }),
    )
  })

  it('finds the files that a filter of listed paths finds, in folders that the filter searches, and no others', async () => {
    const tree = [...TREE, '[ab].json', 'd[x]/a.json', 'dx/a.json']
    await write(...tree)
    const exists = (name: string) => tree.some((one) => `${one}/`.startsWith(`${name}/`))
    const pattern = fc.oneof(path, fc.constantFrom('d[x]/*.json', 'd[x]*/*.json', '[ab].json'))
    const line = fc.tuple(fc.boolean(), pattern).map(([isExclude, one]) => (isExclude ? `!${one}` : one))
    await fc.assert(
      fc.asyncProperty(pattern, fc.array(line, { maxLength: 3 }), async (first, more) => {
        const patterns = [first, ...more]
        const filter = pathFilter(patterns, exists)
        const walked = await Promise.all(searchesOf(patterns).map((one) => searchByWalk(one, home)))
        const found = walked.flatMap(({ paths }) => paths.map((one) => relative(home, one).replaceAll('\\', '/')))
        expect(tree.filter((name) => filter.finds(name)).toSorted(), patterns.join('\n')).toEqual(
          [...new Set(found)].toSorted(),
        )
        for (const name of found)
          for (let folder = dirname(name); folder !== '.'; folder = dirname(folder))
            expect(filter.searches(folder), `${patterns.join('\n')}: ${folder}`).toBe(true)
      }),
    )
    expect(pathFilter(['data/*.csv'], exists).searches('other')).toBe(false)
    expect(pathFilter(['**/*.csv', '!data'], exists).searches('data/sub')).toBe(false)
  })

  it.each([
    ['data/*.json', '/', 'data/*.json'],
    ['././data/*.json', '/', 'data/*.json'],
    ['! ./data/a.json', '/', 'data/a.json'],
    ['.\\*.json', '/', '.\\*.json'],
    ['data\\*.json', '\\', 'data/*.json'],
    ['!.\\./data/*.json', '\\', 'data/*.json'],
    ['.', '/', '**'],
  ])('counts %s from the workspace where paths have %s', (pattern, sep, expected) => {
    expect(fromWorkspace(pattern, sep)).toBe(expected)
  })

  it('takes a file that is called like a pattern by its name, and excludes it so', async () => {
    await write('data/f[1].jsonl', 'data/f1.jsonl', 'x[ab]/a.jsonl', 'xa/a.jsonl')
    expect(await find('data/f[1].jsonl')).toEqual(['data/f[1].jsonl'])
    expect(await find('./x[ab]/*.jsonl')).toEqual(['x[ab]/a.jsonl'])
    expect(await find('data/*', '!data/f[1].jsonl')).toEqual(['data/f1.jsonl'])
    expect(await find('data/f[12].jsonl')).toEqual(['data/f1.jsonl'])
  })

  it('tells which excludes take something away, and whether nothing is left', async () => {
    await write('data/a.json', 'data/b.json', 'tmp/c.json')
    const all = await search('**/*.json', '!tmp/**', '!tmp/c.json', '!data/b.json', '!none/**')
    const used = all.usedExcludes.toSorted()
    expect({ ...all, usedExcludes: used }).toEqual({
      paths: ['data/a.json'],
      excluded: 0,
      usedExcludes: ['!data/b.json', '!tmp/**', '!tmp/c.json'],
    })
    expect(await search('data/b.json', '!data/*')).toMatchObject({ paths: [], excluded: 1 })
    expect(await search('data/x.json', '!data/*')).toMatchObject({ paths: [], excluded: 0 })
  })

  it.skipIf(isWindows)('follows links to folders, but never round in circles', async () => {
    await write('data/a.json')
    await symlink('../data', join(home, 'data/loop'))
    await symlink('data', join(home, 'link'))
    expect(await find('**/*.json')).toEqual(['data/a.json', 'link/a.json'])
  })

  it.skipIf(isWindows)('names a broken link that is matched, and minds no other', async () => {
    await write('data/a.json')
    await symlink('nowhere', join(home, 'data/b.json'))
    expect(await find('data/a*')).toEqual(['data/a.json'])
    expect(await find('data/*', '!data/b.json')).toEqual(['data/a.json'])
    expect(await caught(searchFiles({ pattern: 'data/*', excludes: [] }, home))).toMatchObject({
      message: 'Cannot find the files of "data/*": "data/b.json" is a broken link (ENOENT)',
      remedy: expect.stringContaining('"!data/b.json"'),
    })
  })
})

describe('a name with an accent, stored composed or decomposed', () => {
  const [composed, decomposed] = ['NFC', 'NFD'].map((form) => (text: string) => text.normalize(form)) as [Form, Form]
  type Form = (text: string) => string
  const forms: readonly (readonly [string, Form, Form])[] = [
    ['composed', composed, decomposed],
    ['decomposed', decomposed, composed],
  ]

  it.each(forms)('is found by a pattern in the other form: %s', async (_, stored, written) => {
    await write(...['data/café.json', 'données/a.json', 'données/é[1].json', 'data/b.json'].map(stored))
    expect(await find(written('data/café.json'))).toEqual([stored('data/café.json')])
    expect(await find(written('*/caf[é].json'))).toEqual([stored('data/café.json')])
    expect(await find(written('données'))).toEqual(['données/a.json', 'données/é[1].json'].map(stored).toSorted())
    expect(await find(written('./données/é[1].json'))).toEqual([stored('données/é[1].json')])
    expect(await find(written('données/x.json'))).toEqual([])
  })

  it.each(forms)('is excluded by a pattern in the other form: %s', async (_, stored, written) => {
    await write(...['data/café.json', 'données/a.json', 'data/b.json'].map(stored))
    const excludes = ['!data/café.json', '!données/**'].map(written)
    expect(await search('**/*.json', ...excludes)).toMatchObject({ paths: ['data/b.json'], usedExcludes: excludes })
    expect(await search(stored('data/café.json'), ...excludes)).toMatchObject({ paths: [], excluded: 1 })
  })

  it.each(forms)('is found by the pattern that names it as it is stored: %s', async (_, stored) => {
    await write(stored('données/café.json'))
    expect(await find(stored('données/café.json'))).toEqual([stored('données/café.json')])
  })
})

describe.skipIf(isWindows || isRoot)('a folder that cannot be read', () => {
  beforeEach(async () => {
    await write('data/a.json', 'locked/b.json')
    await chmod(join(home, 'locked'), 0)
  })

  it('is named, with the exclude that leaves it out', async () => {
    expect(await caught(searchFiles({ pattern: '**/*.json', excludes: [] }, home))).toMatchObject({
      message: 'Cannot find the files of "**/*.json": the folder "locked" cannot be read (EACCES)',
      remedy: expect.stringContaining('"!locked"'),
    })
  })

  it.each(['!locked', '!locked/**', '!l*/**'])('is not looked into when it is excluded: %s', async (exclude) => {
    expect(await find('**/*.json', exclude)).toEqual(['data/a.json'])
  })

  it('is told of a file that is named in it', async () => {
    const message = 'Cannot find the files of "locked/b.json": "locked/b.json" cannot be read (EACCES)'
    expect(await caught(searchFiles({ pattern: 'locked/b.json', excludes: [] }, home))).toMatchObject({ message })
  })

  it('does not matter to a pattern that cannot match in it', async () => {
    expect(await find('data/**')).toEqual(['data/a.json'])
  })
})

// Elsewhere the file system takes no other names.
describe.skipIf(process.platform !== 'linux')('a name that is not UTF-8', () => {
  it('of a file is named when it is matched, with an exclude that works', async () => {
    await write('data/a.json')
    await writeFile(latin('data/caf'), 'x')
    expect(await find('data/*.json')).toEqual(['data/a.json'])
    expect(await caught(searchFiles({ pattern: 'data/*', excludes: [] }, home))).toMatchObject({
      message: expect.stringContaining('the name "data/caf\uFFFD" is not valid UTF-8'),
      remedy: expect.stringContaining('"!data/caf?"'),
    })
    expect(await find('data/*', '!data/caf?')).toEqual(['data/a.json'])
  })

  it('of a folder is named when something in it could match, with an exclude that works', async () => {
    await write('a.json')
    await mkdir(latin('caf'))
    expect(await find('*.json')).toEqual(['a.json'])
    const remedy = expect.stringContaining('"!caf?"')
    expect(await caught(searchFiles({ pattern: '**/*.json', excludes: [] }, home))).toMatchObject({ remedy })
    expect(await find('**/*.json', '!caf?')).toEqual(['a.json'])
  })
})

describe('a pattern is anchored in the workspace', () => {
  it.each([
    ['data/*.json', '/w', '/', '/w/data/*.json'],
    ['././data/*.json', '/w', '/', '/w/data/*.json'],
    ['! ./data/a.json', '/w', '/', '!/w/data/a.json'],
    ['.\\*.json', '/w', '/', '/w/.\\*.json'],
    ['*.json', '/work [1]*?', '/', '/work [[]1][*][?]/*.json'],
    ['*.json', '/back\\slash', '/', '/back\\\\slash/*.json'],
    ['data\\*.json', 'D:\\a\\repo', '\\', 'D:\\a\\repo/data\\*.json'],
    ['.\\data\\*.json', 'D:\\a\\repo', '\\', 'D:\\a\\repo/data\\*.json'],
    ['!.\\./data/*.json', 'D:\\a\\repo', '\\', '!D:\\a\\repo/data/*.json'],
    ['*.json', 'D:\\a [1]\\repo', '\\', 'D:\\a [[]1]\\repo/*.json'],
  ])('%s in %s with %s', (line, workspace, sep, expected) => {
    expect(anchor(line, workspace, sep)).toBe(expected)
  })
})
