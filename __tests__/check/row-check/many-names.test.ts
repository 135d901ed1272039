import { expect, it } from 'vitest'
import { rowCheckOf } from '../../../src/check/row-check.ts'
import { checkRecords } from '../../../src/formats/check.ts'
import { schemaOf } from '../../schema/issues-of.ts'
import { tookMs } from '../../support/time/took.ts'

const text = { type: 'string' }

function fieldsOf(count: number): Readonly<Record<string, typeof text>> {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [`field${at}`, text]))
}

async function check(schema: Readonly<Record<string, unknown>>, rows: readonly string[]) {
  const source = { schema, descriptors: undefined }
  const rowCheck = rowCheckOf({ source, showValues: false, isForProfile: false, isUntyped: false })
  const bytes = new Uint8Array(Buffer.from(rows.map((row) => `${row}\n`).join('')))
  return await checkRecords({ format: 'json', bytes, layout: { unit: 'lines' } }, rowCheck)
}

it('40,000 unknown fields in one record take no minute: each is counted, the first are placed', async () => {
  const members = Array.from({ length: 40_000 }, (_, at) => `"k${at}":1`)
  let found: Awaited<ReturnType<typeof check>> | undefined
  const ms = await tookMs(async () => (found = await check(schemaOf(fieldsOf(200)), [`{${members.join(',')}}`])))
  expect(found?.findings.reduce((sum, { count }) => sum + count, 0)).toBe(40_000)
  const column = members.slice(0, 999).join(',').length + '{,'.length + '"k999":'.length + 1
  expect(found?.findings[999]?.first[0]?.place).toEqual({ kind: 'text', line: 1, column })
  expect(ms).toBeLessThan(5_000)
})

it('10,000 fields in another order in every record are recognised without comparing all with all', async () => {
  const names = Object.keys(fieldsOf(10_000))
  const row = (of: readonly string[]) => JSON.stringify(Object.fromEntries(of.map((name) => [name, 'a'])))
  const schema = schemaOf(fieldsOf(10_000))
  const rowsMs = (rows: readonly string[]) =>
    tookMs(async () => expect((await check(schema, rows)).findings).toEqual([]))
  const inOrder = Array.from({ length: 20 }, () => row(names))
  const mixed = inOrder.map((one, at) => (at % 2 === 0 ? one : row(names.toReversed())))
  const inOrderMs = await rowsMs(inOrder)
  // All with all would take a thousand times as long.
  expect(await rowsMs(mixed)).toBeLessThan(100 * inOrderMs)
})

it('hints for unknown fields come for the first of a record, and are the same in every record', async () => {
  const row = `{${Array.from({ length: 400 }, (_, at) => `"Field${at}":"a"`).join(',')}}`
  const { findings } = await check(schemaOf(fieldsOf(400)), [row, row])
  expect(findings[0]?.first.map(({ issue }) => issue.hint)).toEqual(Array(2).fill('did you mean "field0"?'))
  expect(findings[399]?.first.map(({ issue }) => issue.hint)).toEqual([undefined, undefined])
})
