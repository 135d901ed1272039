import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { JsonCompactor, skipPlain } from '../../../src/formats/json/compactor.ts'
import { MalformedJson } from '../../../src/formats/json/grammar.ts'
import { inChunks } from '../in-chunks.ts'

async function linesOf(json: string, sizes: readonly number[] = [1 << 16]): Promise<string> {
  const compactor = new JsonCompactor()
  const lines: Buffer[] = []
  for await (const chunk of inChunks(Buffer.from(json), sizes).bytes()) lines.push(Buffer.from(compactor.write(chunk)))
  compactor.end()
  return Buffer.concat(lines).toString()
}

const chunks = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 })
const record = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 5 })
const indent = fc.integer({ min: 4, max: 14 }).map((width) => `\n${' '.repeat(width)}`)
const blank = fc.oneof(fc.stringMatching(/^[ \t\r\n]{0,4}$/), indent)

/** The tokens of what `JSON.stringify` wrote: strings whole, all else between them by its punctuation. */
function tokens(json: string): readonly string[] {
  return json.match(/"(?:[^"\\]|\\.)*"|[[\]{}:,]|[^[\]{}:,"\s]+/g) ?? []
}

/** With blanks between all tokens. */
function loosely(json: string): fc.Arbitrary<string> {
  const all = tokens(json)
  return fc
    .array(blank, { minLength: all.length, maxLength: all.length })
    .map((blanks) => all.map((token, at) => token + (blanks[at] ?? '')).join(''))
}

const source = fc.array(record, { maxLength: 6 }).chain((records) => {
  const lines = records.map((one) => JSON.stringify(one))
  return fc.record({
    lines: fc.constant(lines),
    array: loosely(`[${lines.join(',')}]`),
    documents: loosely(lines.join('')),
  })
})

describe('an array, or objects one after another', () => {
  it('become the same records, one a line, whatever the blanks and the chunks', async () => {
    await fc.assert(
      fc.asyncProperty(source, chunks, async ({ lines, array, documents }, sizes) => {
        const expected = lines.map((line) => `${line}\n`).join('')
        expect(await linesOf(array, sizes)).toBe(expected)
        expect(await linesOf(documents, sizes)).toBe(expected)
      }),
    )
  })

  it.each([
    ['[ {"n": 12345678901234567890.10, "e": 1E+2} ]', '{"n":12345678901234567890.10,"e":1E+2}\n'],
    ['[{"b":1,"a":2,"b":3}]', '{"b":1,"a":2,"b":3}\n'],
    ['[{"u":"\\u00e9\\/ é \\\\"}]', '{"u":"\\u00e9\\/ é \\\\"}\n'],
    ['[]', ''],
    [' [ \n ] ', ''],
    ['', ''],
    ['[{},{ }]', '{}\n{}\n'],
    ['{}{}\n{}', '{}\n{}\n{}\n'],
    ['{\n  "a": [1, [ ], {"b": null}]\n}\n', '{"a":[1,[],{"b":null}]}\n'],
  ])('keep every token as it stands: %s', async (json, lines) => {
    expect(await linesOf(json)).toBe(lines)
    expect(await linesOf(json, [1])).toBe(lines)
  })

  it('become the same records wherever a chunk ends', async () => {
    const records = [
      { plain: 'abcdefgh', 'a "name"': 'C:\\temp\\', empty: '', escapes: '\\\\"\\"\n\u0001' },
      { accents: 'Renée Ångström 東京 🎉', numbers: [1, -2.5e-7, 0], words: [true, false, null], none: [{}, []] },
    ]
    const expected = records.map((one) => `${JSON.stringify(one)}\n`).join('')
    for (const json of [
      JSON.stringify(records, null, 2),
      records.map((one) => JSON.stringify(one, null, '\t')).join(''),
    ]) {
      const size = Buffer.byteLength(json)
      for (let cut = 1; cut < size; cut++) expect(await linesOf(json, [cut, size])).toBe(expected)
      for (let length = 1; length < 9; length++) expect(await linesOf(json, [length])).toBe(expected)
    }
  })

  it('become the same records where they are much longer than what is looked at in one go', async () => {
    const long = fc.string({
      unit: fc.constantFrom('a', 'é', '\\', '"', '\n', ' ', '東'),
      maxLength: 20_000,
      size: 'max',
    })
    const pretty = fc.record({
      records: fc.array(fc.dictionary(long, long, { maxKeys: 3 }), { maxLength: 4 }),
      width: fc.nat(9),
    })
    await fc.assert(
      fc.asyncProperty(pretty, fc.integer({ min: 1, max: 1 << 17 }), async ({ records, width }, size) => {
        const expected = records.map((one) => `${JSON.stringify(one)}\n`).join('')
        expect(await linesOf(JSON.stringify(records, null, width), [size])).toBe(expected)
      }),
      { numRuns: 50 },
    )
  })

  it('may be nested a hundred thousand levels deep, and hold a string of a million escapes', async () => {
    const deep = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
    const long = `{"a":"${'\\n'.repeat(1_000_000)}"}`
    expect(await linesOf(`[ ${deep} , ${long} ]`)).toBe(`${deep}\n${long}\n`)
  })

  it('may not be nested without end', async () => {
    await expect(linesOf(`{"a":${'['.repeat(2_000_000)}`)).rejects.toThrow('at most 1048576 levels')
  })
})

const change = fc.record({
  at: fc.nat(),
  cut: fc.nat({ max: 2 }),
  put: fc.constantFrom('', ' ', '\n', ',', '"', '1', ']', '}', '{', '[', '\\', ':', '\\\n', '\t'),
})

