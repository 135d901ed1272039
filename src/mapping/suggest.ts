import type { CompiledSchema } from '../schema/compile.ts'
import { plainName } from './columns.ts'
import { escapeName, readTargetPath } from './path.ts'
import { missingFaults } from './required.ts'
import { type LeafPath, findTarget, leafPaths } from './target.ts'

/**
 * | certainty | why                                                                                    |
 * |-----------|----------------------------------------------------------------------------------------|
 * | `certain` | the column has the name of one field, with or without those around it                   |
 * | `likely`  | several fields have this name, and one is nearest to the root; or it is a common synonym |
 * | `guess`   | the end of the name fits, or the column may hold an identity                             |
 */
type Certainty = 'certain' | 'likely' | 'guess'

export type SuggestedMapping = {
  readonly column: string
  readonly target: string
  readonly certainty: Certainty
}

export type MappingSuggestion = {
  readonly mappings: readonly SuggestedMapping[]
  /** Columns that match no field. */
  readonly unmatched: readonly string[]
  /** Required fields of the schema that no column fills, as text. */
  readonly missing: readonly string[]
  /** The mapping set as JSON, to be copied, corrected and committed. */
  readonly text: string
}

export type SuggestionInput = {
  /** Columns of a CSV file, or names of flat JSON. */
  readonly columns: readonly string[]
  readonly schema: CompiledSchema
  readonly isForProfile: boolean
}

const RANKS = ['certain', 'likely', 'guess'] as const

/** Suggests a mapping set from names only: it reads no values. Each field is used once, by the column that matches it best. */
export function suggestMapping({ columns, schema, isForProfile }: SuggestionInput): MappingSuggestion {
  const finder = new FieldFinder(schema)
  const candidates = columns.flatMap((column) => finder.candidatesFor(column).map((found) => ({ ...found, column })))
  const taken = new Map<string, SuggestedMapping>()
  const placed = new Set<string>()
  for (const rank of RANKS) {
    for (const one of candidates) {
      if (one.certainty !== rank || taken.has(one.target) || placed.has(one.column)) continue
      taken.set(one.target, one)
      placed.add(one.column)
    }
  }
  const identity = suggestIdentity(columns, schema)
  const fields = columns.flatMap((column) => [...taken.values()].find((one) => one.column === column) ?? [])
  const mappings = identity === undefined ? fields : [...fields, identity]
  return {
    mappings,
    unmatched: columns.filter((column) => mappings.every((one) => one.column !== column)),
    missing: missingOf(mappings, schema, isForProfile),
    text: suggestionText(mappings, schema),
  }
}

type FoundField = Omit<SuggestedMapping, 'column'>

/** Common names for fields of XDM. If several paths match, the first that the schema has is used. */
const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  'personalEmail.address': ['email', 'mail', 'emailaddress', 'mailaddress', 'personalemail'],
  'workEmail.address': ['workemail', 'businessemail'],
  'mobilePhone.number': ['mobile', 'mobilephone', 'mobilenumber', 'cell', 'cellphone', 'phone', 'phonenumber'],
  'homePhone.number': ['homephone', 'telephone', 'landline', 'phone'],
  'person.name.firstName': ['firstname', 'forename', 'givenname', 'fname'],
  'person.name.lastName': ['lastname', 'surname', 'familyname', 'lname'],
  'person.name.fullName': ['fullname', 'name', 'customername'],
  'person.name.courtesyTitle': ['title', 'salutation', 'courtesytitle'],
  'person.birthYear': ['yob', 'yearofbirth', 'birthyear'],
  'person.birthDate': ['birthdate', 'dateofbirth', 'dob', 'birthday'],
  'person.gender': ['gender', 'sex'],
  'homeAddress.street1': ['street', 'address', 'address1', 'addressline1', 'street1'],
  'homeAddress.city': ['city', 'town'],
  'homeAddress.postalCode': ['zip', 'zipcode', 'postcode', 'postalcode'],
  'homeAddress.state': ['state'],
  'homeAddress.stateProvince': ['state', 'province', 'region'],
  'homeAddress._schema.latitude': ['lat', 'latitude'],
  'homeAddress._schema.longitude': ['long', 'lng', 'lon', 'longitude'],
  'homeAddress.country': ['country'],
  'homeAddress.countryCode': ['country', 'countrycode'],
  preferredLanguage: ['language', 'lang', 'locale'],
  timestamp: ['time', 'date', 'datetime', 'eventtime', 'eventdate', 'createdat', 'occurredat'],
  eventType: ['event', 'type', 'eventname'],
  _id: ['id', 'eventid', 'recordid', 'rowid'],
}

/** Namespaces that every organization has, by the names of columns. The most distinctive ones come first. */
const NAMESPACES: ReadonlyMap<string, string> = new Map([
  ['crmid', 'CRMID'],
  ['customerid', 'CRMID'],
  ['ecid', 'ECID'],
  ['email', 'Email'],
  ['emailaddress', 'Email'],
  ['phone', 'Phone'],
])

