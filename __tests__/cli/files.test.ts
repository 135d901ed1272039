import { posix, win32 } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { GivenFiles, nameIn } from '../../src/cli/files.ts'
import { createMemory } from '../../src/github/left-behind.ts'
import { openWorkspace } from '../../src/github/workspace.ts'
import { countListings } from '../support/files/count-listings.ts'
import { openTree } from '../support/files/search-tree.ts'
import { never } from '../support/time/never.ts'

describe('a file that is named on the command line', () => {
  it.each([
    ['C:\\work\\data', 'C:\\work\\data\\eu\\members.csv', { name: 'eu/members.csv', isOutside: false }],
    ['C:\\work\\data', 'C:\\work\\export.csv', { name: 'export.csv', isOutside: true }],
    ['C:\\work\\data', 'D:\\export.csv', { name: 'export.csv', isOutside: true }],
    ['C:\\work\\data', '\\\\server\\share\\export.csv', { name: 'export.csv', isOutside: true }],
  ])('has a name with slashes on Windows: %s, %s', (folder, path, name) => {
    expect(nameIn(folder, path, win32)).toEqual(name)
  })

  it('does not make the action list its folder once more', async () => {
    await using tree = await openTree()
    const names = Array.from({ length: 50 }, (_, index) => `data/${index}.json`)
    await tree.write(...names)
    await using given = new GivenFiles(
      { folder: tree.home, temp: tree.home, input: Readable.from([]) },
      new AbortController().signal,
    )
    for (const name of names) await given.add(name)
    await using inner = openWorkspace(
      { workspace: tree.home, temp: tree.home },
      createMemory(() => undefined),
    )
    const workspace = given.open(inner, ({ content }) => content)
    const listings = await countListings(async () => {
      expect(await workspace.find(given.patterns(), never())).toHaveLength(50)
    })
    expect(listings).toBe(1)
  })

  it('can be meant by a pattern from the root, and no pattern leads out of the folder', async () => {
    await using tree = await openTree()
    await tree.write('data/a.json')
    await using given = new GivenFiles(
      { folder: tree.home, temp: tree.home, input: Readable.from([]) },
      new AbortController().signal,
    )
    for (const word of ['data/*.json', `${tree.home}/data/*.json`, 'other/../data/*']) await given.add(word)
    expect(given.patterns()).toEqual(['data/*.json', 'data/*'])
    for (const word of ['../*.json', '/somewhere/else/*.json']) await given.add(word)
    expect(given.faults).toEqual([
      '"../*.json" is a pattern outside of this folder; name its files',
      '"/somewhere/else/*.json" is a pattern outside of this folder; name its files',
    ])
  })

  it('may have a backslash in its name elsewhere', () => {
    expect(nameIn('/home/ada', '/home/ada/a\\b.csv', posix)).toEqual({ name: 'a\\b.csv', isOutside: false })
    expect(nameIn('/home/ada', '/other/b.csv', posix)).toEqual({ name: 'b.csv', isOutside: true })
  })
})
