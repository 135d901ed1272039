import { json, problem, warned } from '../http/answers.ts'
import { asked, param, sentObject, type Call, type Route } from '../http/call.ts'
import { Refusal, type Answer } from '../http/exchange.ts'
import { isObject, type JsonObject } from '../json.ts'
import { compileMappings, type Compiled } from '../mapping/compile.ts'
import { auditOf, holdSet, newestVersion, replaceSet, showMappings, showSet } from '../mapping/held-set.ts'
import { readMappingSet, type MappingSet } from '../mapping/mapping-set.ts'
import { errorOf, isCompiled, previewRow } from '../mapping/preview.ts'
import type { HeldSet, SetVersion } from '../state.ts'

const base = '/data/foundation/conversion'
const single = `${base}/mappingSets/:set`

/** Data Prep: "Mapping sets endpoint", and the OpenAPI file of the Data Prep API 1.0. */
export const mappingSetRoutes: readonly Route[] = [
  { method: 'GET', pattern: `${base}/mappingSets`, answer: listSets },
  { method: 'POST', pattern: `${base}/mappingSets`, answer: createSet },
  { method: 'POST', pattern: `${base}/mappingSets/validate`, answer: validateSet },
  { method: 'POST', pattern: `${base}/mappingSets/preview`, answer: previewSet },
  { method: 'GET', pattern: `${base}/mappingSets/suggestion`, answer: notOffered },
  { method: 'GET', pattern: single, answer: readSet },
  { method: 'PUT', pattern: single, answer: updateSet },
  { method: 'GET', pattern: `${single}/mappings`, answer: listMappings },
  { method: 'GET', pattern: `${single}/mappings/:mapping`, answer: readMapping },
  { method: 'GET', pattern: `${base}/xdmBatchConversions`, answer: notOffered },
]

/** The guide's samples request only JSON. Strict mode refuses a request without `start` and `limit`: both are required. */
function listSets(call: Call): Answer {
  const { platform, sandbox } = call
  if (asked(call, 'property') !== undefined) return notOffered()
  const [start, limit] = [pageNumber(call, 'start', 0), pageNumber(call, 'limit', 10)]
  const name = asked(call, 'name')
  const held = [...platform.state.mappingSets.values()].filter((set) => set.sandbox === sandbox)
  const fitting = held.filter((set) => name === undefined || newestVersion(set).set.name === name)
  const page = inOrder(call, fitting).slice(start, start + limit)
  const data = page.map((set) => shown(call, set, newestVersion(set)))
  const end = start + page.length
  const next = { href: `${platform.publicUrl}${base}/mappingSets?limit=${limit}&start=${end}`, templated: false }
  return json(200, { data, _page: { count: data.length, limit }, _links: end < fitting.length ? { next } : {} })
}

function pageNumber(call: Call, name: string, otherwise: number): number {
  const given = asked(call, name)
  if (given === undefined && call.strict) throw new Refusal(problem(400, `The parameter ${name} is required.`))
  const value = Number(given ?? otherwise)
  if (Number.isInteger(value) && value >= 0) return value
  throw new Refusal(problem(400, `The parameter ${name} must be a whole number from 0 on.`))
}

/** Newest first if the request names no order. A `+` in a query stands for a space. */
function inOrder(call: Call, held: readonly HeldSet[]): readonly HeldSet[] {
  const [, sign = '', field = ''] = /^([+ -]?)(.*)$/s.exec(asked(call, 'orderBy') ?? '-updatedDate') ?? []
  if (field !== 'createdDate' && field !== 'updatedDate') {
    throw new Refusal(problem(400, 'orderBy must be createdDate or updatedDate.'))
  }
  const dateOf = (set: HeldSet) => (field === 'createdDate' ? set.created : newestVersion(set).modified)
  return held.toSorted((first, second) => (dateOf(first) - dateOf(second)) * (sign === '-' ? -1 : 1))
}

async function createSet(call: Call): Promise<Answer> {
  const set = await sentSet(call)
  // aepp sends `validate=True`, as Python writes it.
  if (asked(call, 'validate')?.toLowerCase() === 'true') refuseFaults(compiled(call, set))
  const held = holdSet(call.platform, set, call)
  return json(200, auditOf(held, newestVersion(held)))
}

