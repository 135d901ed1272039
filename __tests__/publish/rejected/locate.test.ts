import fc from 'fast-check'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { bytesContent } from '../../../src/lib/content.ts'
import { locate, type FoundPlace } from '../../../src/publish/rejected/locate.ts'
import { readRejectedRow } from '../../../src/publish/rejected/read.ts'
import { checkedFile } from '../../support/check/checked-file.ts'
import { never } from '../../support/time/never.ts'
import { parquetFile } from '../../support/parquet/parquet-file.ts'
import { member } from '../../support/runs/platform-inputs.ts'
import { searchHere, keptRows, placesOf, finishedBatch } from '../../support/emulator/rejected-batch.ts'
import { PARQUET } from '../../support/files/shapes.ts'

/** A value with numbers of any size, exactly: so many tenths. */
type Value = Tenths | string | boolean | null | readonly Value[] | { readonly [name: string]: Value }
type Tenths = { readonly tenths: bigint }

/** Node 24.21 confuses names of one character that are written as escapes with one another. */
const isReadable = (name: string) => name.length !== 1 || JSON.stringify(name).length === 3
const names = fc
  .oneof(fc.constantFrom('a', 'b', '_id', '__proto__', '€', 'a.b'), fc.string({ maxLength: 3 }))
  .filter(isReadable)
const edges = fc.constantFrom(0n, 10n, -10n, 5n, 2n ** 53n * 10n, (2n ** 53n + 1n) * 10n, 2n ** 63n * 10n)
const tenths = fc.oneof(edges, fc.bigInt({ min: -(10n ** 6n), max: 10n ** 6n }))

const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    tenths.map((number) => ({ tenths: number })),
    fc.string({ maxLength: 5, unit: 'binary' }),
    fc.constantFrom('1', '1.0', 'null', 'true', '', '2024-01-01T00:00:00Z', '2024-01-01T00:00:00.000Z'),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(names, tie('value'), { maxKeys: 3 }),
  ),
}))

const record = fc.dictionary(names, value, { maxKeys: 4 })

/** Chances of a spelling, one after the other. */
type Chance = (below: number) => number

const chances = fc.array(fc.nat(), { minLength: 40, maxLength: 40 }).map((numbers): Chance => {
  let at = 0
  return (below) => (numbers[at++ % numbers.length] ?? 0) % below
})

function isTenths(of: Value): of is Tenths {
  return typeof of === 'object' && of !== null && 'tenths' in of && typeof of.tenths === 'bigint'
}

function spelled(of: Value, chance: Chance): string {
  if (typeof of === 'string') return spelledText(of, chance)
  if (of === null || typeof of === 'boolean') return String(of)
  if (isTenths(of)) return spelledNumber(of.tenths, chance)
  const blank = ['', ' ', '\t '][chance(3)] ?? ''
  if (Array.isArray(of)) return `[${blank}${of.map((item: Value) => spelled(item, chance)).join(`,${blank}`)}]`
  const members = Object.entries(of).map(
    ([name, inner]) => `${spelledName(name, chance)}${blank}:${spelled(inner, chance)}`,
  )
  const more = chance(2) === 0 ? [] : [`"absent${chance(9)}":null`]
  const turn = chance(members.length + 1)
  return `{${[...members.slice(turn), ...more, ...members.slice(0, turn)].join(`${blank},`)}}`
}

/** As {@link isReadable} has it. */
function spelledName(name: string, chance: Chance): string {
  return name.length === 1 ? JSON.stringify(name) : spelledText(name, chance)
}

function spelledText(text: string, chance: Chance): string {
  const escaped = () => `"${text.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`
  return chance(2) === 0 ? JSON.stringify(text) : escaped()
}

function spelledNumber(number: bigint, chance: Chance): string {
  const sign = number < 0n ? '-' : ''
  const digits = String(number < 0n ? -number : number).padStart(2, '0')
  const point = `${sign}${digits.slice(0, -1)}.${digits.slice(-1)}`
  const whole = point.slice(0, -2)
  const forms = [point, `${point}00`, `${point}e0`, `${sign}${BigInt(digits)}e-1`, `${whole}.${digits.slice(-1)}0E+0`]
  return (number % 10n === 0n ? [...forms, whole, whole] : forms)[chance(number % 10n === 0n ? 7 : 5)] ?? point
}

