import { posix, win32 } from 'node:path'
import { describe, expect, it } from 'vitest'
import { nameIn } from '../../src/cli/files.ts'

describe('a file that is named on the command line', () => {
  it.each([
    ['C:\\work\\data', 'C:\\work\\data\\eu\\members.csv', { name: 'eu/members.csv', isOutside: false }],
    ['C:\\work\\data', 'C:\\work\\export.csv', { name: 'export.csv', isOutside: true }],
    ['C:\\work\\data', 'D:\\export.csv', { name: 'export.csv', isOutside: true }],
    ['C:\\work\\data', '\\\\server\\share\\export.csv', { name: 'export.csv', isOutside: true }],
  ])('has a name with slashes on Windows: %s, %s', (folder, path, name) => {
    expect(nameIn(folder, path, win32)).toEqual(name)
  })

  it('may have a backslash in its name elsewhere', () => {
    expect(nameIn('/home/ada', '/home/ada/a\\b.csv', posix)).toEqual({ name: 'a\\b.csv', isOutside: false })
    expect(nameIn('/home/ada', '/other/b.csv', posix)).toEqual({ name: 'b.csv', isOutside: true })
  })
})
