import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FoundFile, chooseFormat, discover, shardOf, takeShard } from '../../src/files/discover.ts'
import { InvalidFiles } from '../../src/files/refusal.ts'
import type { WorkspaceFile } from '../../src/github/file.ts'
import type { PatternMatch, Workspace } from '../../src/github/workspace.ts'
import { bytesContent } from '../../src/lib/content.ts'
import { compareBytes } from '../../src/lib/text.ts'
import { contextOf } from '../support/runs/context.ts'
import { caught } from '../support/caught.ts'
import { type Heard, heard } from '../support/runs/heard.ts'
import { noScratchTree, scratchInMemory } from '../support/runs/kept-in-memory.ts'
import { workspaceFile } from '../support/make.ts'

type Matches = Readonly<Record<string, readonly WorkspaceFile[]>>

/** A workspace in which each pattern finds what is written down for it. */
function workspaceOf(matches: Matches): Workspace {
  return {
    find: async (patterns) =>
      patterns.map((pattern) => ({ pattern, files: matches[pattern] ?? [], excluded: 0, usedExcludes: [] })),
    read: () => Promise.reject(new Error('Nothing is read here')),
    keep: scratchInMemory,
    keepTree: noScratchTree,
    write: () => Promise.reject(new Error('Nothing is written here')),
    [Symbol.asyncDispose]: async () => undefined,
  }
}

type Replaces = 'nothing' | 'previous'

function run(matches: Matches, say: Heard = heard(), kind: Replaces = 'nothing'): Promise<readonly FoundFile[]> {
  const sought = { patterns: Object.keys(matches), format: 'auto', replayPredecessors: { kind } } as const
  return discover(sought, contextOf({ workspace: workspaceOf(matches), log: say }))
}

/** As {@link run}, with all that a search tells. */
function seek(
  patterns: readonly string[],
  matches: readonly PatternMatch[],
  say: Heard,
): Promise<readonly FoundFile[]> {
  const workspace = { ...workspaceOf({}), find: async () => matches }
  const sought = { patterns, format: 'auto', replayPredecessors: { kind: 'nothing' } } as const
  return discover(sought, contextOf({ workspace, log: say }))
}

