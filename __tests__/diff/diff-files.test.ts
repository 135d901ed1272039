import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FilesDiff } from '../../src/diff/diff-files.ts'
import type { RunMapping } from '../../src/files/mapping.ts'
import type { ScratchFile } from '../../src/github/workspace.ts'
import { tryPlan } from '../../src/mapping/plan.ts'
import { readSetValue } from '../../src/mapping/mapping-set.ts'
import { diffed, rowFile } from '../support/diff/diffed.ts'
import { scratchInMemory } from '../support/runs/kept-in-memory.ts'
import type { SchemaElement } from 'hyparquet'
import { int96File, parquetFile } from '../support/parquet/parquet-file.ts'
import { schemaOfMini } from '../mapping/mapped.ts'

type Row = { readonly id: string; readonly name: string; readonly points: string }

const FORMATS = ['jsonl', 'array', 'documents', 'csv', 'parquet', 'mapped'] as const
type Format = (typeof FORMATS)[number]

const TEXT = { type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' } as const

const MAPPING = mappingOf([
  { sourceType: 'ATTRIBUTE', source: 'id', destination: 'person.id' },
  { sourceType: 'ATTRIBUTE', source: 'name', destination: 'person.name' },
  { sourceType: 'EXPRESSION', source: 'concat(points, " points")', destination: 'points' },
])

function mappingOf(mappings: readonly object[]): RunMapping {
  const read = readSetValue({ mappings })
  if (read.kind === 'faults') throw new Error(JSON.stringify(read.faults))
  const text = { type: 'string' }
  const schema = {
    $id: 'https://ns.adobe.com/acme/schemas/mini',
    title: 'Mini',
    type: 'object',
    properties: { person: { type: 'object', properties: { id: text, name: text } }, points: text },
  }
  const setting = { name: 'map.json', set: read.set, schema, descriptors: [], nowMs: 0 }
  const plan = { ...setting, isForProfile: false, isUpsert: false }
  const compiled = tryPlan(plan)
  if (compiled.kind === 'faults') throw new Error(JSON.stringify(compiled.faults))
  return { plan, compiled: compiled.mapping, showValues: false }
}

function fileOf(name: string, rows: readonly Row[], format: Format) {
  switch (format) {
    case 'jsonl':
      return rowFile(`${name}.jsonl`, rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
    case 'array':
      return rowFile(`${name}.json`, JSON.stringify(rows.map(reversed), undefined, 2))
    case 'documents':
      return rowFile(`${name}.json`, rows.map((row) => JSON.stringify(row, undefined, 1)).join('\n'))
    case 'csv':
    case 'mapped': {
      const lines = ['points,id,name', ...rows.map(({ points, id, name: own }) => `${points},${id},"${own}"`)]
      return rowFile(`${name}.csv`, `${lines.join('\n')}\n`, format === 'mapped' ? MAPPING : undefined)
    }
    case 'parquet': {
      const names = ['name', 'points', 'id'] as const
      const columns = names.map((column) => ({ name: column, data: rows.map((row) => row[column]) }))
      return rowFile(
        `${name}.parquet`,
        parquetFile(
          names.map((column) => ({ name: column, ...TEXT })),
          columns,
        ),
      )
    }
    default:
      return format satisfies never
  }
}

function reversed(row: Row): object {
  return Object.fromEntries(Object.entries(row).toReversed())
}

const row = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
  name: fc.constantFrom('Ann', 'Bo\nb', 'x, y'),
  points: fc.constantFrom('1', '2'),
})

const textOf = ({ id, name, points }: Row) => JSON.stringify([id, name, points])

function takeOut<T>(from: readonly T[], some: readonly T[], same: (one: T) => string): readonly T[] | undefined {
  const left = [...from]
  for (const one of some) {
    const at = left.findIndex((other) => same(other) === same(one))
    if (at === -1) return undefined
    left.splice(at, 1)
  }
  return left
}