/** What remains of a record when nulls are left out. */
function meaning(of: Value): unknown {
  if (of === null || typeof of !== 'object' || isTenths(of)) return of
  if (Array.isArray(of)) return of.map((item: Value) => meaning(item))
  const entries = Object.entries(of).filter(([, inner]) => inner !== null)
  return Object.fromEntries(entries.map(([name, inner]) => [name, meaning(inner)]))
}

async function foundIn(lines: readonly string[], rejected: string): Promise<FoundPlace | undefined> {
  const origin = 'json'
  const row = readRejectedRow(rejected, { origin, keepRecords: false })
  if (row === undefined) throw new Error(`${rejected} is no rejected row`)
  const source = bytesContent(Buffer.from(lines.join('\n')))
  const file = checkedFile('a.jsonl', source, { rows: lines.length })
  const tools = { openSearch: searchHere, signal: never() }
  const { places } = await locate({ rows: [row], origin, sent: { files: [file], transfers: [] } }, tools)
  return places[0]
}

/** As the platform shows it: with what is wrong. */
function marked(text: string): string {
  const comma = /^\{\s*\}$/.test(text) ? '' : ','
  return `${text.slice(0, -1)}${comma}"_errors":[{"code":"1"}]}`
}

describe('a rejected record', () => {
  it('is found at its line, however it is spelled', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { minLength: 1, maxLength: 6 }),
        fc.nat(),
        chances,
        async (all, nth, chance) => {
          const index = nth % all.length
          const sought = all[index] ?? {}
          const lines = all.map((one) => spelled(one, chance))
          const same = all.flatMap((one, at) => (isDeepStrictEqual(meaning(one), meaning(sought)) ? [at + 1] : []))
          const found = await foundIn(lines, marked(spelled(sought, chance)))
          const places = found?.kind === 'found' ? [found] : found?.kind === 'ambiguous' ? found.places : []
          expect(places.map(({ place }) => (place.kind === 'text' ? place.line : 0))).toEqual(same)
        },
      ),
      { numRuns: 400 },
    )
  })

  it('shown without the column that is wrong is taken for no other record', async () => {
    const lines = ['{"col1":"v1"}', '{"col1":"v1","price":"abc"}']
    const wrong = '"_errors":[{"code":"123","column":"price","message":"no number"}]'
    expect(await foundIn(lines, `{"col1":"v1",${wrong}}`)).toEqual({ kind: 'not found' })
    expect(await foundIn(lines, `{"col1":"v1","price":"abc",${wrong}}`)).toMatchObject({
      kind: 'found',
      place: { line: 2 },
    })
    const missing = wrong.replace('123', '1555')
    expect(await foundIn(lines, `{"col1":"v1",${missing}}`)).toMatchObject({ kind: 'found', place: { line: 1 } })
  })

  it.each([
    ['{"n":1000000000000000}', '{"n":1e15}'],
    ['{"n":9007199254740991}', '{"n":9007199254740991.0}'],
    ['{"n":12345678901234567890}', '{"n":1.2345678901234567890E19}'],
    ['{"n":-0.0}', '{"n":0}'],
    ['{"n":0.000001}', '{"n":1e-6}'],
  ])('%s is the same as %s', async (one, other) => {
    expect(await foundIn([other], marked(one))).toMatchObject({ kind: 'found' })
    expect(await foundIn([one], marked(other))).toMatchObject({ kind: 'found' })
  })

  it('is found at its line in a file of many parts', async () => {
    const long = JSON.stringify({ text: 'x'.repeat(3_000_000) })
    expect(await foundIn([long, long, long, long, '{"n":1}'], marked('{"n":1}'))).toMatchObject({ place: { line: 5 } })
  })

  it.each([
    ['{"n":9007199254740993}', '{"n":9007199254740992}'],
    ['{"n":12345678901234567890}', '{"n":12345678901234567891}'],
    ['{"n":1}', '{"n":"1"}'],
    ['{"n":1}', '{"n":10}'],
    ['{"n":0.1}', '{"n":0.01}'],
    ['{"n":1e400}', '{"n":1e401}'],
    ['{"n":-1}', '{"n":1}'],
    ['{"n":true}', '{"n":"true"}'],
    ['{"n":[1,2]}', '{"n":[2,1]}'],
    ['{"n":[null]}', '{"n":[]}'],
    ['{"n":{}}', '{"n":[]}'],
    ['{"n":{}}', '{}'],
    ['{"n":{"a":1}}', '{"n.a":1}'],
    ['{"n":"a"}', '{"n":"A"}'],
    ['{"n":"a "}', '{"n":"a"}'],
    ['{"n":"é"}', '{"n":"e\\u0301"}'],
    ['{"n":"2024-01-01T00:00:00Z"}', '{"n":"2024-01-01T00:00:00.000Z"}'],
    ['{"n":null}', '{"n":"null"}'],
    ['{"__proto__":1}', '{"__proto__":2}'],
  ])('%s is never taken for %s', async (one, other) => {
    expect(await foundIn([other], marked(one))).toEqual({ kind: 'not found' })
    expect(await foundIn([one], marked(other))).toEqual({ kind: 'not found' })
    expect(await foundIn([one, other], marked(other))).toMatchObject({ kind: 'found', place: { line: 2 } })
  })
})