describe('a file that has several names (hard links, or a folder that is mounted twice)', () => {
  const shared = (path: string, sharedId?: string) => workspaceFile(path, { sharedId })

  it('is sent once, under the first of them, and a warning names them all', async () => {
    const say = heard()
    const found = await run({ '*': [shared('b.json', '1:7'), shared('a.json', '1:7'), shared('c.json', '1:8')] }, say)
    expect(found.map(({ path }) => path)).toEqual(['a.json', 'c.json'])
    expect(say.warnings).toEqual([expect.stringMatching(/sent once.*: "a\.json" = "b\.json"\. /)])
  })

  it('is several files in several partitions, whose values are read from the names', async () => {
    const say = heard()
    const found = await run({ '**': [shared('day=1/a.json', '1:7'), shared('day=2/a.json', '1:7')] }, say)
    expect([found.length, say.warnings]).toEqual([2, []])
  })

  it('is a file like any other where one of its names is found, or where files have no number', async () => {
    const say = heard()
    const found = await run(
      {
        '*': [shared('a.json', '1:7'), shared('c.json', '1:8'), shared('d.json'), shared('e.json')],
        'a*': [shared('a.json', '1:7')],
      },
      say,
    )
    expect([found.length, say.warnings]).toEqual([4, []])
  })
})

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

  it('are warned of once when many patterns match nothing', async () => {
    const say = heard()
    await run({ 'a/*': [workspaceFile('a/x.json')], 'b/*': [], 'c/*': [], 'd/*': [] }, say)
    expect(say.warnings).toEqual(['3 patterns of "glob" match no file: "b/*", "c/*", "d/*"'])
  })

  it('are refused when one of several patterns matches nothing and the content replaces what was there', async () => {
    const matches = { 'a/*': [workspaceFile('a/x.json')], 'b/*': [] }
    const text = 'Cannot replace the earlier data: nothing matches "b/*" of "glob"'
    await expect(run(matches, heard(), 'previous')).rejects.toThrow(text)
  })

  it('are warned of with what was meant when a pattern has a slip', async () => {
    const say = heard()
    await run({ 'a/*': [workspaceFile('a/x.json')], '"b/*"': [] }, say)
    const hint = 'write one pattern per line, without quotes: "b/*"'
    expect(say.warnings).toEqual([`The pattern "\\"b/*\\"" of "glob" matches no file (${hint})`])
  })

  it('are warned of with the file that a pattern would match in another case', async () => {
    const say = heard()
    const none = { excluded: 0, usedExcludes: [] }
    const matches = [
      { pattern: 'a/*', files: [workspaceFile('a/x.json')], ...none },
      { pattern: 'b/*', files: [], ...none, otherCase: 'B/y.json' },
    ]
    const hint = 'upper and lower case matter: did you mean "B/y.json"?'
    await seek(['a/*', 'b/*'], matches, say)
    expect(say.warnings).toEqual([`The pattern "b/*" of "glob" matches no file (${hint})`])
  })

  it('are warned of when a pattern matches only what is excluded', async () => {
    const say = heard()
    const matches = [
      { pattern: 'a/*', files: [workspaceFile('a/x.json')], excluded: 0, usedExcludes: [] },
      { pattern: 'b.json', files: [], excluded: 1, usedExcludes: ['!b.json'] },
    ]
    await seek(['a/*', 'b.json', '!b.json'], matches, say)
    expect(say.warnings).toEqual(['The pattern "b.json" of "glob" matches only excluded files: 1 file'])
  })

  it('are warned of when an exclude takes nothing away', async () => {
    const say = heard()
    const matches = [{ pattern: 'a/*', files: [workspaceFile('a/x.json')], excluded: 0, usedExcludes: ['!a/y'] }]
    await seek(['!a/x.json', 'a/*', '!a/y', '!tests/**', '!a/x.json # old'], matches, say)
    expect(say.warnings).toEqual([
      '3 patterns of "glob" exclude nothing: "!a/x.json": it precedes every pattern that matches files; move it below them; "!tests/**"; "!a/x.json # old" (write one pattern per line, without a trailing comment: "!a/x.json")',
    ])
  })

  it.each([
    [['a/*', '!b'], 'The pattern "!b" of "glob" excludes nothing'],
    [['a/*', ...Array.from({ length: 12 }, (_, index) => `!b${index}`)], '12 patterns of "glob" exclude nothing: '],
  ])('are warned of once, however many excludes take nothing away: %j', async (patterns, text) => {
    const say = heard()
    const matches = [{ pattern: 'a/*', files: [workspaceFile('a/x.json')], excluded: 0, usedExcludes: [] }]
    await seek(patterns, matches, say)
    expect(say.warnings).toEqual([expect.stringContaining(text)])
  })

  it('are warned of once where several patterns match only excluded files', async () => {
    const say = heard()
    const matches = ['a/*', 'b/*', 'c/*'].map((pattern, index) => ({
      pattern,
      files: index === 0 ? [workspaceFile('a/x.json')] : [],
      excluded: index,
      usedExcludes: ['!**/y'],
    }))
    await seek(['a/*', 'b/*', 'c/*', '!**/y'], matches, say)
    expect(say.warnings).toEqual(['2 patterns of "glob" match only excluded files: "b/*": 1 file; "c/*": 2 files'])
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

  it('are all refused, and twenty of them named, however many there are', async () => {
    const many = Array.from({ length: 3_000 }, (_, index) => workspaceFile(`_${index}.json`))
    const error = await caught(run({ '**': many }))
    if (!(error instanceof InvalidFiles)) throw error
    expect(error.refusals).toHaveLength(3_000)
    expect(error.message.split('\n')).toHaveLength(22)
    expect(error.message).toMatch(/\n- and 2,980 more problems$/)
    expect(error.remedy.split('\n')).toHaveLength(1)
  })

  it('have each what helps it, where not the same helps all', () => {
    const empty = { reason: 'is empty', remedy: 'Exclude it.' }
    const problem = new InvalidFiles([
      { path: 'a.json', ...empty },
      { path: 'b.json', reason: 'is compressed (gzip)', remedy: 'Decompress it.' },
    ])
    expect(problem.message.split('\n').slice(1)).toEqual([
      '- "a.json" is empty. Exclude it.',
      '- "b.json" is compressed (gzip). Decompress it.',
    ])
    expect(problem.remedy).toBe('Fix each file as its line says, or exclude it.')
    const alike = new InvalidFiles(['a.json', 'b.json'].map((path) => ({ path, ...empty })))
    expect(alike.message.split('\n').slice(1)).toEqual(['- "a.json" is empty', '- "b.json" is empty'])
    expect(alike.remedy).toBe('Exclude it.')
  })

  it('are warned of in one short line where thousands of patterns match no file', async () => {
    const say = heard()
    const names = Array.from({ length: 3_000 }, (_, index) => [`"x${index}"`, []] as const)
    await run({ 'a/*': [workspaceFile('a/x.json')], ...Object.fromEntries(names) }, say)
    expect(say.warnings).toEqual([expect.stringMatching(/^3000 patterns of "glob" match no file: .* and 2980 more$/)])
    expect(say.warnings.join().length).toBeLessThan(5_000)
  })

  it('are refused when the value of a partition would be changed', async () => {
    const error = await caught(run({ '**': [workspaceFile('city=Köln/a.json')] }))
    expect(error).toMatchObject({ name: 'InvalidFiles', message: expect.stringContaining('"city=Köln"') })
  })
})

