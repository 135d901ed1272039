import { expect, it } from 'vitest'
import { rowCheckOf } from '../../src/check/row-check.ts'
import { checkFile } from '../../src/formats/check.ts'
import { createLocalChecker } from '../../src/formats/pool.ts'
import { bytesContent } from '../../src/lib/content.ts'
import { readMappingSet } from '../../src/mapping/mapping-set.ts'
import { loyaltySchema } from '../../emulator/seed/loyalty-schema.ts'
import { mappingSet } from '../support/emulator/mapping-sets.ts'
import { never } from '../support/time/never.ts'

const LINES = { format: 'json', kind: 'lines' } as const

/** The findings of JSON Lines, and the records that were made of them. */
async function mapLines(lines: string, set: string, isForProfile = false) {
  const read = readMappingSet(set)
  if (read.kind === 'faults') throw new Error('The set is wrong')
  const source = { schema: loyaltySchema, descriptors: undefined }
  const plan = { ...source, name: 'maps/a.json', set: read.set, isForProfile, isUpsert: false, nowMs: 0 }
  const check = rowCheckOf({
    source,
    showValues: false,
    isForProfile,
    isUntyped: false,
    mapping: { plan, isChecked: true },
  })
  let made = ''
  const sending = { name: 'a.json', write: async (bytes: Uint8Array) => void (made += Buffer.from(bytes).toString()) }
  const tools = { checker: createLocalChecker(check), signal: never(), sending }
  const { findings, converted } = await checkFile({ content: bytesContent(Buffer.from(lines)), shape: LINES }, tools)
  return { findings, rows: converted?.rows, made }
}

const ID = '_emutenant.loyalty.loyaltyId'

it('a record that is longer than anything takes is rejected, and the others are made', async () => {
  const long = 'replacestr(lpad(N, 1000, "x"), "x", lpad(N, 300000, "y"))'
  const set = mappingSet(['N', ID], [`iif(N == "1", ${long}, N)`, 'person.name.firstName', 'EXPRESSION'])
  const { findings, rows, made } = await mapLines('{"N":"1"}\n{"N":"2"}\n', set)
  expect(findings).toMatchObject([
    { code: 'mapping-error', fate: 'rejected', first: [{ place: { line: 1 }, issue: { received: 'a longer one' } }] },
  ])
  expect(rows).toBe(1)
  expect(made).toBe('{"_emutenant":{"loyalty":{"loyaltyId":"2"}},"person":{"name":{"firstName":"2"}}}\n')
})

it('what is wrong with a record as a whole is not put down to its first column', async () => {
  const { findings } = await mapLines(
    `{"N":"${'1'.repeat(100_001)}"}\n`,
    mappingSet(['N', ID], ['N', 'person.name.firstName']),
    true,
  )
  const [oversize] = findings.filter(({ code }) => code === 'oversize-record')
  expect(oversize?.first).toMatchObject([{ place: { line: 1, column: 1 } }])
  expect(oversize?.first[0]?.issue.from).toBeUndefined()
})
