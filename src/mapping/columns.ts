import { nearestName } from '../lib/similar-names.ts'
import { count, quoteList } from '../lib/text.ts'
import { delimiterHint } from '../schema/columns.ts'
import { isPlainName } from '../schema/walk.ts'
import type { CompiledEntry, CompiledMapping } from './compile.ts'
import { mayFit } from './convert.ts'
import type { ReadField } from './expression/check.ts'
import type { Expression } from './expression/syntax.ts'
import { childrenOf } from './expression/syntax.ts'
import type { MappingFault, MappingNote } from './fault.ts'
import type { SourcePath } from './path.ts'
import type { ColumnNames } from './read-path.ts'

/** Finds the columns of a file. */
export type ColumnLookup = ColumnNames & {
  readonly hasColumn: (name: string) => boolean
}

/** Finds the exact name or, as in the platform's own sample, the name without the spaces around it. */
export function columnLookup(header: readonly string[] | undefined): ColumnLookup {
  if (header === undefined) return { keyOf: (name) => name, hasColumn: () => false, indexOf: () => -1 }
  const names = new Set(header)
  const trimmed = new Map(header.toReversed().map((name) => [name.trim(), name]))
  const keyOf = (name: string) => (names.has(name) ? name : (trimmed.get(name) ?? name))
  return { keyOf, hasColumn: (name) => names.has(keyOf(name)), indexOf: (name) => header.indexOf(keyOf(name)) }
}

export type SourceColumns = {
  readonly names: readonly string[]
  /** CSV: every value is a string, without members or elements. */
  readonly areTexts: boolean
  /** Whether to show names that may be data. */
  readonly showValues: boolean
}

export type SourceCheck = {
  readonly faults: readonly MappingFault[]
  readonly notes: readonly MappingNote[]
  /** Columns that no mapping reads. */
  readonly unmapped: readonly string[]
}

/** Whether a file has the columns and fields that the mappings read. Checked once for each header, before its rows. */
export function checkColumnsOf(mapping: CompiledMapping, columns: SourceColumns): SourceCheck {
  const lookup = columnLookup(columns.names)
  const minus = minusNotes(mapping, columns.names)
  const found = mapping.entries.flatMap((entry) => entryFaults(entry, columns, lookup))
  const faults = found.length === 0 ? [] : (delimiterFaults(columns) ?? found.map((fault) => withCause(fault, minus)))
  const read = new Set(
    mapping.entries.flatMap(({ checked }) => checked.reads.flatMap(({ path }) => columnOf(path, lookup) ?? [])),
  )
  const unmapped = columns.names.filter((name) => !read.has(name))
  const notes = [...trimmedNotes(columns.names, read, mapping), ...minus]
  return { faults, notes, unmapped }
}

/** One fault that explains all missing columns; undefined if the delimiter is not the cause. */
function delimiterFaults({ names, areTexts }: SourceColumns): readonly MappingFault[] | undefined {
  const hint = areTexts ? delimiterHint(names) : undefined
  return hint === undefined ? undefined : [{ code: 'source', message: `the file has a single column: ${hint}` }]
}

/** Adds the note about `first-name`, of which neither half is a column. */
function withCause(fault: MappingFault, minus: readonly MappingNote[]): MappingFault {
  const note = fault.code === 'source' ? minus.find(({ mapping }) => mapping === fault.mapping) : undefined
  return note === undefined ? fault : { ...fault, message: `${fault.message}; ${note.message}` }
}

/** The names that can be shown, and how many others there are, which may be data. */
export function shownNames(names: readonly string[], showValues: boolean) {
  const shown = names.filter((name) => showValues || isPlainName(name))
  return { shown, hidden: names.length - shown.length }
}

/** The column that a path starts from. */
export function columnOf({ steps, whole }: SourcePath, { keyOf, hasColumn }: ColumnLookup): string | undefined {
  if (whole !== undefined && hasColumn(whole)) return keyOf(whole)
  const [first] = steps
  return first?.kind === 'name' && hasColumn(first.name) ? keyOf(first.name) : undefined
}

type ColumnFault = Pick<MappingFault, 'code' | 'message' | 'excerpt'>

