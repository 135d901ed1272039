import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loyaltySchema } from '../../../emulator/seed/loyalty-schema.ts'
import { member } from '../../support/runs/platform-inputs.ts'
import { validateOffline, type Validated } from '../../support/check/validated.ts'

const text = { type: 'string' }
const FLAT = {
  $id: 'https://ns.adobe.com/acme/schemas/1',
  title: 'Products',
  type: 'object',
  'meta:extends': ['https://ns.adobe.com/xdm/data/adhoc'],
  'meta:class': 'https://ns.adobe.com/acme/classes/1',
  'meta:tenantNamespace': '_acme',
  properties: { _acme: { type: 'object', properties: { sku: text, name: text, email: text } } },
}

const NESTED = {
  ...loyaltySchema,
  properties: { ...loyaltySchema.properties, open: {}, birthDate: { type: 'string', format: 'date' } },
}

/** Characters that nothing of the action writes. */
const CANARIES = ['§', '¶', 'Ж', '漢', '☂', '\u0301', '𝒳', '٣']
const canary = fc
  .array(
    fc.oneof({ arbitrary: fc.constantFrom(...CANARIES), weight: 2 }, fc.constantFrom('a', '@', '7', '/', '~', '"')),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((parts) => `${parts.join('')}${CANARIES[0]}`)

const loyalty = (more: object) => ({ _emutenant: { loyalty: { loyaltyId: '1', ...more } } })

/** A row that has the text in each place where a name or a shape may stand. */
function rowsWith(word: string): readonly string[] {
  const name = JSON.stringify(word)
  return [
    JSON.stringify({ ...loyalty({}), [word]: { [word]: 1 } }),
    JSON.stringify(loyalty({ attributes: { [word]: true, [`${word}2`]: null } })),
    JSON.stringify({ ...loyalty({}), birthDate: word }),
    `{"open":{${name}:1,${name}:2},"_emutenant":{"loyalty":{"loyaltyId":"1","attributes":{${name}:"a",${name}:"b"}}}}`,
    `{${name}:1,${name}:{${name}:1,${name}:2}}`,
  ]
}

describe('names that are values', () => {
  it('stand in no log, annotation, report, summary or SARIF', async () => {
    const words = fc.sample(canary, { numRuns: 40, seed: 20 })
    const files = Object.fromEntries(words.map((word, at) => [`data/${at}.jsonl`, `${rowsWith(word).join('\n')}\n`]))
    const run = await validateOffline(NESTED, { files })
    const codes = new Set(run.checks.flatMap(({ findings }) => findings.map(({ code }) => code)))
    expect([...codes].toSorted()).toEqual([
      'date-format',
      'duplicate-key',
      'null-value',
      'type-mismatch',
      'unknown-field',
    ])
    for (const character of CANARIES) expect(everything(run)).not.toContain(character)
  })

  it('of a CSV file without a header are told as the columns that they are', async () => {
    const csv = 'anna.muster@example.com,Anna Muster,1987-02-03\nroberta@example.com,Roberta,1990-01-01\n'
    const run = await validateOffline(FLAT, { files: { 'data/a.csv': csv } })
    expect(run.exitCode).toBe(1)
    const unknown = run.checks.flatMap(({ findings }) => findings.filter(({ code }) => code === 'unknown-field'))
    expect(unknown.map(({ path }) => path)).toEqual(['/column 1', '/column 2', '/column 3'])
    expect(everything(run)).not.toMatch(/anna\.|muster|1987-02|roberta/i)
  })

  it('of members and keys are told by their place, and the line and column lead to them', async () => {
    const row = JSON.stringify({ 'erik@example.com': 1, ...loyalty({ attributes: { 'a@b.example': true } }) })
    const run = await validateOffline(NESTED, { files: { 'data/a.jsonl': `${row}\n` } })
    expect(run.annotations).toMatchObject([
      { column: row.indexOf(':1') + 2, text: expect.stringMatching(/^\/key 1: the schema does not define this field/) },
      {
        column: row.indexOf(':true') + 2,
        text: expect.stringMatching(/^\/_emutenant\/loyalty\/attributes\/key 1: /),
      },
    ])
  })

  it('are cut in every message when they are shown, however long they are', async () => {
    const files = { 'data/a.jsonl': `${rowsWith('x'.repeat(2_000_000)).join('\n')}\n` }
    const run = await validateOffline(NESTED, { files, inputs: { 'show-values': 'true' } })
    expect(run.exitCode).toBe(1)
    const lines = everything(run).split('\n')
    expect(lines.filter((line) => line.includes('x'.repeat(900))).length).toBeGreaterThan(0)
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(10_000)
  })

  it('are shown when they are asked for', async () => {
    const files = { 'data/a.jsonl': `${JSON.stringify({ 'erik@example.com': 1, ...loyalty({}) })}\n` }
    const run = await validateOffline(NESTED, { files, inputs: { 'show-values': 'true' } })
    expect(run.log).toContain('/erik@example.com: the schema does not define this field')
  })

  it('are told from those that are nothing but names', async () => {
    const files = { 'data/a.jsonl': `${member('1').trimEnd().slice(0, -1)},"Loyalty points v2":1}\n` }
    expect((await validateOffline(NESTED, { files })).log).toContain(
      '/Loyalty points v2: the schema does not define this field',
    )
  })
})

function everything({ log, kept, summary, outputs }: Validated): string {
  return [log, kept.report, kept.sarif, summary, JSON.stringify(outputs)].join('\n')
}
