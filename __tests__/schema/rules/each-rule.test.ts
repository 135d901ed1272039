import { describe, expect, it } from 'vitest'
import { findDuplicateIds, keyWordsOf } from '../../../src/check/findings.ts'
import { rowCheckOf } from '../../../src/check/row-check.ts'
import { withRepeatedKeys } from '../../../src/diff/repeated-keys.ts'
import { checkRecords, checkSlice } from '../../../src/formats/check.ts'
import type { Slice } from '../../../src/formats/format.ts'
import type { RowCheck } from '../../../src/formats/record.ts'
import { checkColumns, checkHeader } from '../../../src/schema/columns.ts'
import { type CompiledSchema, compileSchema } from '../../../src/schema/compile.ts'
import { RULES, type Issue } from '../../../src/schema/rules.ts'
import { diffed, rowFile } from '../../support/diff/diffed.ts'
import { heard } from '../../support/runs/heard.ts'
import { BREAKS, type Break, type Subject } from './breaks.ts'

/** Codes of what the one check finds that a break is for. */
async function codesOf(one: Break): Promise<readonly string[]> {
  switch (one.by) {
    case 'rows':
      return codesInRows(one.broken, rowsCheck(one))
    case 'values':
      return codesInValues(one.broken, rowsCheck(one))
    case 'csv':
      return (await findings(csvSlice(one.broken, one.header), NO_CHECK)).map(codeOf)
    case 'mapped':
      return await codesInMapped(one)
    case 'relational':
      return await codesInRows(one.broken, rowsCheck(one), compileSchema(one.schema, one.descriptors))
    case 'keyed':
      return await codesByKey(one)
    case 'header':
      return issuesOf((report) =>
        checkHeader(compileSchema(one.schema), { header: one.broken, showValues: false }, report),
      )
    case 'columns':
      return issuesOf((report) =>
        checkColumns(compileSchema(one.schema), { columns: one.broken, showValues: false }, report),
      )
    default:
      return one satisfies never
  }
}

async function codesByKey({ broken, key }: Break & { readonly by: 'keyed' }): Promise<readonly string[]> {
  const found = await diffed([], [await rowFile('rows.jsonl', broken.join('\n'))], { key: [key] })
  const file = { path: 'rows.jsonl', rows: broken.length, badRows: 0, rejectedRows: 0, findings: [] }
  const [checked] = withRepeatedKeys([file], { ...found, files: [{ path: 'rows.jsonl', format: 'json' }] })
  return (checked?.findings ?? []).map(codeOf)
}

async function codesInMapped({ broken, header, schema }: Break & { readonly by: 'mapped' }) {
  const entries = header.map((name, at) => ({ number: at + 1, kind: 'attribute' as const, source: name, target: name }))
  const set = { entries, schemaId: undefined, id: undefined, version: undefined }
  const source = { schema, descriptors: undefined }
  const plan = { name: 'rules', set, ...source, isForProfile: false, isUpsert: false, nowMs: 0 }
  const mapping = { plan, isChecked: true }
  const check = rowCheckOf({ source, isForProfile: false, showValues: false, isUntyped: false, mapping })
  const spot = { name: 'rows', rowsBefore: 0 }
  const nothing = () => Promise.reject(new Error('Nobody is asked here'))
  const found = await checkSlice(csvSlice(broken, header), check, { read: nothing, spot, write: nothing })
  return found.kind === 'records' ? found.findings.map(codeOf) : []
}

const DIALECT = { delimiter: ',', quote: '"', escape: '"' }

function csvSlice(rows: string, header: readonly string[]): Slice {
  return {
    format: 'csv',
    bytes: new Uint8Array(Buffer.from(rows)),
    layout: { header, dialect: DIALECT, hasHeader: false },
  }
}

const NO_CHECK: RowCheck = { text: () => undefined, value: () => undefined }

function rowsCheck({ schema, descriptors, isForProfile = false }: Subject) {
  return rowCheckOf({ source: { schema, descriptors }, isForProfile, showValues: false, isUntyped: false })
}

const codeOf = ({ code }: { readonly code: string }) => code

async function codesInRows(
  rows: readonly string[],
  check: RowCheck,
  schema: Pick<CompiledSchema, 'relational'> = { relational: undefined },
): Promise<readonly string[]> {
  const bytes = new Uint8Array(Buffer.from(rows.map((row) => `${row}\n`).join('')))
  return (await findings({ format: 'json', bytes, layout: { unit: 'lines' } }, check, schema)).map(codeOf)
}

function codesInValues(record: Readonly<Record<string, unknown>>, check: RowCheck): readonly string[] {
  const codes: string[] = []
  void check.value(record, ({ code }) => codes.push(code))
  return codes
}

/** Of all rows together. */
async function findings(
  slice: Slice,
  check: RowCheck,
  schema: Pick<CompiledSchema, 'relational'> = { relational: undefined },
) {
  const { findings: each, keys } = await checkRecords(slice, check)
  const together = findDuplicateIds([{ path: 'rows', placed: 'text', keys }], heard(), keyWordsOf(schema))
  return [...each, ...together.flat()]
}

function issuesOf(look: (report: (issue: Issue) => void) => void): readonly string[] {
  const issues: Issue[] = []
  look((issue) => issues.push(issue))
  return issues.map(codeOf)
}

/** The same check, which reads every row. */
function withoutScan(check: RowCheck): RowCheck {
  return {
    text: (text, report) => check.text(text, report),
    value: (value, report) => check.value(value, report),
  }
}

function nameOf(one: Break): string {
  return JSON.stringify(one).slice(0, 300)
}

describe('the rule', () => {
  for (const [code, breaks] of Object.entries(BREAKS)) {
    it(`${code} is found where it alone is broken, with the scan and without`, async () => {
      for (const one of breaks) {
        expect(await codesOf(one), nameOf(one)).toEqual([code])
        if (one.by !== 'rows') continue
        expect(await codesInRows(one.broken, withoutScan(rowsCheck(one))), nameOf(one)).toEqual([code])
      }
    })
  }

  it.each(Object.entries(BREAKS).filter(([, breaks]) => breaks.some(({ by }) => by === 'rows')))(
    '%s is not found in the like that is in order, which the scan recognises',
    async (_, breaks) => {
      for (const one of breaks) {
        if (one.by !== 'rows') continue
        const read: string[] = []
        const check = rowsCheck(one)
        expect(
          await codesInRows(one.inOrder, { ...check, text: (row: string) => void read.push(row) }),
          nameOf(one),
        ).toEqual([])
        expect(read, nameOf(one)).toEqual([])
        expect(await codesInRows(one.inOrder, withoutScan(check)), nameOf(one)).toEqual([])
      }
    },
  )

  it('is one of those that there are', () => {
    expect(Object.keys(BREAKS).toSorted()).toEqual(Object.keys(RULES).toSorted())
  })
})