describe('malformed JSON', () => {
  it.each([
    ['[{"a":1 2}]', 1, 9, '"," or "}"', 'a number, true, false or null'],
    ['[{"a":[1 2]}]', 1, 10, '"," or "]"', 'a number, true, false or null'],
    ['[{"a":tr ue}]', 1, 10, '"," or "}"', 'a string without quotes'],
    ['[{"a" 1}]', 1, 7, '":"', 'a number, true, false or null'],
    ['[{"a" "b"}]', 1, 7, '":"', 'a string'],
    ['[{"a":"x" "y"}]', 1, 11, '"," or "}"', 'a string'],
    ['[{"a":1,}]', 1, 9, 'a name in quotes', '"}"'],
    ['[{"a":[1,]}]', 1, 10, 'a value', '"]"'],
    ['[{"a":1]]', 1, 8, '"," or "}"', '"]"'],
    ['[{"a":[1}]', 1, 9, '"," or "]"', '"}"'],
    ['[{a:1}]', 1, 3, 'a name in quotes or "}"', 'a string without quotes'],
    ['[{"a":1}\n{"a":2}]', 2, 1, '"," or "]"', 'an object'],
    ['[{"a":1},,{"a":2}]', 1, 10, 'an object', '","'],
    ['[{"a":1},]', 1, 10, 'an object', '"]"'],
    ['[{"a":1},[]]', 1, 10, 'an object', 'an array'],
    ['[1]', 1, 2, 'an object or "]"', 'a number, true, false or null'],
    ['[{}] {}', 1, 6, 'the end of the file', 'an object'],
    ['[{}]]', 1, 5, 'the end of the file', '"]"'],
    ['{},{}', 1, 3, 'an object or the end of the file', '","'],
    ['{}}', 1, 3, 'an object or the end of the file', '"}"'],
    ['[{"a":"x\ny"}]', 1, 9, 'a closing quote', 'a line break'],
    ['[{"a":"x\\\ny"}]', 1, 10, 'a closing quote', 'a line break'],
    ['[{"a":"x\ty"}]', 1, 9, 'a closing quote', 'a tab'],
    ['[\n{"a":1}', 2, 8, '"," or "]"', 'the end of the file'],
    ['[{"a":1', 1, 8, '"," or "}"', 'the end of the file'],
    ['[{"a":"x', 1, 9, 'a closing quote', 'the end of the file'],
    ['[{"a":"x\\', 1, 10, 'a closing quote', 'the end of the file'],
    ['[', 1, 2, 'an object or "]"', 'the end of the file'],
    ['[{"a":\u00a01}]', 1, 7, 'a value', 'a string without quotes'],
    ['[{}\0]', 1, 4, '"," or "]"', 'a control character'],
  ])('%j is refused at line %i, column %i', async (json, line, column, expected, found) => {
    for (const sizes of [[1 << 16], [1], [2, 3]]) {
      const error: unknown = await linesOf(json, sizes).catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(MalformedJson)
      expect(error).toMatchObject({ place: { line, column }, expected, found })
    }
  })

  it('is refused at the same place, or kept as the same bytes, whatever the chunks', async () => {
    await fc.assert(
      fc.asyncProperty(source, change, chunks, async ({ array, documents }, { at, cut, put }, sizes) => {
        for (const json of [array, documents]) {
          const from = at % (json.length + 1)
          const changed = `${json.slice(0, from)}${put}${json.slice(from + cut)}`.toWellFormed()
          expect(await outcomeOf(changed, sizes)).toEqual(await outcomeOf(changed))
        }
      }),
      { numRuns: 300 },
    )
  })

  it('never becomes well-formed with another meaning', async () => {
    await fc.assert(
      fc.asyncProperty(source, change, chunks, async ({ array }, { at, cut, put }, sizes) => {
        const from = at % (array.length + 1)
        const changed = `${array.slice(0, from)}${put}${array.slice(from + cut)}`.toWellFormed()
        const lines = await linesOf(changed, sizes).catch(() => undefined)
        const records = lines === undefined ? undefined : valueOf(`[${lines.trimEnd().replaceAll('\n', ',')}]`)
        // Well-formed lines are those of a well-formed source, or of objects that now stand without their brackets.
        if (records !== undefined) expect(records).toEqual(valueOf(changed) ?? valueOf(`[${changed}]`))
      }),
      { numRuns: 2_000 },
    )
  })
})

async function outcomeOf(json: string, sizes?: readonly number[]): Promise<unknown> {
  try {
    return await linesOf(json, sizes)
  } catch (error) {
    if (!(error instanceof MalformedJson)) throw error
    return { place: error.place, expected: error.expected, found: error.found }
  }
}

function valueOf(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

it('stops at the first byte that is not plain, wherever it stands, and skips none', () => {
  const plain = fc
    .uint8Array({ maxLength: 60, size: 'max' })
    .map((bytes) => bytes.map((byte) => (isPlain(byte) ? byte : 0x61)))
  fc.assert(
    fc.property(plain, fc.constantFrom(0x22, 0x5c, 0x00, 0x0a, 0x1f), plain, (before, stop, after) => {
      const chunk = Uint8Array.from([...before, stop, ...after])
      let at = 0
      for (at = skipPlain(chunk, new DataView(chunk.buffer), 0); isPlain(chunk[at] ?? 0); at++);
      expect(at).toBe(before.length)
    }),
    { numRuns: 1_000 },
  )
})

function isPlain(byte: number): boolean {
  return byte >= 0x20 && byte !== 0x22 && byte !== 0x5c
}
