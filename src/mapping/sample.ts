import type { Field } from '../schema/field.ts'
import { pointer } from '../lib/json-pointer.ts'
import { LosslessNumber, isPlainObject, parseLossless } from '../schema/json.ts'
import { hiddenName } from '../schema/walk.ts'
import type { CompiledMapping } from './compile.ts'

/** A field of a record that a mapping made, with its value as JSON if that can be shown. */
export type SampleField = { readonly path: string; readonly value?: string }

/** The fields of one record that hold a value, in their order. */
export type RecordSample = readonly SampleField[]

/** Of a longer record, only the first fields are shown. */
const MOST_FIELDS = 200

/**
 * The fields of a record. Names of the schema and of the mapping set are always shown. All other names are data, and are
 * hidden unless values are shown.
 */
export function sampleOf(line: string, mapping: CompiledMapping, showValues: boolean): RecordSample {
  const sampler = new Sampler(namesIn(mapping), showValues)
  sampler.visit(parseLossless(line), mapping.schema.root, [])
  return sampler.fields
}

function namesIn({ entries }: CompiledMapping): ReadonlySet<string> {
  return new Set(
    entries.flatMap(({ target }) => target.steps.flatMap((step) => (step.kind === 'name' ? [step.name] : []))),
  )
}

type SampleWay = readonly (string | number)[]

class Sampler {
  readonly fields: SampleField[] = []
  readonly #names: ReadonlySet<string>
  readonly #showValues: boolean

  constructor(names: ReadonlySet<string>, showValues: boolean) {
    this.#names = names
    this.#showValues = showValues
  }

  visit(value: unknown, field: Field | undefined, way: SampleWay): void {
    if (this.fields.length >= MOST_FIELDS) return
    if (Array.isArray(value)) {
      for (const [at, item] of value.entries()) this.visit(item, itemsOf(field), [...way, at])
    } else if (isPlainObject(value)) {
      for (const [at, [name, inner]] of Object.entries(value).entries()) {
        this.visit(inner, memberOf(field, name), [...way, this.#shown(name, field, at)])
      }
    } else {
      const path = pointer(way)
      this.fields.push(this.#showValues ? { path, value: jsonOf(value) } : { path })
    }
  }

  #shown(name: string, field: Field | undefined, at: number): string {
    const isOfSchema = field?.kind === 'object' && field.fields.has(name)
    return isOfSchema || this.#showValues || this.#names.has(name) ? name : hiddenName(at + 1)
  }
}

function itemsOf(field: Field | undefined): Field | undefined {
  return field?.kind === 'array' ? field.items : undefined
}

function memberOf(field: Field | undefined, name: string): Field | undefined {
  if (field?.kind === 'map') return field.values
  return field?.kind === 'object' ? field.fields.get(name) : undefined
}

function jsonOf(value: unknown): string {
  return value instanceof LosslessNumber ? value.text : JSON.stringify(value)
}
