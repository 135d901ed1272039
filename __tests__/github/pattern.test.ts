import { relative, dirname } from 'node:path'
import fc from 'fast-check'
import { Minimatch } from 'minimatch'
import { describe, expect, it, vi } from 'vitest'
import {
  anchor,
  compile,
  covers,
  excludesAmong,
  fromWorkspace,
  isInclude,
  matchAny,
  matches,
  pathFilter,
  reachesInto,
} from '../../src/github/pattern.ts'
import { searchFiles } from '../../src/github/search.ts'
import { TREE, openTree, treePattern } from '../support/files/search-tree.ts'
import { never } from '../support/time/never.ts'

const nothing = () => false

describe('a filter of listed paths', () => {
  it('finds the files that a search finds, in folders that the filter searches, and no others', async () => {
    await using tree = await openTree()
    const listed = [...TREE, '[ab].json', 'd[x]/a.json', 'dx/a.json']
    await tree.write(...listed)
    const isListed = (name: string) => listed.some((one) => `${one}/`.startsWith(`${name}/`))
    const pattern = fc.oneof(treePattern, fc.constantFrom('d[x]/*.json', 'd[x]*/*.json', '[ab].json'))
    const line = fc.tuple(fc.boolean(), pattern).map(([isExclude, one]) => (isExclude ? `!${one}` : one))
    await fc.assert(
      fc.asyncProperty(pattern, fc.array(line, { maxLength: 3 }), async (first, more) => {
        const patterns = [first, ...more]
        const filter = pathFilter(patterns, isListed)
        const walked = await searchFiles(patterns, { workspace: tree.home, isSilent: true }, never())
        const found = walked.flatMap(({ paths }) => paths.map((one) => relative(tree.home, one).replaceAll('\\', '/')))
        expect(listed.filter((name) => filter.finds(name)).toSorted(), patterns.join('\n')).toEqual(
          [...new Set(found)].toSorted(),
        )
        for (const name of found)
          for (let folder = dirname(name); folder !== '.'; folder = dirname(folder))
            expect(filter.searches(folder), `${patterns.join('\n')}: ${folder}`).toBe(true)
      }),
    )
    expect(pathFilter(['data/*.csv'], isListed).searches('other')).toBe(false)
    expect(pathFilter(['**/*.csv', '!data'], isListed).searches('data/sub')).toBe(false)
  })
})

describe('many patterns', () => {
  it('match a path as each of them does, in their order', () => {
    const paths = fc.constantFrom(...TREE, 'data/b', 'sub/data/a.json/x', 'b/b/b')
    fc.assert(
      fc.property(fc.array(treePattern, { maxLength: 8 }), paths, fc.constantFrom('', '/'), (patterns, path, end) => {
        const all = patterns.map((pattern) => ({ pattern, matcher: compile(pattern + end, nothing) }))
        expect(matchAny(all)(path)).toEqual(all.filter(({ matcher }) => matches(matcher, path)))
      }),
    )
  })

  it('cover a folder, and reach into it, as each of them does', () => {
    const folders = fc.constantFrom('', 'data', 'data/sub', 'sub/data', 'b/b', 'x')
    fc.assert(
      fc.property(
        fc.array(treePattern, { maxLength: 8 }),
        folders,
        fc.constantFrom('', '/'),
        (patterns, folder, end) => {
          const excludes = excludesAmong(
            patterns.map((pattern) => `!${pattern}${end}`),
            nothing,
          )
          const { all } = excludes
          expect(excludes.covering(folder, 0)).toEqual(
            all.filter(({ place, matcher }) => place > 0 && covers(matcher, folder)),
          )
          const reaching = excludes.reaching(folder, 0).toSorted((a, b) => a.place - b.place)
          expect(reaching).toEqual(all.filter(({ place, matcher }) => place > 0 && reachesInto(matcher, folder)))
        },
      ),
    )
  })

  // On Windows no part of a pattern is literal, since case does not matter.
  it.skipIf(process.platform === 'win32')('are not each tried for each of many folders', () => {
    const match = vi.spyOn(Minimatch.prototype, 'match')
    try {
      const folders = Array.from({ length: 200 }, (_, at) => `data/${at}`)
      const excludes = excludesAmong(
        folders.map((folder) => `!${folder}/**`),
        nothing,
      )
      for (const folder of folders) {
        expect([excludes.covering(folder, -1).length, excludes.reaching(folder, -1).length]).toEqual([1, 1])
        expect(excludes.matching(`${folder}/a.json`, -1)).toHaveLength(1)
      }
      expect(match.mock.calls.length).toBeLessThan(10 * folders.length)
    } finally {
      match.mockRestore()
    }
  })

  it('exclude from what stands before them alone', () => {
    const excludes = excludesAmong(['*', '!a.json', '*', '!*.json'], nothing)
    const texts = (place: number) => excludes.matching('a.json', place).map(({ text }) => text)
    expect([texts(0), texts(2)]).toEqual([['!a.json', '!*.json'], ['!*.json']])
  })
})

describe('a pattern', () => {
  it.each([
    ['data', true],
    ['!data', false],
    [' ! ! data', true],
    ['! !! data', false],
  ])('includes or not by its marks: %s', (pattern, expected) => {
    expect(isInclude(pattern)).toBe(expected)
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
    ['! !! data/*.json', '/w', '/', '!!!/w/data/*.json'],
    ['!.\\./data/*.json', 'D:\\a\\repo', '\\', '!D:\\a\\repo/data/*.json'],
    ['*.json', 'D:\\a [1]\\repo', '\\', 'D:\\a [[]1]\\repo/*.json'],
  ])('%s in %s with %s', (line, workspace, sep, expected) => {
    expect(anchor(line, workspace, sep)).toBe(expected)
  })
})
