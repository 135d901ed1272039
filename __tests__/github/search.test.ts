import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import fc from 'fast-check'
import { Minimatch } from 'minimatch'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { isInclude } from '../../src/github/pattern.ts'
import { searchFiles } from '../../src/github/search.ts'
import { caught } from '../support/caught.ts'
import { TREE, globbed, openTree, silently, treePattern } from '../support/files/search-tree.ts'
import { never } from '../support/time/never.ts'

let tree: Awaited<ReturnType<typeof openTree>>
let home = ''
beforeEach(async () => {
  tree = await openTree()
  home = tree.home
})
afterEach(() => tree[Symbol.asyncDispose]())

const write = (...paths: readonly string[]) => tree.write(...paths)

async function search(pattern: string, ...excludes: readonly string[]) {
  const [found] = await silently(() => searchFiles([pattern, ...excludes], { workspace: home }, never()))
  const paths = (found?.paths ?? []).map((path) => relative(home, path)).toSorted()
  return { paths, excluded: found?.excluded, usedExcludes: found?.usedExcludes ?? [] }
}

const find = async (pattern: string, ...excludes: readonly string[]) => (await search(pattern, ...excludes)).paths

const failure = (pattern: string) => silently(() => caught(searchFiles([pattern], { workspace: home }, never())))

const isRoot = process.getuid?.() === 0
const isWindows = process.platform === 'win32'

/** A name that is not UTF-8. */
const latin = (path: string) => Buffer.concat([Buffer.from(join(home, path)), Buffer.from([0xe9])])

/** What each pattern finds by itself, asked of @actions/glob once for each exclude; undefined where that fails. */
async function foundSingly(patterns: readonly string[]) {
  const found = patterns.map(async (pattern, place) => {
    const excludes = patterns.slice(place + 1).filter((other) => !isInclude(other))
    if (!isInclude(pattern)) return []
    const all = await globbed(home, [pattern])
    const paths = await globbed(home, [pattern, ...excludes])
    const left = await Promise.all(excludes.map((exclude) => globbed(home, [pattern, exclude])))
    if (all === undefined || paths === undefined) return [undefined]
    const usedExcludes = excludes.filter((_, index) => (left[index]?.length ?? 0) < all.length)
    return [{ pattern, paths, excluded: paths.length === 0 ? all.length : 0, usedExcludes }]
  })
  return (await Promise.all(found)).flat()
}

describe('a search', () => {
  it('finds for each of many patterns what @actions/glob finds for it alone, links and accents included', async () => {
    await write(...TREE, 'b/cafe\u0301.json', 'caf\u00e9/a.json', 'Data/A.json')
    if (!isWindows) {
      await symlink('../data', join(home, 'data/loop'))
      await symlink('data/sub', join(home, 'link'))
      await symlink('../a.json', join(home, 'b/one.json'))
    }
    const odd = fc.constantFrom(
      'data/loop',
      'data/loop/a.json',
      'link/*',
      'Data',
      'b/caf?.json',
      'b/caf??.json',
      'caf?',
    )
    const line = fc.tuple(fc.constantFrom('', '', '!'), fc.oneof(treePattern, odd), fc.constantFrom('', '', '/'))
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          line.map((parts) => parts.join('')),
          { minLength: 1, maxLength: 8 },
        ),
        async (lines) => {
          const expected = await silently(() => foundSingly(lines))
          const found = await silently(() => searchFiles(lines, { workspace: home }, never()))
          expect(found).toHaveLength(expected.length)
          for (const [index, one] of expected.entries())
            if (one !== undefined) expect(found[index], lines.join('\n')).toEqual(one)
        },
      ),
    )
  })

  it('does twice the work for twice as many names, patterns in one folder, or excludes', async () => {
    const names = Array.from({ length: 200 }, (_, index) => `data/f${index}.json`)
    await write(...names)
    const work = async (patterns: readonly string[]) => {
      const matching = vi.spyOn(Minimatch.prototype, 'match')
      try {
        const found = await silently(() => searchFiles(patterns, { workspace: home }, never()))
        return { found: found.flatMap(({ paths }) => paths).length, matches: matching.mock.calls.length }
      } finally {
        matching.mockRestore()
      }
    }
    const half = names.slice(0, 100)
    const some = ['!data/f1.json', '!data/g*', '!other/**']
    const many = (all: readonly string[]) => all.map((name) => `!${name}`)
    const small = [await work([...half, ...some]), await work([...half, ...many(half.slice(1))])]
    const large = [await work([...names, ...some]), await work([...names, ...many(names.slice(1))])]
    expect([...small, ...large].map(({ found }) => found)).toEqual([99, 1, 199, 1])
    for (const [index, { matches }] of large.entries())
      expect(matches / (small[index]?.matches ?? NaN)).toBeLessThan(2.2)
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
    expect(await failure('data/*')).toMatchObject({
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
    expect(await failure('**/*.json')).toMatchObject({
      message: 'Cannot find the files of "**/*.json": the folder "locked" cannot be read (EACCES)',
      remedy: expect.stringContaining('"!locked"'),
    })
  })

  it.each(['!locked', '!locked/**', '!l*/**'])('is not looked into when it is excluded: %s', async (exclude) => {
    expect(await find('**/*.json', exclude)).toEqual(['data/a.json'])
  })

  it('is told of a file that is named in it', async () => {
    const message = 'Cannot find the files of "locked/b.json": "locked/b.json" cannot be read (EACCES)'
    expect(await failure('locked/b.json')).toMatchObject({ message })
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
    expect(await failure('data/*')).toMatchObject({
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
    expect(await failure('**/*.json')).toMatchObject({ remedy })
    expect(await find('**/*.json', '!caf?')).toEqual(['a.json'])
  })
})
