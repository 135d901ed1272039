import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findChangedPartition, remoteName } from '../../src/files/names.ts'

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
    ['x/filter=a=b c/a.json', 'filter=a=b c'],
    ['=b c/a.json', undefined],
    ['a=ü.json', undefined],
    [`k=${'v'.repeat(300)}/a.json`, `k=${'v'.repeat(300)}`],
  ])('is found in %j: %j', (text, folder) => expect(findChangedPartition(text)).toBe(folder))
})