describe('a corrupt record', () => {
  const corrupt = (text: string) => JSON.stringify({ _corrupt_record: text, _errors: [{ code: '1401' }] })

  it('is found by its text, whatever blanks are around it', async () => {
    expect(await foundIn(['{"a":1}', ' {"a" 1}\r', '{"a":2}'], corrupt('{"a" 1}'))).toMatchObject({
      place: { line: 2 },
    })
  })

  it('is found by what it says where it is JSON after all', async () => {
    expect(await foundIn(['{}', '[1, 2.0]'], corrupt('[1,2]'))).toMatchObject({ place: { line: 2 } })
  })

  it('is never taken for a record whose text it is', async () => {
    expect(await foundIn(['"{\\"a\\" 1}"', '"!x"'], corrupt('{"a" 1}'))).toEqual({ kind: 'not found' })
    expect(await foundIn(['"!x"'], corrupt('x'))).toEqual({ kind: 'not found' })
  })
})

/** Diagnostics of these rows, which name this file. */
async function diagnoseRows(files: Readonly<Record<string, string>>, rows: readonly string[], fileName = 'x.json') {
  const batch = await finishedBatch({ files })
  const errors = { _errors: [{ code: '100' }], _filename: fileName }
  const lines = rows.map((text) => JSON.stringify({ ...(JSON.parse(text) as object), ...errors }))
  return await batch.diagnose({ faults: keptRows(batch.record.id, 'row_errors', lines.join('\n')) })
}

const TWICE = { 'a.jsonl': member('1') + member('2'), 'b.jsonl': member('2') }

describe('a row that the files hold more than once', () => {
  it('is ambiguous, and its places are named', async () => {
    const diagnosis = await diagnoseRows(TWICE, [member('2')])
    expect(placesOf(diagnosis)).toEqual(['a.jsonl:2:1 or b.jsonl:1:1 100'])
    expect(diagnosis.notes).toEqual(['1 rejected row cannot be distinguished from identical rows.'])
  })

  it('stands in each of its places when it was rejected as often', async () => {
    const diagnosis = await diagnoseRows(TWICE, [member('2'), member('2')])
    expect(placesOf(diagnosis)).toEqual(['a.jsonl:2:1 100', 'b.jsonl:1:1 100'])
    expect(diagnosis.notes).toEqual([])
  })

  it('stands in the file that the platform names, if it is there once', async () => {
    expect(placesOf(await diagnoseRows(TWICE, [member('2')], 'b.jsonl'))).toEqual(['b.jsonl:1:1 100'])
    const thrice = { ...TWICE, 'b.jsonl': member('2') + member('2') }
    expect(placesOf(await diagnoseRows(thrice, [member('2')], 'b.jsonl'))).toEqual([
      'a.jsonl:2:1 or b.jsonl:1:1 or b.jsonl:2:1 100',
    ])
  })

  it('is not placed by the file that the platform names where not all of its places were kept', async () => {
    const many = { 'a.jsonl': member('1').repeat(9), 'b.jsonl': member('1').repeat(2) }
    const { rejections } = await diagnoseRows(many, [member('1')], 'b.jsonl')
    expect(rejections[0]?.found).toMatchObject({ kind: 'ambiguous', count: 11 })
  })

  it('is never placed by a file name that says otherwise than the row', async () => {
    expect(placesOf(await diagnoseRows(TWICE, [member('1')], 'b.jsonl'))).toEqual(['a.jsonl:1:1 100'])
    expect(placesOf(await diagnoseRows(TWICE, [member('3')], 'b.jsonl'))).toEqual(['nowhere 100'])
  })

  it('is listed with ten places at most, and all are counted', async () => {
    const twelve = Array.from({ length: 12 }, () => member('1'))
    const { rejections } = await diagnoseRows({ 'a.jsonl': member('1').repeat(1_000) }, twelve)
    for (const { found } of rejections) {
      expect(found).toMatchObject({ kind: 'ambiguous', count: 1_000 })
      expect(found.kind === 'ambiguous' && found.places).toHaveLength(10)
    }
  })
})

