import type { RunContext } from './run.ts'
import type { SchemaSource } from '../../check/schema-source.ts'
import type { RunMapping } from '../../files/mapping.ts'
import type { Preflight } from '../../files/read.ts'
import type { FileFindings } from '../../formats/results.ts'
import { SNIFF_BYTES, sniff } from '../../formats/refusal.ts'
import type { Inputs } from '../../inputs/inputs.ts'
import { inputProblem } from '../../inputs/problem.ts'
import { Problem } from '../../lib/errors.ts'
import { count, joinFirst } from '../../lib/text.ts'
import { shownNames } from '../../mapping/columns.ts'
import { addMappingCounts, countNotes, emptyRecords, mappingCounts, unfilledNotes } from '../../mapping/counts.ts'
import { mappingProblem, noteText } from '../../mapping/fault.ts'
import { type MappingSet, type ReadSet, readMappingSet, readSetValue } from '../../mapping/mapping-set.ts'
import { type MappingPlan, tryPlan } from '../../mapping/plan.ts'
import { mappingSetPath } from '../../platform/mapping-sets.ts'
import { VIEW_SOURCES } from '../../platform/permissions.ts'

/** A mapping set that was read but not yet compared with a schema. */
export type NamedSet = {
  /** Its file, or its id. */
  readonly name: string
  readonly set: MappingSet
}

/**
 * Reads the mapping set that `mapping` names, once in a run. @throws Problem when the input is wrong, when the set
 * cannot be read, or with every fault of the set
 */
export async function readNamedSet({ mapping }: Inputs, context: RunContext): Promise<NamedSet | undefined> {
  if (mapping === undefined) return undefined
  const name = mapping.kind === 'file' ? mapping.path : mapping.id
  const read =
    mapping.kind === 'file'
      ? readMappingSet(await readSetFile(mapping.path, context))
      : await readStoredSet(mapping.id, context)
  if (read.kind === 'faults') throw mappingProblem(name, read.faults)
  for (const note of read.notes) context.log.warning(`Mapping set ${JSON.stringify(name)}: ${noteText(note)}`)
  return { name, set: read.set }
}

async function readSetFile(path: string, { workspace }: RunContext): Promise<string> {
  const text = await workspace.read(path).catch((error: unknown) => {
    throw error instanceof Problem ? unreadableFile(path, error.message, error) : error
  })
  const why = reasonAgainst(text)
  if (why !== undefined) throw unreadableFile(path, why)
  return text
}

/** Why a file is not a mapping set, if its beginning shows that. */
function reasonAgainst(text: string): string | undefined {
  const kind = sniff(Buffer.from(text.slice(0, SNIFF_BYTES)))?.kind
  if (kind === 'lfs-pointer') return 'It is a git-LFS pointer: check out with "lfs: true" in actions/checkout'
  if (kind === 'html') return 'It is an HTML page: check the download that wrote it'
  return text.includes('\0') ? 'It is not UTF-8 text: save it as UTF-8' : undefined
}

function unreadableFile(path: string, why: string, cause?: Problem): Problem {
  const allowed =
    'allowed: the path of a mapping set in the workspace, or the id of one in Data Prep (32 hexadecimal digits in lower case)'
  return inputProblem([`"mapping" is ${JSON.stringify(path)}; ${allowed}. ${why}`], {
    remedy: 'Correct the path under "with:" of the step, and check the repository out in a step before this one.',
    cause,
  })
}

async function readStoredSet(id: string, { platform, signal }: RunContext): Promise<ReadSet> {
  const found = await platform.mappingSets.mappingSet(id, signal).catch((error: unknown) => {
    signal.throwIfAborted()
    throw error instanceof Problem ? unreadableSet(id, error.message, error) : error
  })
  if (found.kind === 'missing') throw unreadableSet(id, 'Data Prep does not know it in this sandbox')
  return readSetValue(found.record)
}