/** If no field is the primary identity, the identityMap has to hold it. The column can fill another field as well. */
function suggestIdentity(
  columns: readonly string[],
  { root, identities }: CompiledSchema,
): SuggestedMapping | undefined {
  if (identities.primary.kind !== 'identity-map' || !root.fields.has('identityMap')) return undefined
  for (const [name, namespace] of NAMESPACES) {
    const column = columns.find((one) => plainName(one) === name)
    if (column !== undefined) return { column, target: `identityMap.${namespace}[0].id`, certainty: 'guess' }
  }
  return undefined
}

class FieldFinder {
  readonly #leaves: readonly LeafPath[]
  readonly #byName: ReadonlyMap<string, readonly LeafPath[]>
  readonly #byTail: ReadonlyMap<string, readonly LeafPath[]>
  readonly #targets: ReadonlySet<string>

  constructor({ root }: CompiledSchema) {
    this.#leaves = leafPaths(root).filter(({ field }) => !field.isDeprecated)
    this.#byName = groupBy(this.#leaves, ({ path }) => [plainName(path.at(-1) ?? '')])
    this.#byTail = groupBy(this.#leaves, ({ path }) => tailsOf(path))
    this.#targets = new Set(this.#leaves.map(({ text }) => text))
  }

  /** The most certain candidates first. */
  candidatesFor(column: string): readonly FoundField[] {
    const plain = plainName(column)
    if (plain === '') return []
    return [
      ...fieldsOf(this.#byTail.get(plain), 'certain'),
      ...fieldsOf(this.#byName.get(plain), 'certain'),
      ...this.#synonymsOf(plain),
      ...this.#endings(column),
    ]
  }

  #synonymsOf(plain: string): readonly FoundField[] {
    return Object.entries(SYNONYMS)
      .filter(([target, names]) => names.includes(plain) && this.#targets.has(target))
      .map(([target]) => ({ target, certainty: 'likely' }))
  }

  /** Matches `customer_first_name` with `firstName`, but not `product_name` with `name`. */
  #endings(column: string): readonly FoundField[] {
    const words = wordsOf(column)
    const endings = words.slice(1).map((_, at) => words.slice(at + 1).join(''))
    return endings
      .filter((ending) => !COMMON_WORDS.has(ending))
      .flatMap((plain) => [...this.#synonymsOf(plain), ...fieldsOf(this.#byName.get(plain), 'guess')])
      .map(asGuess)
  }
}

const COMMON_WORDS: ReadonlySet<string> = new Set(['name', 'id', 'date', 'type', 'code', 'value', 'number', 'key'])

function asGuess({ target }: FoundField): FoundField {
  return { target, certainty: 'guess' }
}

/** If several fields have the name, the ones nearest to the root. A choice among several is never certain. */
function fieldsOf(leaves: readonly LeafPath[] | undefined, certainty: Certainty): readonly FoundField[] {
  const [first, second] = leaves ?? []
  if (first === undefined) return []
  if (second === undefined) return [{ target: first.text, certainty }]
  const isNearest = first.path.length < second.path.length
  return (leaves ?? []).map(({ text }, at) => ({ target: text, certainty: at === 0 && isNearest ? 'likely' : 'guess' }))
}

/** `homeaddresscity` and the like: the last two or more names of a path. */
function tailsOf(path: readonly string[]): readonly string[] {
  return path.slice(1).map((_, at) => plainName(path.slice(at).join('')))
}

function groupBy(leaves: readonly LeafPath[], keysOf: (leaf: LeafPath) => readonly string[]) {
  const groups = new Map<string, LeafPath[]>()
  for (const leaf of leaves) {
    for (const key of keysOf(leaf)) {
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [leaf])
      else group.push(leaf)
    }
  }
  return groups
}

/** `customerFirst_name` → `customer`, `first`, `name`. */
function wordsOf(column: string): readonly string[] {
  const apart = column.replace(/([\p{Ll}\p{N}])(?=\p{Lu})/gu, '$1 ')
  return apart.split(/[^\p{L}\p{N}]+/u).flatMap((word) => (word === '' ? [] : [word.toLowerCase()]))
}

function missingOf(
  mappings: readonly SuggestedMapping[],
  schema: CompiledSchema,
  isForProfile: boolean,
): readonly string[] {
  const entries = mappings.flatMap(({ target }) => {
    const found = findTarget(schema.root, readTargetPath(target))
    return 'message' in found ? [] : [{ target: found }]
  })
  return missingFaults(entries, { schema, isForProfile }).map(({ message }) => message)
}

function suggestionText(mappings: readonly SuggestedMapping[], { id }: CompiledSchema): string {
  const contentType = 'application/vnd.adobe.xed-full+json;version=1'
  const set = { outputSchema: { schemaRef: { id, contentType } }, mappings: mappings.flatMap(entriesOf) }
  return `${JSON.stringify(set, undefined, 2)}\n`
}

/** The first identity of a map is the primary one. */
function entriesOf({ column, target, certainty }: SuggestedMapping): readonly object[] {
  const description = certainty === 'certain' ? {} : { description: `${certainty}: please check` }
  const entry = { sourceType: 'ATTRIBUTE', source: escapeName(column), destination: target, ...description }
  const isIdentity = /^identityMap\..*\.id$/.test(target)
  if (!isIdentity) return [entry]
  const primary = { sourceType: 'STATIC', source: 'true', destination: target.replace(/\.id$/, '.primary') }
  return [entry, { ...primary, description: 'guess: one identity of the record is the primary one' }]
}
