import type { CompiledSchema } from '../schema/compile.ts'
import { converterOf, kindWord, mayFit } from './convert.ts'
import {
  type CheckedExpression,
  checkExpression,
  findPlaceholder,
  isConstant,
  placeholderFault,
} from './expression/check.ts'
import { compileExpression, constantValue } from './expression/evaluate.ts'
import { parseExpression } from './expression/parse.ts'
import type { Expression } from './expression/syntax.ts'
import { type MappingFault, type MappingNote, PlacedFault, valueFaultOf } from './fault.ts'
import { type Formula, formulaOf } from './formula.ts'
import type { MappingSet, SetEntry } from './mapping-set.ts'
import { type PathStep, countEvery, readSourcePath, readTargetPath } from './path.ts'
import { missingFaults } from './required.ts'
import { type MappingTarget, findTarget, withoutPrefixes } from './target.ts'

export type MappingSetting = {
  readonly schema: CompiledSchema
  /** The dataset is enabled for Profile, so records need their primary identity. */
  readonly isForProfile: boolean
  readonly isUpsert: boolean
}

/** One mapping that was read and validated. */
export type CompiledEntry = Pick<SetEntry, 'number' | 'kind' | 'source'> & {
  readonly target: MappingTarget
  /** Paths and constants become expressions, too. */
  readonly checked: CheckedExpression
  /** Its target identifies a person. */
  readonly isIdentity: boolean
}

/** A mapping set that is ready for rows. */
export type CompiledMapping = {
  readonly entries: readonly CompiledEntry[]
  readonly schema: CompiledSchema
  /** The meaning of the set, for fingerprints: independent of whitespace, spelling, order and our version. */
  readonly formula: Formula
  readonly id: string | undefined
  readonly version: number | undefined
}

export type MappingCompilation =
  | { readonly kind: 'compiled'; readonly mapping: CompiledMapping; readonly notes: readonly MappingNote[] }
  | { readonly kind: 'faults'; readonly faults: readonly MappingFault[] }

/** Checks everything that can be known before the first row, and collects all faults. */
export function compileMapping(set: MappingSet, setting: MappingSetting): MappingCompilation {
  const compiled = set.entries.map((entry) => compileEntry(entry, setting))
  const entries = compiled.flatMap(({ entry }) => entry ?? [])
  const faults = [...compiled.flatMap((one) => one.faults), ...twinFaults(entries)]
  // Missing targets can be determined only when everything else is valid.
  if (faults.length === 0) faults.push(...missingFaults(entries, setting))
  if (faults.length > 0) return { kind: 'faults', faults: [...faults, ...otherSchemaFault(set, setting, faults)] }
  const mapping = { entries, schema: setting.schema, formula: formulaOf(entries), id: set.id, version: set.version }
  return {
    kind: 'compiled',
    mapping,
    notes: [...otherSchemaNote(set, setting), ...compiled.flatMap((one) => one.notes)],
  }
}

type EntryCompilation = {
  readonly entry: CompiledEntry | undefined
  readonly faults: readonly MappingFault[]
  readonly notes: readonly MappingNote[]
}

function compileEntry(given: SetEntry, setting: MappingSetting): EntryCompilation {
  const about = { mapping: given.number, target: given.target }
  const faults: MappingFault[] = []
  const fail = (text: string) => (fault: PlacedFault) => {
    faults.push({ ...about, code: fault.code, message: fault.message, excerpt: { text, at: fault.at } })
  }
  const checked = readSource(given, setting, fail(given.source))
  const target = readTarget(given, setting, (fault) => faults.push({ ...about, ...fault }))
  if (checked === undefined || target === undefined) return { entry: undefined, faults, notes: [] }
  const entry: CompiledEntry = {
    number: given.number,
    kind: given.kind,
    source: given.source,
    target,
    checked,
    isIdentity: isIdentity(target, setting.schema),
  }
  // A faulty source can't be checked against its target.
  if (faults.length === 0) faults.push(...fitFaults(entry).map((fault) => ({ ...about, ...fault })))
  return { entry, faults, notes: entryNotes(given, entry) }
}

type OnPlacedFault = (fault: PlacedFault) => void

/** Turns a path or a constant into the expression that means the same. */
function readSource(entry: SetEntry, { isUpsert }: MappingSetting, fail: OnPlacedFault): CheckedExpression | undefined {
  try {
    const checked = checkExpression(parseSource(entry), { isUpsert })
    checked.faults.forEach(fail)
    return checked
  } catch (error) {
    if (!(error instanceof PlacedFault)) throw error
    fail(error)
    return undefined
  }
}

function parseSource({ kind, source }: SetEntry): Expression {
  if (kind === 'expression') return parseExpression(source)
  if (kind === 'attribute') return { kind: 'path', path: readSourcePath(source), at: 0 }
  const placeholder = findPlaceholder(source)
  if (placeholder !== undefined) throw placeholderFault(placeholder, source.indexOf(placeholder))
  return { kind: 'literal', value: source, at: 0 }
}

type EntryFault = Pick<MappingFault, 'code' | 'message' | 'excerpt'>

