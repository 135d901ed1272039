import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findChangedPartition, remoteName, sortHidden } from '../../../src/files/discover.ts'
import { workspaceFile } from '../../support/make.ts'

const segment = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((text) => !text.includes('/'))
const anyPath = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/'))
const safe = fc
  .array(fc.stringMatching(/^[A-Za-z0-9._=-]{1,20}$/), { minLength: 1, maxLength: 4 })
  .map((segments) => segments.join('/'))

const composed = (text: string) => text.normalize('NFC')

describe('the remote name of a file', () => {
  it('has only characters that need no thought, and as many segments as the path', () => {
    fc.assert(
      fc.property(anyPath, (text) => {
        const name = remoteName(text)
        expect(name).toMatch(/^[A-Za-z0-9._=/-]+$/)
        expect(name.split('/')).toHaveLength(text.split('/').length)
      }),
    )
  })

  it('is the path itself when that is safe', () => {
    fc.assert(fc.property(safe, (text) => remoteName(text) === text))
  })

  it('is another one for another path', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyPath, { minLength: 2, maxLength: 50, selector: composed }), (paths) => {
        expect(new Set(paths.map(remoteName)).size).toBe(paths.length)
      }),
    )
  })

  it.each([
    ['data/members.json', /^data\/members\.json$/],
    ['data/a b.json', /^data\/a-b-[0-9a-f]{8}\.json$/],
    ['a b/c.json', /^a-b\/c-[0-9a-f]{8}\.json$/],
    ['größe.tar.gz', /^gr--e.tar-[0-9a-f]{8}\.gz$|^gr-(-)?e\.tar-[0-9a-f]{8}\.gz$/],
    ['day=2026-01-01/ü.parquet', /^day=2026-01-01\/--[0-9a-f]{8}\.parquet$/],
    ['v1.0/no extension', /^v1\.0\/no-extension-[0-9a-f]{8}$/],
    ['\u{1F600}.csv', /^--[0-9a-f]{8}\.csv$/],
  ])('of %j is like %s', (text, pattern) => {
    expect(remoteName(text)).toMatch(pattern)
  })

  it('is the same whether the system composes its letters or not, as macOS may not', () => {
    fc.assert(
      fc.property(anyPath, (text) => {
        expect(remoteName(text.normalize('NFD'))).toBe(remoteName(text.normalize('NFC')))
      }),
    )
    expect(remoteName('cafe\u0301.json')).toMatch(/^caf--[0-9a-f]{8}\.json$/)
  })

  it('is short enough, segment by segment, and stays unlike others', () => {
    const long = (last: string) => `${'x'.repeat(300)}/${'y'.repeat(255)}${last}`
    expect(remoteName(long('1')).length).toBeLessThan(450)
    expect(remoteName(long('1'))).not.toBe(remoteName(long('2')))
  })
})

describe('a partition whose value would be changed', () => {
  it.each([
    ['day=2026-01-01/a.json', undefined],
    ['a b/c.json', undefined],
    ['day=2026 01/a.json', 'day=2026 01'],
    ['x/city=Köln/y/a.json', 'city=Köln'],
    ['a=ü.json', undefined],
    [`k=${'v'.repeat(300)}/a.json`, `k=${'v'.repeat(300)}`],
  ])('is found in %j: %j', (text, folder) => expect(findChangedPartition(text)).toBe(folder))
})

type Fate = 'kept' | 'skipped' | 'refused'

const TABLE: readonly (readonly [pattern: string, path: string, fate: Fate])[] = [
  ['data/*.json', 'data/a.json', 'kept'],
  ['**/*.json', 'data/v1.0/a_b.json', 'kept'],
  ['**/*.json', '.git/a.json', 'skipped'],
  ['**/*.json', 'data/.cache/a.json', 'skipped'],
  ['data/*', 'data/.hidden.json', 'skipped'],
  ['.data/*.json', '.data/a.json', 'refused'],
  ['./.data/*.json', '.data/a.json', 'refused'],
  ['data/.hidden.json', 'data/.hidden.json', 'refused'],
  ['.data\\*.json', '.data/a.json', 'refused'],
  ['**/*.json', 'data/_SUCCESS.json', 'refused'],
  ['data/_old/*.json', 'data/_old/a.json', 'refused'],
  ['**/*', '.cache/_temporary/a.json', 'refused'],
]

describe('a file with a hidden name', () => {
  it.each(TABLE)('reached by %s as %s is %s', (pattern, path, fate) => {
    const { kept, skipped, refused } = sortHidden([{ pattern, files: [workspaceFile(path)] }])
    expect({ kept: kept.map((file) => file.path), skipped, refused: refused.map((refusal) => refusal.path) }).toEqual({
      kept: fate === 'kept' ? [path] : [],
      skipped: fate === 'skipped' ? [path] : [],
      refused: fate === 'refused' ? [path] : [],
    })
  })

  it('is not sent through a link that has none: the link is refused, however it was reached', () => {
    const link = workspaceFile('data/b.csv', { isLinked: true, realPath: '.git/config' })
    for (const pattern of ['data/*.csv', 'data/b.csv']) {
      const { kept, skipped, refused } = sortHidden([{ pattern, files: [link] }])
      expect([kept, skipped]).toEqual([[], []])
      expect(refused).toMatchObject([{ path: 'data/b.csv', reason: 'is a link to ".git/config", which is hidden' }])
    }
  })

  it('is refused once, and not also skipped, when one pattern writes it out and another does not', () => {
    const files = [workspaceFile('data/.x.json')]
    const { skipped, refused } = sortHidden([
      { pattern: 'data/*', files },
      { pattern: 'data/.x.json', files },
    ])
    expect([skipped, refused.length]).toEqual([[], 1])
  })

  it.each([
    ['data/_old/a.json', '"!data/_old/**"'],
    ['data/_a.json', '"!data/_a.json"'],
    ['_a.json', '"!_a.json"'],
    ['_x/y.json', '"!_x/**"'],
  ])('%s is refused with the exclude to write, %s', (path, exclude) => {
    const { refused } = sortHidden([{ pattern: '**/*', files: [workspaceFile(path)] }])
    expect(refused[0]?.remedy).toContain(exclude)
  })
})
