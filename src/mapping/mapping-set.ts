import { messageOf } from '../lib/errors.ts'
import { ownValue } from '../lib/json-reader.ts'
import { CsvRecords } from '../formats/csv/records.ts'
import { type JsonObject, isPlainObject, parseLossless } from '../schema/json.ts'
import type { MappingFault, MappingNote } from './fault.ts'
import { readTemplate } from './template.ts'

/** One line of a mapping set, as its file has it. */
export type SetEntry = {
  /** Its place in the set, the first of which is 1. */
  readonly number: number
  readonly kind: 'attribute' | 'expression' | 'static'
  /** A path, an expression or a constant. */
  readonly source: string
  readonly target: string
}

/** A mapping set of Data Prep ("Mapping sets API endpoint guide"), in whichever form it was stored. */
export type MappingSet = {
  readonly entries: readonly SetEntry[]
  /** `$id` of the schema that it was made for, where it names one. */
  readonly schemaId: string | undefined
  /** Of a set that Data Prep keeps. */
  readonly id: string | undefined
  readonly version: number | undefined
}

export type ReadSet =
  | { readonly kind: 'set'; readonly set: MappingSet; readonly notes: readonly MappingNote[] }
  | { readonly kind: 'faults'; readonly faults: readonly MappingFault[] }

const BYTE_ORDER_MARK = '\ufeff'

/**
 * Reads a mapping set in any of its forms: the body that creates one, the answer of the API, its list of mappings alone, the
 * older form with `sourceAttribute`, a list that holds one set, the body of a preview, the CSV template of the user
 * interface. Unknown members are left alone. All faults are collected.
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
    return refuse(`a member stands twice in it: ${twice.slice(0, 3).join(', ')}`)
  } catch (error) {
    return refuse(`it is no valid JSON: ${messageOf(error)}`)
  }
}

function refuse(message: string, code: MappingFault['code'] = 'form'): ReadSet {
  return { kind: 'faults', faults: [{ code, message }] }
}

/** Also of the answer of `GET /mappingSets/{id}`. */
export function readSetValue(value: unknown): ReadSet {
  if (Array.isArray(value)) return readEntries(value, {})
  if (!isPlainObject(value)) return refuse('it is neither a mapping set nor a list of mappings')
  const { mappings, mappingSet, data } = value
  if (Array.isArray(mappings)) return readEntries(mappings, value)
  if (isPlainObject(mappingSet)) return readSetValue(mappingSet)
  if (Array.isArray(data)) return readPage(data)
  const reference = referenceIn(value)
  if (reference !== undefined) {
    return refuse(`it only refers to the mapping set ${JSON.stringify(reference)}: export that set itself`, 'refused')
  }
  return refuse('it has no "mappings"')
}

function readPage(data: readonly unknown[]): ReadSet {
  const sets = data.filter((one) => isPlainObject(one) && Array.isArray(one['mappings']))
  if (sets.length !== 1)
    return refuse(`it is a list of ${sets.length} mapping sets: store the one that is meant`, 'refused')
  return readSetValue(sets[0])
}

/** A transformation of a flow holds the id of its set, and none of its mappings. */
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
    notes.push({ message: '"allowNullValues" has no effect: a null is left out of the record' })
  }
  if (set['strictMapping'] === true) {
    notes.push({ message: '"strictMapping" has no effect: what it does is documented nowhere' })
  }
  return notes
}

/** One that holds a placeholder was never filled in. */
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
  if (!isPlainObject(mapping)) return fail('it is no object')
  const kind = kindOf(mapping['sourceType'])
  if (kind === undefined) return fail(`its "sourceType" ${quoteType(mapping['sourceType'])} is not offered`, 'refused')
  const source = textUnder(mapping, 'source', 'sourceAttribute')
  if (source.kind === 'fault') return fail(source.message)
  const target = textUnder(mapping, 'destination', 'destinationXdmPath')
  if (target.kind === 'fault') return fail(target.message)
  return { number, kind, source: source.text, target: target.text }
}

function kindOf(sourceType: unknown): SetEntry['kind'] | undefined {
  return KINDS.get(sourceType)
}

function quoteType(sourceType: unknown): string {
  return typeof sourceType === 'string' ? JSON.stringify(sourceType) : 'is no string, and'
}

type TextUnder = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'fault'; readonly message: string }

/** Answers of the API have both names, with the same value. */
function textUnder(mapping: JsonObject, name: string, older: string): TextUnder {
  const [value, other] = [ownValue(mapping, name) ?? undefined, ownValue(mapping, older) ?? undefined]
  const text = value ?? other
  if (text === undefined) return { kind: 'fault', message: `it has no "${name}"` }
  if (typeof text !== 'string') return { kind: 'fault', message: `its "${name}" is no string` }
  if (other !== undefined && other !== text) {
    return { kind: 'fault', message: `its "${name}" and its "${older}" differ: which one is meant?` }
  }
  return text.trim() === '' && name === 'destination'
    ? { kind: 'fault', message: `its "${name}" is empty` }
    : { kind: 'text', text }
}

function readCsvSet(text: string): ReadSet {
  const rows: (readonly string[])[] = []
  const records = new CsvRecords(text, { delimiter: ',', quote: '"', escape: '"' })
  for (let record = records.next(); record.kind !== 'end'; record = records.next()) {
    if (record.kind === 'misquoted') return refuse('it is neither JSON nor CSV: a quote in it is out of place')
    rows.push(record.cells)
  }
  const template = readTemplate(rows)
  return template.kind === 'refused' ? refuse(template.why) : readEntries(template.mappings, {})
}
