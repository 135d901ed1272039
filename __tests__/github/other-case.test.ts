import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findInOtherCase } from '../../src/github/other-case.ts'
import { caught } from '../support/caught.ts'
import { never } from '../support/time/never.ts'
import { openTree } from '../support/files/search-tree.ts'

let tree: Awaited<ReturnType<typeof openTree>>
beforeEach(async () => void (tree = await openTree()))
afterEach(() => tree[Symbol.asyncDispose]())

const write = (...paths: readonly string[]) => tree.write(...paths)

async function guess(...patterns: readonly string[]) {
  return Object.fromEntries(await findInOtherCase(patterns, { workspace: tree.home, signal: never() }))
}

// Windows ignores case in every search.
describe.skipIf(process.platform === 'win32')('for a pattern that finds nothing', () => {
  it.each(['upper/*.jsonl', './Upper/b.JSONL', '**/B.jsonl', 'UPPER', 'upper/[a-c].jsonl'])(
    '%s, a file is found whose name differs in case alone',
    async (pattern) => {
      await write('Upper/b.jsonl', 'Upper/z.csv')
      expect(await guess(pattern)).toEqual({ [pattern]: 'Upper/b.jsonl' })
    },
  )

  it('the first file by name is found, each time', async () => {
    await write('Lots/b.json', 'Lots/a.json', 'Lots/c.json')
    expect(await guess('lots/*.json')).toEqual({ 'lots/*.json': 'Lots/a.json' })
  })

  it('nothing is found that differs in more, is hidden or is a link', async () => {
    await write('Data/b.jsonl', '.Hidden/a.json', 'Data/.X.jsonl')
    await symlink(join(tree.home, 'Data'), join(tree.home, 'Links'))
    expect(await guess('datas/*.jsonl', '.hidden/*', 'data/x.jsonl', 'links/*')).toEqual({})
  })

  it('no more than twenty patterns are looked for', async () => {
    await write('Many/a.json')
    const patterns = Array.from({ length: 30 }, (_, at) => `many/${'?'.repeat(at % 2)}*.json${at < 20 ? '' : 'l'}`)
    expect(Object.keys(await guess(...patterns, 'MANY/*'))).not.toContain('MANY/*')
  })

  it('a cancel ends the search', async () => {
    const signal = AbortSignal.abort(new Error('stop'))
    expect(await caught(findInOtherCase(['a'], { workspace: tree.home, signal }))).toBe(signal.reason)
  })
})
