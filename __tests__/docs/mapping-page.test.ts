import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loyaltySchema } from '../../emulator/seed/loyalty-schema.ts'
import { readCsv } from '../../src/formats/csv/records.ts'
import { compileMapping } from '../../src/mapping/compile.ts'
import { METHOD_NAMES } from '../../src/mapping/expression/methods.ts'
import { documentedFunctions, refusedFunctions } from '../../src/mapping/functions/table.ts'
import { Mapper, recordText } from '../../src/mapping/mapper.ts'
import { readMappingSet } from '../../src/mapping/mapping-set.ts'
import { compileSchema } from '../../src/schema/compile.ts'
import { blocksOf, readPage } from './read-pages.ts'

const page = readPage('docs/csv-and-mapping.md')
const [csv = ''] = blocksOf(page, 'csv')
const [set = '', record = ''] = blocksOf(page, 'json')

describe('docs/csv-and-mapping.md', () => {
  it('begins with ten lines of CSV and six of mapping, which are those of the demo', () => {
    expect([csv, set].map((text) => text.trimEnd().split('\n').length)).toEqual([10, 6])
    expect(csv).toBe(readSample('../../samples/members-csv/members.csv'))
    expect(set).toBe(readSample('../../samples/members-csv/mapping.json'))
  })

  it('shows the record that the second line becomes', async () => {
    const [first = ''] = await recordsOf(csv)
    expect(JSON.parse(record)).toEqual(JSON.parse(first))
  })

  it('has a sample whose cells are not all easy: quotes, spaces, other letters, empty cells; each row becomes a record', async () => {
    expect(csv).toMatch(/"[^"\n]*,/)
    expect(csv).toMatch(/""/)
    expect(csv).toMatch(/, |,\n|,,/)
    expect(csv).toMatch(/[^\p{ASCII}]/u)
    expect(await recordsOf(csv)).toHaveLength(9)
  })

  it('names every function and every method', () => {
    const names = [...documentedFunctions(), ...refusedFunctions()].map(({ name }) => `\`${name}`)
    expect([...names, ...METHOD_NAMES].filter((name) => !page.text.includes(name))).toEqual([])
  })
})

async function recordsOf(text: string): Promise<readonly string[]> {
  const bytes = Buffer.from(text)
  const header = text.slice(0, text.indexOf('\n')).split(',')
  const mapper = new Mapper(compiled(), { header, nowMs: 0, remoteName: 'members.csv.json' })
  const records: string[] = []
  const layout = { dialect: { delimiter: ',', quote: '"', escape: '"' }, header, hasHeader: true }
  const fail = () => {
    throw new Error('A row cannot be read')
  }
  const value = (row: Readonly<Record<string, unknown>>) => {
    const mapped = mapper.map(row, { row: records.length + 1, sha256: () => '' })
    expect(mapped.faults).toEqual([])
    records.push(recordText(mapped))
  }
  await readCsv(bytes, layout, { text: fail, value, corrupt: fail })
  return records
}

function compiled() {
  const read = readMappingSet(set)
  if (read.kind === 'faults') throw new Error('The mapping set cannot be read')
  const schema = compileSchema(loyaltySchema)
  const result = compileMapping(read.set, { schema, isForProfile: true, isUpsert: false })
  if (result.kind === 'faults') throw new Error('The mapping set has faults')
  return result.mapping
}

function readSample(path: string): string {
  return readFileSync(new URL(path, import.meta.url), 'utf8')
}
