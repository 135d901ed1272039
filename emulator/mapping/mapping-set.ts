import { problem } from '../http/answers.ts'
import { Refusal } from '../http/exchange.ts'
import { isObject, objectOf, ownValue, type JsonObject } from '../json.ts'

export type SourceType = 'ATTRIBUTE' | 'EXPRESSION' | 'STATIC'

export type Mapping = {
  readonly sourceType: SourceType
  /** A path, an expression or the value itself. */
  readonly source: string
  readonly destination: string
  /** Name, description and identity flags, as sent. */
  readonly more: JsonObject
}

export type MappingSet = {
  readonly name: string | undefined
  readonly inputSchema: unknown
  readonly schemaRef: { readonly id: string; readonly contentType: string }
  readonly mappings: readonly Mapping[]
}

/**
 * Reads a set in the form of the guide's bodies, or in the older form of the sources tutorials (`xdmSchema`,
 * `sourceAttribute`, `destinationXdmPath`). Throws a {@link Refusal} with 400 for any other form.
 */
export function readMappingSet(sent: unknown): MappingSet {
  const { name, inputSchema, outputSchema, xdmSchema, xdmVersion, mappings } = objectOf(sent)
  const given = objectOf(objectOf(outputSchema)['schemaRef'])
  const id = given['id'] ?? xdmSchema
  const contentType = given['contentType'] ?? xdmVersion ?? 'application/vnd.adobe.xed-full+json;version=1'
  if (typeof id !== 'string' || id === '') throw refusal('outputSchema.schemaRef.id is required.')
  if (typeof contentType !== 'string') throw refusal('outputSchema.schemaRef.contentType must be a string.')
  if (!Array.isArray(mappings)) throw refusal('mappings must be an array.')
  const read = mappings.map(readMapping)
  return {
    name: typeof name === 'string' ? name : undefined,
    inputSchema,
    schemaRef: { id, contentType },
    mappings: read,
  }
}

/** The types in the guides and in real sets. The guide warns that a set with another type can't be edited any more. */
const SOURCE_TYPES: ReadonlyMap<unknown, SourceType> = new Map<unknown, SourceType>([
  [undefined, 'ATTRIBUTE'],
  ['ATTRIBUTE', 'ATTRIBUTE'],
  ['text/x.schema-path', 'ATTRIBUTE'],
  ['schema-path', 'ATTRIBUTE'],
  ['EXPRESSION', 'EXPRESSION'],
  ['text/x.aep-xl', 'EXPRESSION'],
  ['STATIC', 'STATIC'],
])

const KEPT = ['name', 'description', 'identity', 'primaryIdentity']

function readMapping(sent: unknown, index: number): Mapping {
  const place = `Mapping ${index + 1}`
  if (!isObject(sent)) throw refusal(`${place} must be an object.`)
  const sourceType = SOURCE_TYPES.get(sent['sourceType'])
  if (sourceType === undefined) throw refusal(`${place}: unknown sourceType ${JSON.stringify(sent['sourceType'])}.`)
  return {
    sourceType,
    source: oneOf(place, sent, ['source', 'sourceAttribute']),
    destination: oneOf(place, sent, ['destination', 'destinationXdmPath']),
    more: Object.fromEntries(Object.entries(sent).filter(([name]) => KEPT.includes(name))),
  }
}

/** Answers contain both names with the same value. */
function oneOf(place: string, sent: JsonObject, [name, old]: readonly [string, string]): string {
  const [now, before] = [ownValue(sent, name), ownValue(sent, old)]
  const value = now ?? before
  if (typeof value !== 'string' || value === '') throw refusal(`${place}: ${name} is required.`)
  if ((before ?? value) !== value) throw refusal(`${place}: ${name} and ${old} differ.`)
  return value
}

function refusal(detail: string): Refusal {
  return new Refusal(problem(400, detail))
}
