import { ownValue } from '../lib/json-reader.ts'
import { brokenJson } from '../formats/json/places.ts'
import { CsvRecords } from '../formats/csv/records.ts'
import { type JsonObject, isPlainObject, parseLossless } from '../schema/json.ts'
import type { MappingFault, MappingNote } from './fault.ts'
import { readTemplate } from './template.ts'

/** One mapping of a set, as the file has it. */
export type SetEntry = {
  /** Its position in the set, from 1. */
  readonly number: number
  readonly kind: 'attribute' | 'expression' | 'static'
  /** A path, an expression or a constant. */
  readonly source: string
  readonly target: string
}

/** A mapping set of Data Prep ("Mapping sets API endpoint guide"), in any of its stored forms. */
export type MappingSet = {
  readonly entries: readonly SetEntry[]
  /** `$id` of the schema that it was made for, if it names one. */
  readonly schemaId: string | undefined
  /** Id in Data Prep; undefined for a set that is only a file. */
  readonly id: string | undefined
  readonly version: number | undefined
}

export type ReadSet =
  | { readonly kind: 'set'; readonly set: MappingSet; readonly notes: readonly MappingNote[] }
  | { readonly kind: 'faults'; readonly faults: readonly MappingFault[] }

const BYTE_ORDER_MARK = '\ufeff'

/**
 * Reads a mapping set in any of its forms: the body that creates one, the response of the API, its list of mappings
 * alone, the older form with `sourceAttribute`, a list that holds one set, the body of a preview, the CSV template of the
 * user interface. Ignores unknown members. Collects all faults.
 */
