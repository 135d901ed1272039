import { relative } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { excludesAmong, namesIn } from '../../src/github/pattern.ts'
import { searchByWalk } from '../../src/github/walk.ts'
import { TREE, globbed, linkEndlessly, openTree, silently, treePattern } from '../support/files/search-tree.ts'
import { never } from '../support/time/never.ts'

describe('a walk', () => {
  it('finds what @actions/glob finds, where that can search by itself', async () => {
    await using tree = await openTree()
    const { home } = tree
    await tree.write(...TREE)
    const excludes = fc.array(treePattern, { maxLength: 2 })
    await fc.assert(
      fc.asyncProperty(treePattern, excludes, fc.constantFrom('', '/'), async (include, less, end) => {
        const lines = [include + end, ...less.map((one) => `!${one}`)]
        const known = (await silently(() => globbed(home, lines))) ?? []
        const expected = known.map((found) => relative(home, found)).toSorted()
        const search = { pattern: include + end, place: 0, excludes: excludesAmong(lines, namesIn(home)) }
        const walked = await searchByWalk(search, home, never())
        const paths = walked.paths.map((found) => relative(home, found)).toSorted()
        expect(paths, lines.join('\n')).toEqual(expected)
      }),
    )
  })

  it.each([
    ['finds', '**/*.json', []],
    ['counts what excludes take away', '**', ['!**']],
  ])('ends with the signal while it %s', async (_, include, excludes) => {
    await using tree = await openTree()
    await linkEndlessly(tree.home)
    const search = { pattern: include, place: 0, excludes: excludesAmong([include, ...excludes], namesIn(tree.home)) }
    const walk = searchByWalk(search, tree.home, AbortSignal.timeout(200))
    await expect(walk).rejects.toThrow('timeout')
  })
})
