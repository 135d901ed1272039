import type { CompiledSchema } from '../../src/schema/compile.ts'
import { compileSchema } from '../../src/schema/compile.ts'
import { type MappingSetting, compileMapping } from '../../src/mapping/compile.ts'
import { faultText } from '../../src/mapping/fault.ts'
import { columnLookup } from '../../src/mapping/columns.ts'
import { checkExpression } from '../../src/mapping/expression/check.ts'
import { compileExpression } from '../../src/mapping/expression/evaluate.ts'
import { parseExpression } from '../../src/mapping/expression/parse.ts'
import { type MappedRow, Mapper, type MapperSetting, recordText } from '../../src/mapping/mapper.ts'
import { readSetValue } from '../../src/mapping/mapping-set.ts'
import { converterOf } from '../../src/mapping/convert.ts'
import { ANY } from '../../src/schema/field.ts'
import type { Value } from '../../src/mapping/value.ts'

/** `"string"`, `["t"]` for an array, `{"*": t}` for a map, other objects for their members. */
export type MiniSchema = string | readonly MiniSchema[] | { readonly [name: string]: MiniSchema }

const INTEGERS = ['byte', 'short', 'int', 'long']

function nodeOf(mini: MiniSchema, path: string, required: readonly string[]): object {
  if (typeof mini === 'string') return leafOf(mini)
  if (Array.isArray(mini)) return { type: 'array', items: nodeOf(mini[0], path, required) }
  const members = Object.entries(mini as Readonly<Record<string, MiniSchema>>)
  const [first] = members
  if (first?.[0] === '*')
    return { type: 'object', 'meta:xdmType': 'map', additionalProperties: nodeOf(first[1], path, required) }
  const pathOf = (name: string) => (path === '' ? name : `${path}.${name}`)
  return {
    type: 'object',
    properties: Object.fromEntries(members.map(([name, inner]) => [name, nodeOf(inner, pathOf(name), required)])),
    required: members.map(([name]) => name).filter((name) => required.includes(pathOf(name))),
  }
}

function leafOf(type: string): object {
  if (INTEGERS.includes(type)) return { type: 'integer', 'meta:xdmType': type }
  if (type === 'date' || type === 'date-time') return { type: 'string', format: type, 'meta:xdmType': type }
  return { type }
}

export type SchemaExtras = {
  readonly required?: readonly string[]
  readonly id?: string
  readonly descriptors?: readonly object[]
}

/** A schema in the short notation of the cases. */
export function schemaOfMini(
  mini: MiniSchema,
  { required = [], id, descriptors = [] }: SchemaExtras = {},
): CompiledSchema {
  const $id = id ?? 'https://ns.adobe.com/acme/schemas/mini'
  return compileSchema({ $id, title: 'Mini', ...nodeOf(mini, '', required) }, descriptors)
}

/** A schema that says nothing: every target exists, and no value is converted. */
export function openSchema(): CompiledSchema {
  const schema = schemaOfMini({ any: 'string' })
  return { ...schema, root: { ...schema.root, fields: new Map(), isOpen: true } }
}

const PLACE = { row: 1, sha256: () => 'ab'.repeat(32) }
const RUN: MapperSetting = { nowMs: 1_571_850_624_571, remoteName: 'people.csv.json' }

export type MappingTrial = {
  readonly schema?: CompiledSchema
  readonly setting?: Partial<MappingSetting>
  readonly run?: Partial<MapperSetting>
}

/** Reads and compiles a set; throws its faults as one text. */
export function mapperOf(set: unknown, { schema = openSchema(), setting = {}, run = {} }: MappingTrial = {}): Mapper {
  return new Mapper(compiledOf(set, { schema, setting }).mapping, { ...RUN, ...run })
}

export function compiledOf(set: unknown, { schema = openSchema(), setting = {} }: MappingTrial = {}) {
  const read = readSetValue(set)
  if (read.kind === 'faults') throw new Error(read.faults.map(faultText).join('\n'))
  const compiled = compileMapping(read.set, { schema, isForProfile: false, isUpsert: false, ...setting })
  if (compiled.kind === 'faults') throw new Error(compiled.faults.map(faultText).join('\n'))
  return { mapping: compiled.mapping, notes: [...read.notes, ...compiled.notes] }
}

/** Of a set that is wrong: its codes and texts. */
export function faultsOf(set: unknown, { schema = openSchema(), setting = {} }: MappingTrial = {}) {
  const read = readSetValue(set)
  if (read.kind === 'faults') return read.faults
  const compiled = compileMapping(read.set, { schema, isForProfile: false, isUpsert: false, ...setting })
  return compiled.kind === 'faults' ? compiled.faults : []
}

export function mapRow(mapper: Mapper, row: Readonly<Record<string, unknown>>): MappedRow {
  return mapper.map(row, PLACE)
}

/** One row through a set, as it is written. */
export function mapped(set: unknown, row: Readonly<Record<string, unknown>>, trial: MappingTrial = {}): unknown {
  return JSON.parse(recordText(mapRow(mapperOf(set, trial), row)))
}

/** The value of an expression for a row, as JSON would hold it; throws what is wrong with it. */
export function evaluated(text: string, row: Readonly<Record<string, unknown>> = {}): unknown {
  const { record, isLossless } = evaluateRaw(text, row)
  const written = recordText({ record, isLossless })
  return (JSON.parse(written) as { value?: unknown }).value ?? null
}

function evaluateRaw(text: string, row: Readonly<Record<string, unknown>>) {
  const checked = checkExpression(parseExpression(text), { isUpsert: false })
  const [fault] = checked.faults
  if (fault !== undefined) throw fault
  const tools = { ...columnLookup(undefined), place: 'value' }
  const scope = { row, cells: undefined, nowMs: RUN.nowMs, uuid: () => UUID, indexes: [], seen: 0 }
  const value: Value = compileExpression(checked.expression, tools)(scope)
  const writing = { seen: 0, isLossless: false, moves: undefined }
  return { record: { value: keptAny(value, writing) }, isLossless: writing.isLossless }
}

const UUID = '00000000-0000-8000-8000-000000000000'

/** An empty list is a value of an expression, though no record holds one. */
function keptAny(value: Value, writing: { seen: number; isLossless: boolean; moves: undefined }): unknown {
  if (Array.isArray(value)) return value.map((item: Value) => keptAny(item, writing) ?? null)
  const isObject = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  if (!isObject) return converterOf(ANY)(value, writing)
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, keptAny(inner as Value, writing)]))
}
