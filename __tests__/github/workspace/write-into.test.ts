import { execFile } from 'node:child_process'
import { chmod, link, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeInto } from '../../../src/github/workspace.ts'
import { caught } from '../../support/caught.ts'

/** It has neither modes nor pipes in folders. */
const isWindows = process.platform === 'win32'

let home: string
let workspace: string

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'write-into-'))
  workspace = join(home, 'workspace')
  await mkdir(workspace)
})
afterEach(() => rm(home, { recursive: true, force: true }))

async function* texts(...all: readonly string[]): AsyncGenerator<string> {
  yield* all
}

const write = (path: string, ...all: readonly string[]) => writeInto(workspace, path, texts(...all))
const at = (path: string) => join(workspace, path)
const modeOf = async (path: string) => ((await stat(at(path))).mode & 0o777).toString(8)

describe('a file that is written into the workspace', () => {
  it('holds the texts one after the other, in folders that are made for it', async () => {
    await write('a/b/c.jsonl', 'one\n', '', 'two\n')
    expect(await readFile(at('a/b/c.jsonl'), 'utf8')).toBe('one\ntwo\n')
  })

  it('takes the place of what was there', async () => {
    await writeFile(at('c.jsonl'), 'x'.repeat(1_000))
    await write('c.jsonl', 'new')
    expect(await readFile(at('c.jsonl'), 'utf8')).toBe('new')
  })

  it.skipIf(isWindows)('is for this user alone, whoever could read what was there', async () => {
    await write('new.jsonl', 'x')
    expect(await modeOf('new.jsonl')).toBe('600')
    await writeFile(at('c.jsonl'), 'x')
    await chmod(at('c.jsonl'), 0o666)
    await write('c.jsonl', 'new')
    expect(await modeOf('c.jsonl')).toBe('600')
  })

  it('is empty where there are no texts', async () => {
    await write('c.jsonl')
    expect(await readFile(at('c.jsonl'), 'utf8')).toBe('')
  })

  it('may have a name that begins with two dots', async () => {
    await write('..c/c.jsonl', 'x')
    expect(await readdir(workspace)).toEqual(['..c'])
  })
})

describe('a file that may not be written', () => {
  it.each(['out/c.jsonl', 'out/new/folders/c.jsonl'])('lies outside, beyond a link: %s', async (path) => {
    await mkdir(join(home, 'elsewhere'))
    await symlink('../elsewhere', at('out'))
    expect(await caught(write(path, 'x'))).toMatchObject({
      message: expect.stringContaining('a link to a place outside the workspace'),
    })
    expect(await readdir(join(home, 'elsewhere'))).toEqual([])
  })

  it.each([
    ['to a file outside', '../outside'],
    ['to a file inside', 'inside'],
    ['to nothing', 'nothing'],
  ])('is a link %s', async (_, target) => {
    await writeFile(at('inside'), 'mine')
    await writeFile(join(home, 'outside'), 'mine')
    await symlink(target, at('c.jsonl'))
    expect(await caught(write('c.jsonl', 'x'))).toMatchObject({
      message: expect.stringContaining('a link at this path'),
    })
    expect(await readFile(at('inside'), 'utf8')).toBe('mine')
    expect(await readFile(join(home, 'outside'), 'utf8')).toBe('mine')
    expect((await readdir(workspace)).toSorted()).toEqual(['c.jsonl', 'inside'])
  })

  it('lies beyond a link that stays inside', async () => {
    await mkdir(at('build'))
    await symlink('build', at('out'))
    expect(await caught(write('out/c.jsonl', 'x'))).toMatchObject({
      message: expect.stringContaining('one of its folders is a link'),
    })
    expect(await readdir(at('build'))).toEqual([])
  })

  it('is a second name of a file', async () => {
    await writeFile(at('a'), 'old')
    await link(at('a'), at('b'))
    expect(await caught(write('b', 'new'))).toMatchObject({ message: expect.stringContaining('several hard links') })
    expect(await readFile(at('a'), 'utf8')).toBe('old')
  })

  it.each(['.git/hooks/post-checkout', '.GIT/c', 'sub/.git/c', '.git. /c', 'git~1/c', '.g\u200cit/c'])(
    'is in the folder of Git: %j',
    async (path) => {
      expect(await caught(write(path, 'x'))).toMatchObject({ message: expect.stringContaining('the .git folder') })
      expect(await readdir(workspace)).toEqual([])
    },
  )

  it('is a folder', async () => {
    await mkdir(at('c'))
    expect(await caught(write('c', 'x'))).toMatchObject({ name: 'Problem', remedy: expect.stringContaining('path') })
  })

  it.skipIf(isWindows)('is a pipe, which nobody may ever read', async () => {
    await promisify(execFile)('mkfifo', [at('c.jsonl')])
    expect(await caught(write('c.jsonl', 'x'))).toMatchObject({ message: expect.stringContaining('Cannot write') })
  })

  it('lies in what is no folder', async () => {
    await writeFile(at('a'), '')
    expect(await caught(write('a/c.jsonl', 'x'))).toMatchObject({ message: expect.stringContaining('"a/c.jsonl"') })
  })

  it('has texts that end in an error, which is said', async () => {
    const broken = async function* () {
      yield 'one\n'
      throw new Error('no more')
    }
    expect(await caught(writeInto(workspace, 'c.jsonl', broken()))).toMatchObject({
      message: expect.stringContaining('no more'),
    })
  })
})
