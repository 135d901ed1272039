import { posix, win32 } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leadsOut } from '../../src/github/file.ts'
import { pathFrom } from '../../src/github/file.ts'

const styles = [
  { name: 'POSIX', style: posix, folders: ['/', '/home/runner/work/a', '/work [1]*'] },
  { name: 'Windows', style: win32, folders: ['D:\\', 'D:\\a\\repo\\repo', '\\\\server\\share\\repo'] },
] as const

const name = fc.stringMatching(/^[\p{L}\p{N} _=[\]-][\p{L}\p{N} ._=[\]-]{0,7}$/u)
const names = fc.array(name, { minLength: 1, maxLength: 4 })

describe.each(styles)('a path of $name', ({ style, folders }) => {
  const folder = fc.constantFrom(...folders)

  it('counts from the workspace, with a slash between its segments', () => {
    fc.assert(
      fc.property(folder, names, (workspace, segments) => {
        expect(pathFrom(workspace, style.join(workspace, ...segments), style)).toBe(segments.join('/'))
      }),
    )
  })

  it('leads out of no folder that it is in, or that it is', () => {
    fc.assert(
      fc.property(folder, names, (home, segments) => {
        expect([home, style.join(home, ...segments)].filter((path) => leadsOut(home, path, style))).toEqual([])
      }),
    )
  })

  it('leads out of a folder beside its own', () => {
    fc.assert(
      fc.property(
        folder,
        names,
        fc.uniqueArray(name, { minLength: 2, maxLength: 2, selector: (one) => one.toLowerCase() }),
        (above, segments, [own = '', other = '']) => {
          expect(leadsOut(style.join(above, own), style.join(above, other, ...segments), style)).toBe(true)
        },
      ),
    )
  })
})

describe('a path', () => {
  it.each([
    ['to another drive', 'D:\\a\\repo', 'C:\\secret.jsonl', win32, true],
    ['to a share', 'D:\\a\\repo', '\\\\server\\share\\secret.jsonl', win32, true],
    ['in another case, on Windows', 'D:\\a\\Repo', 'd:\\A\\repo\\x.jsonl', win32, false],
    ['in another case, elsewhere', '/a/Repo', '/a/repo/x.jsonl', posix, true],
    ['whose first segment begins with two dots', '/a', '/a/..b/c', posix, false],
    ['of a folder whose name goes on', '/a/repo', '/a/repo-2/x', posix, true],
  ] as const)('%s: whether it leads out', (_, folder, path, style, expected) => {
    expect(leadsOut(folder, path, style)).toBe(expected)
  })

  it('keeps the backslash of a name where that is no separator', () => {
    expect(pathFrom('/w', '/w/a\\b/c.json', posix)).toBe('a\\b/c.json')
    expect(pathFrom('D:\\w', 'D:\\w\\a\\b\\c.json', win32)).toBe('a/b/c.json')
  })
})