function entryFaults(entry: CompiledEntry, columns: SourceColumns, lookup: ColumnLookup): readonly MappingFault[] {
  const about = { mapping: entry.number, target: entry.target.text }
  const faults = entry.checked.reads
    .filter(({ mayLack }) => !mayLack)
    .flatMap((read) => readFaults(read, columns, lookup).map((fault) => placed(fault, entry, read)))
  const isColumn = columns.areTexts && entry.kind === 'attribute' && faults.length === 0
  if (isColumn && !mayFit('text', entry.target.field)) {
    const message = `a CSV column holds strings, and the target is an ${entry.target.field.kind}: build it with an expression`
    return [{ ...about, code: 'type', message }]
  }
  return faults.map((fault) => ({ ...about, ...fault }))
}

function placed(fault: ColumnFault, { source }: CompiledEntry, { at }: ReadField): ColumnFault {
  return { ...fault, excerpt: { text: source, at } }
}

function readFaults({ path }: ReadField, columns: SourceColumns, lookup: ColumnLookup): readonly ColumnFault[] {
  const column = columnOf(path, lookup)
  const name = nameOf(path)
  if (column === undefined)
    return [{ code: 'source', message: `no column is named ${quote(name)}${hintFor(name, columns)}` }]
  const isInside = path.steps.length > 1 && lookup.keyOf(path.whole ?? '') !== column
  if (!columns.areTexts || !isInside) return []
  const message = `column ${quote(column)} holds strings: ${quote(name)} cannot read a field inside it`
  return [{ code: 'source', message }]
}

function nameOf({ steps, whole }: SourcePath): string {
  const [first] = steps
  return whole ?? (first?.kind === 'name' ? first.name : '')
}

/**
 * Mapping sets made in the user interface have flattened names, such as `Properties_Firstname_Value`. The names of a file
 * without a header are data: then the hint shows only a name with the same letters and digits.
 */
function hintFor(name: string, { names, showValues }: SourceColumns): string {
  const plain = plainName(name)
  const areNames = showValues || names.every(isPlainName)
  const nearest = names.find((one) => plainName(one) === plain) ?? (areNames ? nearestName(name, names) : undefined)
  if (nearest !== undefined) return `: did you mean ${quote(nearest)}?`
  if (areNames) return `: the file has ${quoteList(names)}`
  return `: the file has ${count(names.length, 'column')}, whose names may be data ("show-values: true" shows them)`
}

/** Letters and digits only. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

function quote(name: string): string {
  return JSON.stringify(name)
}

function trimmedNotes(
  names: readonly string[],
  read: ReadonlySet<string>,
  { entries }: CompiledMapping,
): readonly MappingNote[] {
  const exact = new Set(
    entries.flatMap(({ checked }) =>
      checked.reads.flatMap(({ path: { steps, whole } }) => {
        const [first] = steps
        return [...(whole === undefined ? [] : [whole]), ...(first?.kind === 'name' ? [first.name] : [])]
      }),
    ),
  )
  const trimmed = names.filter((name) => read.has(name) && name !== name.trim() && !exact.has(name))
  if (trimmed.length === 0) return []
  return [{ message: `Column names matched after removing the spaces around them: ${quoteList(trimmed)}` }]
}

/** `first-name` is a subtraction, even if a column has that name. */
function minusNotes({ entries }: CompiledMapping, names: readonly string[]): readonly MappingNote[] {
  const known = new Set(names)
  return entries.flatMap(({ number, target, checked }) =>
    subtractions(checked.expression)
      .filter((name) => known.has(name))
      .map((name) => {
        return {
          mapping: number,
          target: target.text,
          message: `${name} is read as a subtraction: write \${${name}} for the column`,
        }
      }),
  )
}

function subtractions(node: Expression): readonly string[] {
  const below = childrenOf(node).flatMap(subtractions)
  if (node.kind !== 'binary' || node.operator !== '-') return below
  const [left, right] = [node.left, node.right]
  const isName = left.kind === 'path' && right.kind === 'path'
  return isName ? [`${left.path.whole ?? ''}-${right.path.whole ?? ''}`, ...below] : below
}