/** Today's rows made of those of the base by the diff, where it shows every row; undefined if that can't be. */
function applied(
  base: readonly Row[],
  head: readonly (readonly Row[])[],
  diff: FilesDiff,
  keyOf: (row: Row) => string,
) {
  const kept = takeOut(base, spotted(diff, 'removed', [base]), textOf)
  const news = [...spotted(diff, 'added', head), ...spotted(diff, 'changed', head)]
  const same = takeOut(head.flat(), news, textOf)
  const old = kept === undefined || same === undefined ? undefined : takeOut(kept, same, textOf)
  if (old === undefined || same === undefined) return undefined
  const changed = takeOut(old, spotted(diff, 'changed', head), keyOf)
  return changed?.length === 0 && old.length === diff.changed && same.length === diff.unchanged
    ? [...same, ...news].map(textOf).toSorted()
    : undefined
}

/** The rows that the samples of a change show, by their number: the files of this test are one side, one behind the other. */
function spotted(diff: FilesDiff, change: string, files: readonly (readonly Row[])[]): readonly Row[] {
  return diff.samples
    .filter((sample) => sample.change === change)
    .flatMap(({ file, line }) => files[Number(/\d+/.exec(file)?.[0] ?? 0)]?.[line - 1] ?? [])
}

/** A file that takes one write after another, as its handle does. */
function oneAtATime(scratch: ScratchFile): ScratchFile {
  let isWriting = false
  return {
    ...scratch,
    async write(bytes) {
      if (isWriting) throw new Error('Two write at once')
      isWriting = true
      await setImmediate()
      await scratch.write(bytes)
      isWriting = false
    },
  }
}

const ALL = { samples: 1_000, repeated: 1_000, repeatedFiles: 1_000 }

describe('base ⊕ diff = head', () => {
  it.each(FORMATS)('for %s, with a key and without, however rows are ordered and repeated', async (format) => {
    const trial = fc.record({
      base: fc.array(row, { minLength: 1, maxLength: 14 }),
      head: fc.array(fc.array(row, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 2 }),
      isKeyed: fc.boolean(),
      heldBytes: fc.constantFrom(0, 200, 1 << 20),
    })
    await fc.assert(
      fc.asyncProperty(trial, async ({ base, head, isKeyed, heldBytes }) => {
        // Lines are row numbers where a row is one line: names with a line feed stand in files that escape them.
        const plain = (one: Row) =>
          format === 'jsonl' || format === 'parquet' ? one : { ...one, name: one.name.replace('\n', '') }
        const [before, now] = [base.map(plain), head.map((rows) => rows.map(plain))]
        const files = await Promise.all(now.map((rows, at) => fileOf(`head-${at}`, rows, format)))
        const options = { key: isKeyed ? ['id'] : [], limits: ALL, heldBytes }
        const diff = await diffed([await fileOf('base-0', before, format)], files, options)
        expect(diff.unchanged + diff.changed + diff.removed).toBe(before.length)
        expect(diff.unchanged + diff.changed + diff.added).toBe(now.flat().length)
        if (!isKeyed) expect(diff.changed).toBe(0)
        const keys = new Set(now.flat().map(({ id }) => id))
        const old = new Set(before.map(({ id }) => id))
        const gone = Array.from(old).filter((id) => !keys.has(id))
        const { baseKeys, removedKeys } = diff
        const expected = isKeyed ? [old.size, gone.length] : [before.length, diff.removed]
        expect([baseKeys, removedKeys]).toEqual(expected)
        const lined = format === 'csv' || format === 'mapped' ? withoutHeader(diff) : diff
        if (format === 'array' || format === 'documents') return
        const keyOf = isKeyed ? (one: Row) => one.id : textOf
        expect(applied(before, now, lined, keyOf)).toEqual(now.flat().map(textOf).toSorted())
      }),
      { numRuns: 60 },
    )
  })

  /** A CSV file has its header in line 1. */
  function withoutHeader(diff: FilesDiff): FilesDiff {
    return { ...diff, samples: diff.samples.map((sample) => ({ ...sample, line: sample.line - 1 })) }
  }

  it('is the same for every format that holds the same rows', async () => {
    const base: readonly Row[] = [
      { id: 'a', name: 'Ann', points: '1' },
      { id: 'b', name: 'Bob', points: '2' },
      { id: 'c', name: 'Cy', points: '2' },
      { id: 'c', name: 'Cy', points: '2' },
    ]
    const head = [{ id: 'b', name: 'Bob', points: '3' }, { id: 'd', name: 'Di', points: '1' }, ...base.slice(2)]
    for (const from of FORMATS.filter((one) => one !== 'mapped')) {
      for (const to of FORMATS.filter((one) => one !== 'mapped')) {
        const found = await diffed([await fileOf('base', base, from)], [await fileOf('head', head, to)], {
          key: ['id'],
        })
        const { added, changed, removed, unchanged, duplicateKeys, fields } = found
        expect({ added, changed, removed, unchanged, duplicateKeys, fields }, `${from} to ${to}`).toEqual({
          added: 1,
          changed: 1,
          removed: 1,
          unchanged: 2,
          duplicateKeys: 1,
          fields: [{ path: '/points', rows: 1 }],
        })
      }
    }
  })
})