export function readMappingSet(text: string): ReadSet {
  const plain = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
  return /^\s*[[{]/.test(plain) ? readJsonSet(plain) : readCsvSet(plain)
}

function readJsonSet(text: string): ReadSet {
  const twice: string[] = []
  try {
    const value = parseLossless(text, (path) => void twice.push(path))
    if (twice.length === 0) return readSetValue(value)
    return refuse(`duplicate key: ${twice.slice(0, 3).join(', ')}`)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return refuseJson(text)
  }
}

function refuse(message: string, code: MappingFault['code'] = 'form'): ReadSet {
  return { kind: 'faults', faults: [{ code, message }] }
}

function refuseJson(text: string): ReadSet {
  const { issue, at } = brokenJson(text)
  const start = text.split('\n', at.lines).reduce((length, line) => length + line.length + 1, 0)
  const message = `not valid JSON: expected ${issue.expected}, found ${issue.received}`
  return { kind: 'faults', faults: [{ code: 'form', message, excerpt: { text, at: start + at.columns } }] }
}

/** Also reads the response of `GET /mappingSets/{id}`. */
export function readSetValue(value: unknown): ReadSet {
  if (Array.isArray(value)) return readEntries(value, {})
  if (!isPlainObject(value)) return refuse('expected a mapping set or a list of mappings')
  const { mappings, mappingSet, data } = value
  if (Array.isArray(mappings)) return readEntries(mappings, value)
  if (isPlainObject(mappingSet)) return readSetValue(mappingSet)
  if (Array.isArray(data)) return readPage(data)
  const reference = referenceIn(value)
  if (reference !== undefined) {
    return refuse(`it only references mapping set ${JSON.stringify(reference)}: export the set itself`, 'refused')
  }
  return refuse('it has no list "mappings"')
}

function readPage(data: readonly unknown[]): ReadSet {
  const sets = data.filter((one) => isPlainObject(one) && Array.isArray(one['mappings']))
  if (sets.length !== 1) return refuse(`it holds ${sets.length} mapping sets: keep the one to use`, 'refused')
  return readSetValue(sets[0])
}

/** The id of a set in a flow, whose transformation holds only this id and no mappings. */
function referenceIn(value: JsonObject): string | undefined {
  const { params, transformations } = value
  if (isPlainObject(params) && typeof params['mappingId'] === 'string') return params['mappingId']
  return Array.isArray(transformations)
    ? transformations.filter(isPlainObject).map(referenceIn).find(Boolean)
    : undefined
}

function readEntries(mappings: readonly unknown[], set: JsonObject): ReadSet {
  const read = mappings.map((mapping, at) => readEntry(mapping, at + 1))
  const faults = read.flatMap((one) => ('code' in one ? [one] : []))
  if (mappings.length === 0) faults.push({ code: 'form', message: 'it has no mappings' })
  if (faults.length > 0) return { kind: 'faults', faults }
  const entries = read.flatMap((one) => ('code' in one ? [] : [one]))
  const { id, version } = set
  const known = {
    schemaId: schemaIdOf(set),
    id: typeof id === 'string' ? id : undefined,
    version: typeof version === 'number' ? version : undefined,
  }
  return { kind: 'set', set: { entries, ...known }, notes: notesOf(set) }
}

function notesOf(set: JsonObject): readonly MappingNote[] {
  const notes: MappingNote[] = []
  if (set['allowNullValues'] === true) {
    notes.push({ message: '"allowNullValues" is ignored: null is always left out of the record' })
  }
  if (set['strictMapping'] === true) {
    notes.push({ message: '"strictMapping" is ignored: Adobe does not document what it does' })
  }
  return notes
}

/** An id with a placeholder was never filled in. */
function schemaIdOf({ outputSchema, xdmSchema, schemaRef }: JsonObject): string | undefined {
  const reference = isPlainObject(outputSchema) ? outputSchema['schemaRef'] : schemaRef
  const id = isPlainObject(reference) ? reference['id'] : xdmSchema
  return typeof id === 'string' && id !== '' && !id.includes('{') ? id : undefined
}

const KINDS: ReadonlyMap<unknown, SetEntry['kind']> = new Map<unknown, SetEntry['kind']>([
  [undefined, 'attribute'],
  [null, 'attribute'],
  ['ATTRIBUTE', 'attribute'],
  ['text/x.schema-path', 'attribute'],
  ['schema-path', 'attribute'],
  ['EXPRESSION', 'expression'],
  ['text/x.aep-xl', 'expression'],
  ['STATIC', 'static'],
])

function readEntry(mapping: unknown, number: number): SetEntry | MappingFault {
  const fail = (message: string, code: MappingFault['code'] = 'form'): MappingFault => ({
    code,
    message,
    mapping: number,
  })
  if (!isPlainObject(mapping)) return fail('it is not an object')
  const kind = KINDS.get(mapping['sourceType'])
  if (kind === undefined) return fail(unknownType(mapping['sourceType']), 'refused')
  const source = textUnder(mapping, 'source', 'sourceAttribute')
  if (source.kind === 'fault') return fail(source.message)
  const target = textUnder(mapping, 'destination', 'destinationXdmPath')
  if (target.kind === 'fault') return fail(target.message)
  // A constant may be an empty string.
  if (kind !== 'static' && source.text.trim() === '') return fail('"source" is empty')
  return { number, kind, source: source.text, target: target.text }
}

function unknownType(sourceType: unknown): string {
  const found =
    typeof sourceType === 'string'
      ? `unknown "sourceType" ${JSON.stringify(sourceType)}`
      : '"sourceType" is not a string'
  return `${found}: use ATTRIBUTE, EXPRESSION or STATIC`
}

type TextUnder = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'fault'; readonly message: string }

/** API responses have both names, with the same value. */
function textUnder(mapping: JsonObject, name: string, older: string): TextUnder {
  const [value, other] = [ownValue(mapping, name) ?? undefined, ownValue(mapping, older) ?? undefined]
  const text = value ?? other
  if (text === undefined) return { kind: 'fault', message: `"${name}" is missing` }
  if (typeof text !== 'string') return { kind: 'fault', message: `"${name}" is not a string` }
  if (other !== undefined && other !== text) {
    return { kind: 'fault', message: `"${name}" and "${older}" differ: keep one of them` }
  }
  return text.trim() === '' && name === 'destination'
    ? { kind: 'fault', message: `"${name}" is empty` }
    : { kind: 'text', text }
}

function readCsvSet(text: string): ReadSet {
  const rows: (readonly string[])[] = []
  const records = new CsvRecords(text, { delimiter: ',', quote: '"', escape: '"' })
  for (let record = records.next(); record.kind !== 'end'; record = records.next()) {
    if (record.kind === 'misquoted') return refuse('expected JSON or CSV, found a misplaced quote')
    rows.push(record.cells)
  }
  const template = readTemplate(rows)
  return template.kind === 'refused' ? refuse(template.why) : readEntries(template.mappings, {})
}