describe('many rejected rows of many files', () => {
  /** How often the name of any of so many files is asked for when a row of each was rejected. */
  async function namesAsked(size: number): Promise<number> {
    let asked = 0
    const files = Array.from({ length: size }, (_, at) => {
      const file = checkedFile(`${at}.jsonl`, bytesContent(Buffer.from(`{"n":${at}}`)))
      const name = {
        get: () => {
          asked++
          return `${at}.jsonl`
        },
      }
      return Object.defineProperty({ ...file }, 'name', name)
    })
    const rows = files.flatMap((_, at) => {
      const row = readRejectedRow(marked(`{"n":${at}}`), { origin: 'json', keepRecords: false })
      return row === undefined ? [] : [{ ...row, fileName: `${at}.jsonl` }]
    })
    const tools = { openSearch: searchHere, signal: never() }
    const { places } = await locate({ rows, origin: 'json', sent: { files, transfers: [] } }, tools)
    expect(places.filter(({ kind }) => kind === 'found')).toHaveLength(size)
    return asked
  }

  it('are located without a look at every file for every row', async () => {
    expect((await namesAsked(200)) / (await namesAsked(100))).toBeLessThan(2.2)
  })

  it('are sought in all Parquet files by the same threads', async () => {
    const column = { name: 'word', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' } as const
    const files = ['a', 'b', 'c'].map((word) => {
      const content = bytesContent(parquetFile([column], [{ name: 'word', data: [word] }]))
      return checkedFile(`${word}.parquet`, content, { shape: PARQUET, format: 'parquet' })
    })
    const row = readRejectedRow(marked('{"word":"c"}'), { origin: 'parquet', keepRecords: false })
    let opened = 0
    const openSearch: typeof searchHere = (setup) => {
      opened++
      return searchHere(setup)
    }
    const request = { rows: row === undefined ? [] : [row], origin: 'parquet', sent: { files, transfers: [] } } as const
    const { places } = await locate(request, { openSearch, signal: never() })
    expect(places).toMatchObject([{ kind: 'found', file: 'c.parquet' }])
    expect(opened).toBe(1)
  })
})

describe('a row that the files do not hold', () => {
  it('is not found, which is said', async () => {
    const { notes } = await diagnoseRows(TWICE, [member('9')])
    expect(notes).toEqual(['1 rejected row could not be located in the files: the platform reports different values.'])
  })

  it('is not sought where no files were read', async () => {
    const batch = await finishedBatch({ files: { 'a.jsonl': member('1', { points: 'x' }) } })
    const { rejections, notes } = await batch.diagnose({ sent: { files: [], transfers: [] } })
    expect(rejections).toMatchObject([{ code: '100', found: { kind: 'not found' } }])
    expect(notes).toEqual([expect.stringContaining('this run did not read the files')])
  })

  it('is sought in the other files when one has changed since it was sent', async () => {
    const bad = (id: string) => member(id, { points: 'x' })
    const batch = await finishedBatch({ files: { 'a.jsonl': bad('1'), 'b.jsonl': bad('2') } })
    const [first, ...others] = batch.files
    if (first === undefined) throw new Error('There is no file')
    const bytes = () => {
      throw new Error('a value')
    }
    const diagnosis = await batch.diagnose({
      sent: { files: [{ ...first, source: { ...first.source, bytes } }, ...others], transfers: [] },
    })
    expect(placesOf(diagnosis)).toEqual(['b.jsonl:1:52 100', 'nowhere 100'])
    expect(diagnosis.notes[0]).toMatch(/Could not locate the rejected rows in "a.jsonl"/)
    expect(diagnosis.notes[0]).not.toContain('a value')
  })
})