describe('a file that is reached twice', () => {
  it('by two patterns is one line of the log, however many files there are', async () => {
    const say = heard()
    const files = [workspaceFile('a.json'), workspaceFile('b.json')]
    await run({ '*': files, '*.json': files }, say)
    expect(say.infos).toEqual(['2 files are sent once each, although several patterns match them'])
  })

  it('by two patterns is sent once, which is said', async () => {
    const say = heard()
    const file = workspaceFile('a.json')
    expect(await run({ 'a*': [file], '*.json': [file] }, say)).toHaveLength(1)
    expect(say.infos).toEqual(['"a.json" is sent once, although several patterns match it'])
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

describe('the format of a batch', () => {
  it.each([
    [['a.json', 'b.jsonl', 'c.NDJSON'], 'json'],
    [['x/a.parquet'], 'parquet'],
    [['a.csv', 'b.CSV'], 'csv'],
  ])('of %j is %s by the extensions', (paths, format) => expect(chooseFormat(paths, 'auto')).toBe(format))

  it('is what was asked for, whatever the extensions', () => {
    expect(chooseFormat(['a.txt', 'b.csv'], 'json')).toBe('json')
  })

  it('is not chosen from a mixture, whose files are listed by format', () => {
    expect(() => chooseFormat(['a.json', 'b.csv', 'c.csv'], 'auto')).toThrow(
      /- json: "a\.json"\n- csv: "b\.csv", "c\.csv"/,
    )
  })

  it.each([['a.txt'], ['README'], ['.json/a'], ['v1.json/data']])('is not guessed for %j', (path) => {
    expect(() => chooseFormat([path], 'auto')).toThrow(`- neither: ${JSON.stringify(path)}`)
  })
})

const names = fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1 }), { maxLength: 50 })
const numbers = fc.integer({ min: 1, max: 256 })
const silent = { info: () => undefined, warning: () => undefined }

const found = (name: string): FoundFile => ({
  path: name,
  name,
  format: 'json',
  content: bytesContent(Buffer.from('{}')),
})
const namesIn = (files: readonly FoundFile[]) => files.map(({ name }) => name)
const take = (all: readonly string[], number: number, of: number) =>
  namesIn(takeShard(all.map(found), { number, of }, silent))

describe('shares', () => {
  it('hold each file once, whatever the names and the number of shares', () => {
    fc.assert(
      fc.property(names, numbers, (all, of) => {
        const shares = Array.from({ length: of }, (_, index) => take(all, index + 1, of))
        expect(shares.flat().toSorted()).toEqual(all.toSorted())
      }),
    )
  })

  it('keep a file whatever other files come and go', () => {
    fc.assert(
      fc.property(names, names, fc.string(), numbers, (some, others, name, of) => {
        const number = shardOf(name, of)
        for (const beside of [some, others]) {
          expect(take([...beside.filter((other) => other !== name), name], number, of)).toContain(name)
        }
      }),
    )
  })

  it('keep the order of the files', () => {
    fc.assert(
      fc.property(names, numbers, (all, of) => {
        const share = take(all, 1, of)
        expect(share).toEqual(all.filter((name) => share.includes(name)))
      }),
    )
  })

  it('are about as large as one another', () => {
    const all = Array.from({ length: 8_000 }, (_, i) => `data/part-${i}.parquet`)
    const sizes = Array.from({ length: 8 }, (_, index) => take(all, index + 1, 8).length)
    expect(Math.min(...sizes)).toBeGreaterThan(900)
    expect(Math.max(...sizes)).toBeLessThan(1_100)
  })

  it('of a name stay what they were: another hash would publish files twice, or never', () => {
    const shares = ['data/eu.jsonl', 'data/us.jsonl', 'day=2026-01-01/part-0.parquet'].map((name) => shardOf(name, 8))
    expect(shares).toEqual([3, 4, 6])
  })

  it('say how many of the files they are', () => {
    const lines: string[] = []
    const all = ['a', 'b', 'c'].map(found)
    const share = takeShard(all, { number: 2, of: 3 }, { ...silent, info: (line) => void lines.push(line) })
    expect(lines).toEqual([`Shard 2 of 3: ${share.length} of 3 files`])
  })

  it('are all files, and nothing is said, where nothing is shared', () => {
    const all = ['a', 'b'].map(found)
    const loud = () => expect.unreachable()
    expect(takeShard(all, undefined, { info: loud, warning: loud })).toEqual(all)
  })
})
