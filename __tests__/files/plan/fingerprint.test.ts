import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fingerprint, type IngestSettings, type SourceFile } from '../../../src/files/plan.ts'

const READING: IngestSettings = {
  dataset: 'd',
  sandbox: 'dev',
  format: 'csv',
  upsert: false,
  options: { delimiter: ',', quote: '"' },
}
const SOURCES: readonly SourceFile[] = [
  { name: 'a', sha256: '1' },
  { name: 'b', sha256: '2' },
]

const OTHERS: readonly (readonly [string, Partial<IngestSettings>, readonly SourceFile[]])[] = [
  ['the dataset', { dataset: 'e' }, SOURCES],
  ['the sandbox', { sandbox: 'prod' }, SOURCES],
  ['the format', { format: 'json' }, SOURCES],
  ['upsert', { upsert: true }, SOURCES],
  ['the value of an option', { options: { delimiter: ';', quote: '"' } }, SOURCES],
  ['an option more', { options: { delimiter: ',', quote: '"', escape: '"' } }, SOURCES],
  [
    'the content of a file',
    {},
    [
      { name: 'a', sha256: '9' },
      { name: 'b', sha256: '2' },
    ],
  ],
  [
    'the name of a file',
    {},
    [
      { name: 'a', sha256: '1' },
      { name: 'c', sha256: '2' },
    ],
  ],
  ['a file less', {}, SOURCES.slice(0, 1)],
  [
    'the contents of two files exchanged',
    {},
    [
      { name: 'a', sha256: '2' },
      { name: 'b', sha256: '1' },
    ],
  ],
]

describe('a fingerprint', () => {
  it.each(OTHERS)('is changed by %s', (_, reading, sources) => {
    expect(fingerprint({ ...READING, ...reading }, sources)).not.toBe(fingerprint(READING, SOURCES))
  })

  it('is 64 hexadecimal digits, the same tomorrow as today', () => {
    expect(fingerprint(READING, SOURCES)).toMatch(/^[0-9a-f]{64}$/)
    expect(fingerprint(READING, SOURCES)).toBe(fingerprint(structuredClone(READING), structuredClone(SOURCES)))
  })

  it('does not depend on the order of options', () => {
    const entries = fc.uniqueArray(fc.tuple(fc.stringMatching(/^[a-z]{1,5}$/), fc.string()), {
      selector: ([key]) => key,
    })
    fc.assert(
      fc.property(entries, (options) => {
        const of = (list: typeof options) => fingerprint({ ...READING, options: Object.fromEntries(list) }, SOURCES)
        expect(of(options.toReversed())).toBe(of(options))
      }),
    )
  })

  it('can not be made the same by moving text from one ingredient into the next', () => {
    const one = fingerprint({ ...READING, dataset: 'ab', sandbox: 'c' }, SOURCES)
    expect(fingerprint({ ...READING, dataset: 'a', sandbox: 'bc' }, SOURCES)).not.toBe(one)
  })
})