const lines = (...rows: readonly unknown[]) => rows.map((one) => `${JSON.stringify(one)}\n`).join('')

describe('a reviewer sees', () => {
  it('no change where only the order of rows, of members and white space differ, and how numbers are written', async () => {
    const base = await rowFile('base.jsonl', '{"id":1,"a":{"x":1.0,"y":[1,2]},"t":"é"}\n{"id":2,"a":null}\n')
    const head = await rowFile(
      'head.json',
      '[ {"a": null, "id": 2e0},\n {"t":"\\u00e9","a":{"y":[1.0, 2],"x":1},"id":1} ]',
    )
    expect(await diffed([base], [head], { key: ['id'] })).toMatchObject({
      unchanged: 2,
      changed: 0,
      added: 0,
      removed: 0,
    })
  })

  it('which fields changed, how often, those in objects and lists too, and one that came or went', async () => {
    const base = await rowFile('b.jsonl', lines({ id: 1, a: { x: 1, y: 2 }, l: [1] }, { id: 2, a: { x: 1 }, gone: '' }))
    const head = await rowFile('h.jsonl', lines({ id: 1, a: { x: 9, y: 2 }, l: [2] }, { id: 2, a: { x: 2 }, come: 0 }))
    const { fields, changed } = await diffed([base], [head], { key: ['id'] })
    expect(changed).toBe(2)
    expect(fields).toEqual([
      { path: '/a/x', rows: 2 },
      { path: '/come', rows: 1 },
      { path: '/gone', rows: 1 },
      { path: '/l', rows: 1 },
    ])
  })

  it('rows by file and line, the first of each kind, whatever their hashes', async () => {
    const all = Array.from({ length: 300 }, (_, id) => ({ id, at: 0 }))
    const base = await rowFile('old.jsonl', lines(...all))
    const changed = all.slice(8).map(({ id }) => ({ id, at: id % 2 }))
    const head = await rowFile('new.jsonl', `\n${lines(...changed)}\r\n\n${lines({ id: 1_000 }, { id: 1_001 })}`)
    const { samples } = await diffed([base], [head], { key: ['id'] })
    const linesOf = (change: string) => samples.filter((one) => one.change === change).map(({ line }) => line)
    expect(linesOf('removed')).toEqual([1, 2, 3, 4, 5])
    expect(linesOf('changed')).toEqual([3, 5, 7, 9, 11])
    expect(linesOf('added')).toEqual([296, 297])
    expect(new Set(samples.map(({ change, file }) => `${change} ${file}`))).toEqual(
      new Set(['added new.jsonl', 'changed new.jsonl', 'removed old.jsonl']),
    )
  })

  it('a key that rows share counted, with the place of the first', async () => {
    const one = await rowFile('1.jsonl', lines({ id: 'a' }, { id: 'b' }))
    const two = await rowFile('2.json', JSON.stringify([{ id: 'c' }, { id: 'b', x: 1 }, { id: 'b' }], undefined, 1))
    const { duplicateKeys, repeated } = await diffed([], [one, two], { key: ['id'] })
    expect(duplicateKeys).toBe(2)
    expect(repeated).toEqual([
      { file: '2.json', line: 5, first: { file: '1.jsonl', line: 2 } },
      { file: '2.json', line: 9, first: { file: '1.jsonl', line: 2 } },
    ])
  })

  it('the first row with a key that is there in every file that has one, however many stand before it', async () => {
    const many = lines(...Array.from({ length: 150 }, () => ({ id: 'a' })))
    const files = await Promise.all(
      [many, lines({ id: 'b' }), lines({ id: 'c' }, { id: 'b' }, { id: 'b' }), lines({ id: 'a' })].map((text, at) =>
        rowFile(`${at}.jsonl`, text),
      ),
    )
    const { repeated, repeatedIn } = await diffed([], files, { key: ['id'] })
    expect(repeated.slice(99)).toEqual([
      { file: '0.jsonl', line: 101, first: { file: '0.jsonl', line: 1 } },
      { file: '2.jsonl', line: 2, first: { file: '1.jsonl', line: 1 } },
      { file: '3.jsonl', line: 1, first: { file: '0.jsonl', line: 1 } },
    ])
    expect(Object.fromEntries(repeatedIn)).toEqual({ '0.jsonl': 149, '2.jsonl': 2, '3.jsonl': 1 })
    const limits = { samples: 5, repeated: 100, repeatedFiles: 1 }
    expect((await diffed([], files, { key: ['id'], limits })).repeated).toHaveLength(101)
  })

  it('rows that lack the key told apart, though a field of another place has its last name', async () => {
    const base = await rowFile('b.jsonl', lines({ id: 'x', n: 1 }, { id: 'x', n: 2 }, { a: { id: 'x' }, n: 3 }))
    const head = await rowFile('h.jsonl', lines({ id: 'x', n: 1 }, { id: 'x', n: 4 }))
    const found = await diffed([base], [head], { key: ['/a/id'] })
    expect(found).toMatchObject({ unchanged: 1, removed: 2, added: 1, changed: 0, keyless: 2, duplicateKeys: 0 })
  })

  it('columns of CSV told apart by the last name of a field', async () => {
    const base = await rowFile('b.csv', 'id,n\n1,a\n2,b\n')
    const head = await rowFile('h.csv', 'id,n\n2,c\n1,a\n')
    const found = await diffed([base], [head], { key: ['/a/id'] })
    expect(found).toMatchObject({ unchanged: 1, changed: 1, removed: 0, keyless: 0 })
  })

  it('rows without a key and rows that cannot be read counted for themselves', async () => {
    const base = await rowFile('b.jsonl', `${lines({ id: '' }, { name: 'x' }, { id: 'a' })}{"id":\n`)
    const head = await rowFile('h.jsonl', `${lines({ id: 'a' }, { name: 'x' })}[1]\n`)
    const found = await diffed([base], [head], { key: ['id'] })
    expect(found).toMatchObject({ unchanged: 2, removed: 1, added: 0, changed: 0, keyless: 1, unreadable: 2 })
  })

  it('of the base the first row that cannot be read, by file and line, whatever the format', async () => {
    const deep = '['.repeat(600) + ']'.repeat(600)
    const trials = [
      ['b.jsonl', `\n${lines({ id: 'a' })}{"id":\n${lines({ id: 'b' })}[1]\n`, { line: 3, rows: 2 }],
      ['b.jsonl', `${lines({ id: 'a' })}{"id":"b","x":${deep}}\n`, { line: 2, rows: 1 }],
      ['b.jsonl', `${lines({ id: 'a' })}{"id":${deep}}\n`, { line: 2, rows: 1 }],
      ['b.csv', 'id,name\n1,a\n2\n3,c,d\n4,e\n', { line: 3, rows: 2 }],
    ] as const
    for (const [path, text, found] of trials) {
      const base = [await rowFile('first.jsonl', lines({ id: 'z' })), await rowFile(path, text)]
      const { unreadableBase, unreadable } = await diffed(base, [], { key: ['id'] })
      expect({ unreadableBase, unreadable }, text).toEqual({
        unreadableBase: { file: path, ...found },
        unreadable: found.rows,
      })
    }
    const { unreadableBase } = await diffed([], [await rowFile('h.jsonl', `${lines({ id: 1 })}{"id":\n`)], {
      key: ['id'],
    })
    expect(unreadableBase).toBeUndefined()
  })

  it('rows with a field whose name is as long as a row may be', async () => {
    const name = 'x'.repeat(17 * 1024 * 1024)
    const [base, head] = await Promise.all([1, 2].map((n) => rowFile('a.jsonl', lines({ id: 'a', [name]: n }))))
    if (base === undefined || head === undefined) throw new Error('There are two files')
    const found = await diffed([base], [head], { key: ['id'] })
    expect(found).toMatchObject({ changed: 1, added: 0, removed: 0, unreadable: 0 })
  })

  it('distinct keys that are gone, however many rows share one, and rows without a key for themselves', async () => {
    const same = { id: 'a', x: 1 }
    const base = await rowFile('b.jsonl', lines(same, { ...same, x: 2 }, { id: 'b' }, { id: 'c' }, { n: 1 }, { n: 1 }))
    const head = await rowFile('h.jsonl', lines({ id: 'c', x: 1 }, { id: 'd' }, { n: 1 }))
    const found = await diffed([base], [head], { key: ['id'] })
    expect(found).toMatchObject({ baseKeys: 5, removedKeys: 3, removed: 4, changed: 1, unchanged: 1 })
    const kept = await diffed([base], [await rowFile('h.jsonl', lines(same, { id: 'b' }))], { key: ['id'] })
    expect(kept).toMatchObject({ baseKeys: 5, removedKeys: 3, removed: 4 })
  })

  it('no name that may be data: keys of maps and columns of a file without a header', async () => {
    const schema = schemaOfMini({ id: 'string', map: { '*': 'string' } })
    const base = await rowFile('b.jsonl', lines({ id: '1', map: { ann: 'x', bob: 'y' }, 'jo@acme.com': 1 }))
    const head = await rowFile('h.jsonl', lines({ id: '1', map: { ann: 'y', bob: 'z' }, 'jo@acme.com': 2 }))
    const hidden = await diffed([base], [head], { key: ['id'], schema })
    expect(hidden.fields).toEqual([
      { path: '/*', rows: 1 },
      { path: '/map/*', rows: 1 },
    ])
    const shown = await diffed([base], [head], { key: ['id'], schema, showValues: true })
    expect(shown.fields.map(({ path }) => path)).toEqual(['/jo@acme.com', '/map/ann', '/map/bob'])
  })

  it('what a mapping makes of the rows compared, by a source column or a field of the record', async () => {
    const csv = (...rows: readonly string[]) => ['id,name,points', ...rows].join('\n')
    const base = await rowFile('b.csv', csv('1,Ann,5', '2,Bob,6'), MAPPING)
    const head = await rowFile('h.csv', csv('2,Bob,7', '1,Ann,5'), MAPPING)
    for (const key of ['id', '/person/id']) {
      const found = await diffed([base], [head], { key: [key] })
      expect(found, key).toMatchObject({ unchanged: 1, changed: 1, fields: [{ path: '/points', rows: 1 }], keyless: 0 })
      expect(found.samples).toEqual([{ change: 'changed', file: 'h.csv', line: 2 }])
    }
  })

  it('mapped rows told apart by a timestamp of Parquet, which is no JSON', async () => {
    const file = (name: string, times: readonly bigint[]) => {
      const columns = [
        { name: 'id', ...TEXT },
        { name: 'at', type: 'INT64', converted_type: 'TIMESTAMP_MILLIS', repetition_type: 'OPTIONAL' },
      ] as const
      const data = [
        { name: 'id', data: times.map(() => 'a') },
        { name: 'at', data: times },
      ]
      return rowFile(name, parquetFile(columns, data), MAPPING)
    }
    const base = await file('b.parquet', [1_700_000_000_000n, 1_700_000_100_000n, 1_700_000_200_000n])
    const head = await file('h.parquet', [1_700_000_200_000n])
    const found = await diffed([base], [head], { key: ['at'] })
    expect(found).toMatchObject({ baseKeys: 3, removedKeys: 2, removed: 2, unchanged: 1, keyless: 0 })
  })

  it('numbers of JSON compared to their last digit', async () => {
    const file = (number: string) => rowFile('a.jsonl', `{"id":"a","n":${number}}\n`)
    const [base, head] = [await file('0.1234567890123456789'), await file('0.1234567890123456788')]
    expect(await diffed([base], [head], { key: ['id'] })).toMatchObject({ changed: 1, fields: [{ path: '/n' }] })
    expect(await diffed([await file('1.50')], [await file('1.5')], { key: ['id'] })).toMatchObject({ unchanged: 1 })
  })

  describe('Parquet values that JavaScript rounds', () => {
    const LOGICAL = (unit: 'MICROS' | 'NANOS') => ({ type: 'TIMESTAMP', isAdjustedToUTC: true, unit }) as const
    const decimal = { type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16, converted_type: 'DECIMAL', precision: 38 } as const
    const MOST = 2n ** 63n - 1n

    const columns: Readonly<Record<string, readonly [Omit<SchemaElement, 'name'>, unknown, unknown]>> = {
      microseconds: [
        { type: 'INT64', logical_type: LOGICAL('MICROS') },
        1_700_000_000_000_001n,
        1_700_000_000_000_002n,
      ],
      'microseconds before 1970': [{ type: 'INT64', logical_type: LOGICAL('MICROS') }, -1n, -2n],
      nanoseconds: [
        { type: 'INT64', logical_type: LOGICAL('NANOS') },
        1_700_000_000_000_000_001n,
        1_700_000_000_000_000_002n,
      ],
      'moments that no calendar has': [{ type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' }, MOST, MOST - 1n],
      'days that no calendar has': [{ type: 'INT32', converted_type: 'DATE' }, 2_000_000_000, 2_000_000_001],
      decimals: [{ ...decimal, scale: 2 }, 12_345_678_901_234_567_891n, 12_345_678_901_234_567_892n],
      'decimals of 64 bits': [
        { type: 'INT64', converted_type: 'DECIMAL', precision: 18, scale: 1 },
        9_000_000_000_000_001n,
        9_000_000_000_000_002n,
      ],
      'whole numbers': [{ type: 'INT64' }, 9_007_199_254_740_993n, 9_007_199_254_740_992n],
      'bytes that are no text': [
        { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
        Buffer.from([0xff]),
        Buffer.from([0xfe]),
      ],
    }

    const file = (element: Omit<SchemaElement, 'name'>, values: readonly unknown[]) =>
      rowFile(
        'a.parquet',
        parquetFile(
          [
            { name: 'id', ...TEXT },
            { name: 'at', repetition_type: 'OPTIONAL', ...element },
          ],
          [
            { name: 'id', data: values.map(() => 'a') },
            { name: 'at', data: values },
          ],
        ),
      )

    it.each(Object.entries(columns))('differ by their last digit: %s', async (_, [element, old, now]) => {
      const [base, head] = [await file(element, [old]), await file(element, [now])]
      expect(await diffed([base], [head], { key: ['id'] })).toMatchObject({
        changed: 1,
        unchanged: 0,
        fields: [{ path: '/at' }],
      })
      expect(await diffed([head], [head], { key: ['id'] })).toMatchObject({ changed: 0, unchanged: 1 })
    })

    it.each(Object.entries(columns))('tell rows apart as a key: %s', async (_, [element, old, now]) => {
      const [base, head] = [await file(element, [old, now]), await file(element, [now])]
      const found = await diffed([base], [head], { key: ['at'] })
      expect(found).toMatchObject({ baseKeys: 2, removedKeys: 1, removed: 1, unchanged: 1 })
      expect((await diffed([base], [base], { key: ['at'] })).repeated).toEqual([])
    })

    it('are the moments of old writers, which count nanoseconds', async () => {
      const day = 1_700_000_000_000n * 1_000_000n
      const [base, head] = [int96File('at', [day + 1n, day + 2n]), int96File('at', [day + 1n])]
      const found = await diffed([await rowFile('a.parquet', base)], [await rowFile('a.parquet', head)])
      expect(found).toMatchObject({ removed: 1, unchanged: 1 })
    })

    it('are the same in another unit', async () => {
      const base = await file({ type: 'INT64', logical_type: LOGICAL('MICROS') }, [1_700_000_000_000_120n])
      const head = await file({ type: 'INT64', logical_type: LOGICAL('NANOS') }, [1_700_000_000_000_120_000n])
      expect(await diffed([base], [head], { key: ['id'] })).toMatchObject({ unchanged: 1 })
    })
  })

  it('that too many rows of one key cannot be compared, before memory ends', async () => {
    const same = await rowFile('b.jsonl', lines(...Array.from({ length: 100 }, (_, at) => ({ id: 1, at }))))
    await expect(diffed([same], [same], { key: ['id'], partBytes: 4_000 })).rejects.toThrow(
      'too many rows share one key, or are equal',
    )
    await expect(diffed([same], [same], { partBytes: 4_000 })).resolves.toMatchObject({ unchanged: 100 })
  })

  it.each([0, 1 << 20])(
    'all rows where there are more than fit in memory, though each key has few: %d bytes held',
    async (heldBytes) => {
      const base = Array.from({ length: 3_000 }, (_, id) => ({ id, x: id % 7 }))
      const head = base.slice(100).map((one) => (one.id % 10 === 0 ? { ...one, x: -1 } : one))
      const files = [
        await rowFile('b.jsonl', lines(...base)),
        await rowFile('h.jsonl', lines(...head.toReversed())),
      ] as const
      const options = { key: ['id'], heldBytes }
      const found = await diffed([files[0]], [files[1]], { ...options, partBytes: 8_000 })
      expect(found).toMatchObject({ removed: 100, changed: 290, unchanged: 2_610, added: 0, baseKeys: 3_000 })
      expect(found).toEqual(await diffed([files[0]], [files[1]], options))
    },
  )

  it('the same counts of many files that are read side by side, though memory holds few of their rows', async () => {
    const rows = (file: number) => Array.from({ length: 400 }, (_, at) => ({ id: 400 * file + at, x: at % 7 }))
    const files = (name: string, change: (row: { id: number; x: number }) => object) =>
      Promise.all(Array.from({ length: 12 }, (_, at) => rowFile(`${name}${at}.jsonl`, lines(...rows(at).map(change)))))
    const base = await files('b', (one) => one)
    const head = await files('h', (one) => (one.id % 10 === 0 ? { ...one, x: -1 } : one))
    const keep = () => oneAtATime(scratchInMemory())
    const found = await diffed(base, head.toReversed(), { key: ['id'], heldBytes: 3_000, keep })
    expect(found).toMatchObject({ unchanged: 4_320, changed: 480, added: 0, removed: 0, duplicateKeys: 0 })
  })

  it('fields without end told together, and no row lost', async () => {
    const wide = (value: number) =>
      Object.fromEntries(Array.from({ length: 9_000 }, (_, at) => [`field${'abcdefghij'[at % 10]}_${at}`, value]))
    const base = await rowFile('b.jsonl', lines({ id: 1, ...wide(1) }, { id: 2, ...wide(1) }))
    const head = await rowFile('h.jsonl', lines({ id: 1, ...wide(2) }, { id: 2, ...wide(1) }))
    const { changed, unchanged, fields } = await diffed([base], [head], { key: ['id'], showValues: true })
    expect({ changed, unchanged }).toEqual({ changed: 1, unchanged: 1 })
    expect(fields.length).toBeLessThan(8_193)
    expect(fields.every(({ rows }) => rows === 1)).toBe(true)
  })
})
