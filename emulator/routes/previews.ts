import { parse } from 'csv-parse/sync'
import { json, problem } from '../http/answers.ts'
import { asked, param, type Call, type Route } from '../http/call.ts'
import type { Answer } from '../http/exchange.ts'
import { findBatch } from '../batches/find-batch.ts'
import { isObject, objectOf, type JsonObject, ownValue } from '../json.ts'
import type { Upload } from '../state.ts'

export const previewRoutes: readonly Route[] = [
  { method: 'GET', pattern: '/data/foundation/import/batches/:batch/datasets/:dataset/preview', answer: preview },
]

/** A preview shows a few rows, so the rest of the file isn't read. */
const READ_BYTES = 1 << 16
const ROWS = 10

/**
 * OpenAPI file of the import service: columns by number, rows by column number, every value a string. It types `cid` as a
 * string and shows a number; here it is the number.
 */
async function preview(call: Call): Promise<Answer> {
  const batch = findBatch(call)
  const upload = [...batch.uploads.values()].find(({ finished }) => finished)
  const format = asked(call, 'format')?.toLowerCase()
  if (upload === undefined || batch.datasetId !== param(call, 'dataset')) return problem(404, 'The batch has no files.')
  if (format === undefined) return problem(400, 'The query parameter format is required.')
  if (format !== 'csv' && format !== 'json') return problem(415, `A preview of format ${format} is not supported.`)
  const rows = (await readRows(call, upload, format)).slice(0, Number(asked(call, 'nrow') ?? 0) || ROWS)
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return json(200, {
    formatParams: Object.fromEntries(call.query),
    preview: {
      columns: names.map((name, cid) => ({ cid, name })),
      rows: rows.map((row) => Object.fromEntries(names.flatMap((name, cid) => textCell(cid, ownValue(row, name))))),
    },
  })
}

function textCell(cid: number, value: unknown): readonly (readonly [number, string])[] {
  if (value === undefined) return []
  return [[cid, typeof value === 'string' ? value : JSON.stringify(value)]]
}

async function readRows(call: Call, upload: Upload, format: 'csv' | 'json'): Promise<readonly JsonObject[]> {
  const text = Buffer.from(await upload.stored.read(0, Math.min(upload.size, READ_BYTES))).toString('utf8')
  const whole = upload.size > READ_BYTES ? text.slice(0, text.lastIndexOf('\n')) : text
  if (format === 'csv') return csvRows(call, whole)
  const lines = flag(call, 'isMultiLineJson') === true ? [whole] : whole.split('\n')
  return lines.flatMap(parsed).map((row) => Object.fromEntries(leaves(row)))
}

function csvRows(call: Call, text: string): readonly JsonObject[] {
  const [delimiter, quote, escape] = [
    asked(call, 'delimiter') ?? ',',
    asked(call, 'quote') ?? '"',
    asked(call, 'escape') ?? '\\',
  ]
  const rows: unknown = parse(text, {
    delimiter,
    quote,
    escape,
    columns: flag(call, 'header') !== false,
    relax_column_count: true,
    skip_records_with_error: true,
  })
  return Array.isArray(rows) ? rows.map((row) => (Array.isArray(row) ? numbered(row) : objectOf(row))) : []
}

/** Names for columns without a header, as Spark gives them. */
function numbered(cells: readonly unknown[]): JsonObject {
  return Object.fromEntries(cells.map((cell, index) => [`_c${index}`, cell]))
}

/** Python writes `True` and `False`. */
function flag(call: Call, name: string): boolean | undefined {
  const word = asked(call, name)?.toLowerCase()
  return word === 'true' || word === 'false' ? word === 'true' : undefined
}

function parsed(text: string): readonly JsonObject[] {
  try {
    const value: unknown = JSON.parse(text)
    return (Array.isArray(value) ? value : [value]).filter(isObject)
  } catch {
    return []
  }
}

/** `_acme/field0`: the path of a field is the name of its column. */
function leaves(value: JsonObject, path = ''): readonly (readonly [string, unknown])[] {
  return Object.entries(value).flatMap(([name, inner]) =>
    isObject(inner) ? leaves(inner, `${path}${name}/`) : [[`${path}${name}`, inner] as const],
  )
}