function readTarget(
  { target: text }: SetEntry,
  { schema }: MappingSetting,
  fail: (fault: EntryFault) => void,
): MappingTarget | undefined {
  try {
    const found = findTarget(schema.root, withoutPrefixes(readTargetPath(text.trim())))
    if (!('message' in found)) return found
    fail({ code: 'target', message: found.message, excerpt: { text: text.trim(), at: found.at } })
  } catch (error) {
    if (!(error instanceof PlacedFault)) throw error
    fail({ code: error.code, message: error.message, excerpt: { text: text.trim(), at: error.at } })
  }
  return undefined
}

/** Fields of the identityMap, and fields with an identity descriptor. */
function isIdentity({ steps }: MappingTarget, { identities }: CompiledSchema): boolean {
  const names = steps.flatMap((step) => (step.kind === 'name' ? [step.name] : []))
  if (names[0] === 'identityMap') return true
  const fields = [...identities.others, ...(identities.primary.kind === 'field' ? [identities.primary] : [])]
  return fields.some(({ path }) => path.length === names.length && path.every((name, at) => name === names[at]))
}

function fitFaults({ checked, target, kind }: CompiledEntry): readonly EntryFault[] {
  const { expression } = checked
  const [here, there] = [everyIn(expression), countEvery(target.steps)]
  if (here !== there) return [{ code: 'refused', message: everyWords(here, there) }]
  if (!mayFit(checked.kind, target.field)) {
    const words = `the source is ${kindWord(checked.kind)}, and the target is ${fieldWord(target)}: it can never be converted`
    return [{ code: 'type', message: words }]
  }
  return isConstant(expression) ? constantFaults({ expression, target, kind }) : []
}

function everyIn(expression: Expression): number {
  return expression.kind === 'path' ? countEvery(expression.path.steps) : 0
}

function everyWords(source: number, target: number): string {
  return `"[*]": ${source} in the source, ${target} in the target; both need the same number`
}

function fieldWord({ field: { kind } }: MappingTarget): string {
  return /^[aeiou]/.test(kind) ? `an ${kind}` : `a ${kind}`
}

type ConstantEntry = Pick<CompiledEntry, 'target' | 'kind'> & { readonly expression: Expression }

/** A constant that fails would fail in every row. */
function constantFaults({ expression, target, kind }: ConstantEntry): readonly EntryFault[] {
  const tools = { keyOf: (name: string) => name, hasColumn: () => false, indexOf: () => -1, place: '' }
  try {
    const value = constantValue(compileExpression(expression, tools))
    converterOf(target.field)(value, { seen: 0, isLossless: false, moves: undefined })
    return []
  } catch (error) {
    const { message } = valueFaultOf(error)
    const what = kind === 'static' ? 'the constant' : 'the expression'
    return [{ code: 'value', message: `${what} fails in every row: ${message}` }]
  }
}

function entryNotes(given: SetEntry, { checked, target }: CompiledEntry): readonly MappingNote[] {
  const about = { mapping: given.number, target: target.text }
  const notes = checked.notes.map((message) => ({ ...about, message }))
  if (/(?:^|\.)xdm:/.test(given.target)) notes.push({ ...about, message: '"xdm:" in the target is ignored' })
  if (given.kind === 'static' && target.steps.some(isLaterElement)) {
    notes.push({ ...about, message: 'empty elements are left out: if an earlier one is empty, this constant moves up' })
  }
  return notes
}

function isLaterElement(step: PathStep): boolean {
  return step.kind === 'index' && step.index > 0
}

function twinFaults(entries: readonly CompiledEntry[]): readonly MappingFault[] {
  const firsts = new Map<string, number>()
  return entries.flatMap(({ number, target: { text } }): readonly MappingFault[] => {
    const first = firsts.get(text)
    firsts.set(text, first ?? number)
    if (first === undefined) return []
    return [{ code: 'duplicate', message: `mapping ${first} has the same target`, mapping: number, target: text }]
  })
}

function isOfOther({ schemaId }: MappingSet, { schema }: MappingSetting): boolean {
  return schemaId !== undefined && schema.id !== '' && schemaId !== schema.id
}

/** Explains unknown targets if the set was made for another schema, unless that schema has the same fields. */
function otherSchemaFault(
  set: MappingSet,
  setting: MappingSetting,
  faults: readonly MappingFault[],
): readonly MappingFault[] {
  if (!isOfOther(set, setting) || !faults.some(({ code }) => code === 'target')) return []
  return [{ code: 'form', message: otherSchemaWords(set, setting) }]
}

function otherSchemaNote(set: MappingSet, setting: MappingSetting): readonly MappingNote[] {
  if (!isOfOther(set, setting)) return []
  return [{ message: `${otherSchemaWords(set, setting)}; all targets exist in both` }]
}

function otherSchemaWords({ schemaId }: MappingSet, { schema }: MappingSetting): string {
  return `the set was made for schema ${JSON.stringify(schemaId)}, but the dataset uses schema ${JSON.stringify(schema.id)}`
}