function unreadableSet(id: string, why: string, cause?: Problem): Problem {
  return new Problem(`Cannot read the mapping set ${JSON.stringify(id)}: ${why}`, {
    remedy: `${cause?.remedy ?? VIEW_SOURCES} Alternative: store the answer of GET ${mappingSetPath(id)} in a file of the repository, and give its path in "mapping".`,
    cause,
  })
}

type MappingTargets = Pick<MappingPlan, 'isForProfile' | 'isUpsert'> & { readonly source: SchemaSource }

/** Compiles the mapping set before any row is read. @throws Problem with everything that does not fit the schema */
export function planMapping(named: NamedSet, targets: MappingTargets, context: RunContext): RunMapping {
  const { source, ...setting } = targets
  const plan = { ...named, ...source, ...setting, nowMs: context.clock.wallNow() }
  const compiled = tryPlan(plan)
  if (compiled.kind === 'faults') throw mappingProblem(plan.name, compiled.faults)
  const showValues = context.recorder.facts().runInfo?.showValues ?? false
  for (const note of compiled.notes) context.log.warning(`Mapping set ${JSON.stringify(plan.name)}: ${noteText(note)}`)
  return { plan, compiled: compiled.mapping, showValues }
}

/** The most columns in one line of the log. */
const MOST_COLUMNS = 50

/** Notes the result of the mapping for the report, and logs what is worth a second look. */
export function noteMapping(
  { plan: { name }, compiled, showValues }: RunMapping,
  { files, checks = [], notes, unmapped }: Preflight,
  { recorder, log }: RunContext,
): void {
  const total = totalCounts(checks)
  const counts = mappingCounts(compiled, total)
  const { id, version, formula } = compiled
  recorder.note({ mapping: { name, id, version, formula: formula.sha256, counts, unmapped } })
  for (const note of notes) log.info(note)
  if (unmapped.length > 0) log.info(`Columns that no mapping reads: ${unmappedText(unmapped, showValues)}`)
  const unfilled = unfilledNotes(counts)
  // In other formats the columns are known to exist.
  const mayBeMisspelled = files.some(({ format }) => format === 'json')
  if (!mayBeMisspelled) unfilled.forEach((note) => log.info(note))
  const empty = emptyRecords(compiled, total)
  const warnings = [
    ...countNotes(counts),
    ...(mayBeMisspelled ? unfilled.map((note) => `${note}. Check the spelling of its fields`) : []),
    ...(empty === 0
      ? []
      : [`The mapping gave an empty record for ${count(empty, 'row')}: no mapping found a value there`]),
  ]
  for (const warning of warnings.slice(0, MOST_WARNINGS)) log.warning(warning)
  if (warnings.length > MOST_WARNINGS)
    log.warning(`${count(warnings.length - MOST_WARNINGS, 'warning')} more of this mapping`)
}

/** A set may have thousands of mappings; GitHub shows ten annotations of a step. */
const MOST_WARNINGS = 20

/** Names of columns may be data. */
function unmappedText(unmapped: readonly string[], showValues: boolean): string {
  const { shown, hidden } = shownNames(unmapped, showValues)
  const names = shown.map((name) => JSON.stringify(name))
  const list = names.length === 0 ? [] : [joinFirst(names, MOST_COLUMNS)]
  return [...list, ...(hidden === 0 ? [] : [`${count(hidden, 'column')} whose names may be data`])].join(', and ')
}

/** Whether the mapping found no value in any row. */
export function isAllEmpty({ compiled }: RunMapping, { checks = [] }: Pick<Preflight, 'checks'>): boolean {
  const rows = checks.reduce((sum, found) => sum + found.rows, 0)
  return rows > 0 && emptyRecords(compiled, totalCounts(checks)) === rows
}

function totalCounts(checks: readonly FileFindings[]): Float64Array {
  const all = checks.flatMap(({ converted }) => converted?.counts ?? [])
  const total = new Float64Array(all[0]?.length ?? 0)
  for (const counts of all) addMappingCounts(total, counts)
  return total
}
