import { lstat, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { outputOf, writeOutput } from '../../src/cli/output.ts'
import type { Shell } from '../../src/cli/shell.ts'

type Options = Readonly<Record<string, string>>

async function folderWith(files: Readonly<Record<string, string>>) {
  const folder = await mkdtemp(join(tmpdir(), 'output-'))
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  const chosen = (options: Options) =>
    outputOf({ command: 'schema', inputs: new Map(), own: new Map(Object.entries(options)), files: [] }, {
      folder,
    } as Shell)
  const write = async (options: Options, text: string) => {
    const output = await chosen(options)
    if (output === undefined || typeof output === 'string') throw new Error(`refused: ${output}`)
    await writeOutput(output, text)
  }
  const read = (name: string) => readFile(join(folder, name), 'utf8')
  return { folder, chosen, write, read, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
}

describe('the file of --output', () => {
  it('is made, with its folder, and nothing else is', async () => {
    await using own = await folderWith({ 'a.json.new': 'mine' })
    await own.write({ output: 'a.json' }, 'A')
    await own.write({ output: 'a.json', force: '' }, 'B')
    await own.write({ output: 'b/c.json' }, 'C')
    expect([await own.read('a.json'), await own.read('b/c.json')]).toEqual(['B', 'C'])
    expect(await own.read('a.json.new')).toBe('mine')
    expect((await readdir(own.folder)).toSorted()).toEqual(['a.json', 'a.json.new', 'b'])
  })

  it.each([
    [{ output: 'there.json' }, '--output: "there.json" exists; --force overwrites it'],
    [{ output: '', force: '' }, '--output needs the name of a file'],
    [{ output: '.', force: '' }, '--output: "." is a folder; name a file'],
    [{ force: '' }, '--force is for the file of --output, and there is none'],
  ])('is refused before anything is read: %j', async (options, fault) => {
    await using own = await folderWith({ 'there.json': '' })
    expect(await own.chosen(options)).toBe(fault)
  })

  it('that another program made meanwhile is left as it is', async () => {
    await using own = await folderWith({})
    const output = await own.chosen({ output: 'late.json' })
    await writeFile(join(own.folder, 'late.json'), 'theirs')
    if (output === undefined || typeof output === 'string') throw new Error('refused')
    await expect(writeOutput(output, 'ours')).rejects.toThrow('Cannot write "late.json": EEXIST')
    expect(await own.read('late.json')).toBe('theirs')
  })

  it.skipIf(process.platform === 'win32')('stays the link that it is, and what is no file is written to', async () => {
    await using own = await folderWith({ 'real.json': 'old' })
    await symlink('real.json', join(own.folder, 'link.json'))
    await symlink('/dev/null', join(own.folder, 'null'))
    await own.write({ output: 'link.json', force: '' }, 'new')
    await own.write({ output: 'null', force: '' }, 'gone')
    expect(await own.read('real.json')).toBe('new')
    for (const name of ['link.json', 'null']) expect((await lstat(join(own.folder, name))).isSymbolicLink()).toBe(true)
    expect((await lstat('/dev/null')).isCharacterDevice()).toBe(true)
  })

  it('that leads nowhere is a file that is there', async () => {
    await using own = await folderWith({})
    await symlink('nowhere.json', join(own.folder, 'a.json'))
    expect(await own.chosen({ output: 'a.json' })).toBe('--output: "a.json" exists; --force overwrites it')
  })

  it('says what the system says, and no name of ours', async () => {
    await using own = await folderWith({ file: '' })
    await mkdir(join(own.folder, 'folder'))
    const refused = own.write({ output: 'file/a.json', force: '' }, 'A')
    await expect(refused).rejects.toThrow(/^Cannot write "file\/a\.json": \w+: [a-z ]+$/)
  })
})
