import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareBytes } from '../../../src/lib/text.ts'
import type { WorkspaceFile } from '../../../src/github/file.ts'
import type { Workspace } from '../../../src/github/workspace.ts'
import { discover, type FoundFile } from '../../../src/files/discover.ts'
import { InvalidFiles } from '../../../src/files/discover.ts'
import { caught } from '../../support/caught.ts'
import { heard, type Heard } from '../../support/heard.ts'
import { workspaceFile } from '../../support/make.ts'
import { keptInMemory } from '../../support/kept-in-memory.ts'

type Matches = Readonly<Record<string, readonly WorkspaceFile[]>>

/** A workspace in which each pattern finds what is written down for it. */
function workspaceOf(matches: Matches): Workspace {
  return {
    find: async (patterns) => patterns.map((pattern) => ({ pattern, files: matches[pattern] ?? [] })),
    read: () => Promise.reject(new Error('Nothing is read here')),
    keep: keptInMemory,
    write: () => Promise.reject(new Error('Nothing is written here')),
    [Symbol.asyncDispose]: async () => undefined,
  }
}

type Replaces = 'nothing' | 'previous'

function run(matches: Matches, say: Heard = heard(), kind: Replaces = 'nothing'): Promise<readonly FoundFile[]> {
  const sought = { patterns: Object.keys(matches), format: 'auto', replayPredecessors: { kind } } as const
  return discover(sought, { workspace: workspaceOf(matches), say })
}

describe('the files to publish', () => {
  it('come in the bytewise order of their remote names, whatever the order they were found in', async () => {
    const paths = fc.uniqueArray(fc.stringMatching(/^[A-Za-z0-9é ]{1,8}(\/[a-z=]{1,4})?$/), { minLength: 1 })
    await fc.assert(
      fc.asyncProperty(paths, async (names) => {
        const files = names.filter((name) => !name.includes('=')).map((name) => workspaceFile(`${name}.json`))
        const found = await run({ '**': files })
        expect(found.map(({ name }) => name)).toEqual(found.map(({ name }) => name).toSorted(compareBytes))
        expect(new Set(found.map(({ path }) => path))).toEqual(new Set(files.map(({ path }) => path)))
      }),
    )
  })

  it('are none when no pattern matches, about which nothing is said here', async () => {
    const say = heard()
    expect(await run({ 'a/*': [], 'b/*': [] }, say)).toEqual([])
    expect(say.warnings).toEqual([])
  })

  it('are warned of when one of several patterns matches nothing', async () => {
    const say = heard()
    await run({ 'a/*': [workspaceFile('a/x.json')], 'b/*': [] }, say)
    expect(say.warnings).toEqual(['The pattern "b/*" of "glob" matches no file'])
  })

  it('are refused when one of several patterns matches nothing and the content replaces what was there', async () => {
    const matches = { 'a/*': [workspaceFile('a/x.json')], 'b/*': [] }
    const text = 'Cannot replace what was published before: nothing matches "b/*" of "glob"'
    await expect(run(matches, heard(), 'previous')).rejects.toThrow(text)
  })

  it('leave out what begins with a dot, and say so', async () => {
    const say = heard()
    const found = await run({ '**': [workspaceFile('.x/a.json'), workspaceFile('b.json')] }, say)
    expect(found.map(({ path }) => path)).toEqual(['b.json'])
    expect(say.infos.join()).toContain('".x/a.json"')
  })

  it('are refused all together when names must not be sent', async () => {
    const error = await caught(
      run({ '**': [workspaceFile('_a.json'), workspaceFile('x/_b/c.json'), workspaceFile('d.json')] }),
    )
    expect(error).toBeInstanceOf(InvalidFiles)
    expect(error).toMatchObject({ refusals: [{ path: '_a.json' }, { path: 'x/_b/c.json' }] })
  })

  it('are refused when the value of a partition would be changed', async () => {
    const error = await caught(run({ '**': [workspaceFile('city=Köln/a.json')] }))
    expect(error).toMatchObject({ name: 'InvalidFiles', message: expect.stringContaining('"city=Köln"') })
  })
})

describe('a file that is reached twice', () => {
  it('by two patterns is sent once, which is said', async () => {
    const say = heard()
    const file = workspaceFile('a.json')
    expect(await run({ 'a*': [file], '*.json': [file] }, say)).toHaveLength(1)
    expect(say.infos).toEqual(['"a.json" is sent once, though several patterns match it'])
  })

  it('through a link is sent once, by its own name', async () => {
    const say = heard()
    const link = workspaceFile('0-link.json', { identity: '/w/real.json', isLinked: true })
    const real = workspaceFile('real.json', { identity: '/w/real.json' })
    const found = await run({ '*': [link, real] }, say)
    expect(found.map(({ path }) => path)).toEqual(['real.json'])
    expect(say.infos.join()).toContain('"0-link.json"')
  })
})