async function updateSet(call: Call): Promise<Answer> {
  const held = findSet(call)
  const changed = replaceSet(held, await sentSet(call), call)
  return json(200, shown(call, changed, newestVersion(changed)))
}

async function validateSet(call: Call): Promise<Answer> {
  const read = compiled(call, await sentSet(call))
  const validationResponse = read.map((mapping) =>
    'fault' in mapping
      ? { status: 'FAILED', errors: [errorOf(mapping.mapping, mapping.fault)] }
      : { status: 'SUCCESS', errors: null },
  )
  return json(200, { validationResponse })
}

/** "Preview data": the user interface shows up to a hundred rows. */
const MOST_ROWS = 100

/** The guide sends and receives a list of rows; the OpenAPI file also allows a single row, which aepp sends. */
async function previewSet(call: Call): Promise<Answer> {
  const { data, mappingSet } = await sentObject(call)
  if (!Array.isArray(data) && !isObject(data)) return problem(400, 'data must be an array of rows.')
  const set = readMappingSet(mappingSet)
  const read = compiled(call, set)
  refuseFaults(read)
  const schema = outputSchema(call, set)
  const rows: readonly unknown[] = Array.isArray(data) ? data : [data]
  const shownRows = rows.slice(0, MOST_ROWS).map((row) => previewRow(row, read.filter(isCompiled), schema))
  const isSingle = !Array.isArray(data) && call.dialect === 'oas'
  const answer = json(200, isSingle ? shownRows[0] : shownRows)
  return warned(answer, rows.length > MOST_ROWS ? `Only ${MOST_ROWS} rows are shown.` : undefined)
}

function readSet(call: Call): Answer {
  const held = findSet(call)
  const wanted = asked(call, 'version')
  const version = wanted === undefined ? newestVersion(held) : held.versions[Number(wanted)]
  if (version === undefined) return problem(404, `Mapping set ${held.id} has no version ${String(wanted)}.`)
  return json(200, shown(call, held, version))
}

function listMappings(call: Call): Answer {
  const held = findSet(call)
  return json(200, showMappings(held, newestVersion(held)))
}

function readMapping(call: Call): Answer {
  const held = findSet(call)
  const found = showMappings(held, newestVersion(held)).find(({ id }) => id === param(call, 'mapping'))
  return found === undefined ? problem(404, 'Mapping not found.') : json(200, found)
}

function shown(call: Call, held: HeldSet, version: SetVersion): JsonObject {
  const isExpanded = asked(call, 'expandSchema')?.toLowerCase() === 'true'
  return showSet(held, version, isExpanded ? call.platform.state.schemas.get(version.set.schemaRef.id) : undefined)
}

/** No document has the answer for an unknown id; the OpenAPI file lists only 400, 401, 500 and 503. */
function findSet(call: Call): HeldSet {
  const held = call.platform.state.mappingSets.get(param(call, 'set'))
  if (held?.sandbox === call.sandbox) return held
  throw new Refusal(problem(404, `Mapping set ${JSON.stringify(param(call, 'set'))} not found.`))
}

async function sentSet(call: Call): Promise<MappingSet> {
  const set = readMappingSet(await sentObject(call))
  if (call.strict) outputSchema(call, set)
  return set
}

function outputSchema(call: Call, { schemaRef }: MappingSet): JsonObject {
  const schema = call.platform.state.schemas.get(schemaRef.id)
  if (schema === undefined) throw new Refusal(problem(400, `Schema ${JSON.stringify(schemaRef.id)} was not found.`))
  return schema
}

function compiled(call: Call, set: MappingSet): readonly Compiled[] {
  return compileMappings(set.mappings, outputSchema(call, set))
}

function refuseFaults(read: readonly Compiled[]): void {
  const errors = read.flatMap((one) => ('fault' in one ? [errorOf(one.mapping, one.fault)] : []))
  const [first] = errors
  if (first === undefined) return
  const detail = `${errors.length} mappings cannot be read, the first for "${first.destination}": ${first.exception}`
  throw new Refusal(problem(400, detail, { errors }))
}

function notOffered(): Answer {
  return problem(501, 'The emulator does not offer this: the guide of Data Prep does not describe it.')
}
