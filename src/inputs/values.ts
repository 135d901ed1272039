import { sep as nativeSep } from 'node:path'
import { isInclude, leadingMarks } from '../github/pattern.ts'
import { type InputFault, type ReadInput, lines, read, refuse } from './readers.ts'
import { nearestName } from '../lib/similar-names.ts'
import { type BatchId, type DatasetId, isBatchId, isDatasetId } from '../platform/ids.ts'

/** How a workflow names its dataset. A text in the form of an id is an id, so the two cannot be confused. */
export type DatasetNaming =
  { readonly kind: 'id'; readonly id: DatasetId } | { readonly kind: 'name'; readonly name: string }

const ALLOWED = 'a dataset id (24 lower-case hexadecimal digits) or the exact name of a dataset'

export function readDataset(text: string): ReadInput<DatasetNaming> {
  if (isDatasetId(text)) return read({ kind: 'id', id: text })
  const lower = text.toLowerCase()
  if (isDatasetId(lower)) return refuse({ value: text, allowed: ALLOWED, meant: lower })
  if (!/^[^\p{Cc}]{1,500}$/u.test(text)) return refuse({ value: text, allowed: ALLOWED })
  return read({ kind: 'name', name: text })
}

/** The dataset as messages show it. */
export function describeDatasetNaming(naming: DatasetNaming): string {
  return JSON.stringify(naming.kind === 'id' ? naming.id : naming.name)
}

/** What the data replaces, as the workflow states it. */
export type Predecessors =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'previous' }
  | { readonly kind: 'ids'; readonly ids: readonly BatchId[] }

/** `previous`, or ids of batches, one per line or separated by commas; an id given twice counts once. */
export function readPredecessors(text: string): ReadInput<Predecessors> {
  const words = [...new Set(text.split(/[\s,]+/).filter((word) => word !== ''))]
  if (words.length === 0) return read({ kind: 'nothing' })
  if (words.length === 1 && words[0] === 'previous') return read({ kind: 'previous' })
  const allowed = '"previous", or batch ids, one per line or separated by commas; not both'
  const isId = (word: string): word is BatchId => !isLikePrevious(word) && isBatchId(word)
  const wrong = words.filter((word) => !isId(word))
  if (wrong.length > 0) return refuse(...wrong.map((value) => ({ value, allowed, meant: meantPrevious(value) })))
  return read({ kind: 'ids', ids: words.filter(isId) })
}

/** One id, or `previous`. */
export function readBatchNaming(text: string): ReadInput<string> {
  if (text === 'previous' || (isBatchId(text) && !isLikePrevious(text))) return read(text)
  const allowed = 'the id of one batch, or "previous" with "mode: revert"'
  return refuse({ value: text, allowed, meant: meantPrevious(text) })
}

/** A misspelled `previous` would be a batch id that no sandbox knows. */
function isLikePrevious(word: string): boolean {
  return nearestName(word, ['previous']) !== undefined
}

function meantPrevious(word: string): string | undefined {
  return word !== 'previous' && isLikePrevious(word) ? 'previous' : undefined
}

/** Where a mapping set is. */
export type MappingSource =
  { readonly kind: 'file'; readonly path: string } | { readonly kind: 'id'; readonly id: string }

/** A text in the form of a Data Prep id is an id; a file of such a name is written as `./name`. */
export function readMappingSource(text: string): ReadInput<MappingSource> {
  if (/^[0-9a-f]{32}$/.test(text)) return read({ kind: 'id', id: text })
  if (FILE_OF_WORKSPACE.test(text)) return read({ kind: 'file', path: text })
  return refuse({
    value: text,
    allowed:
      'the path of a mapping set inside the workspace, or the id of one in Data Prep, 32 hexadecimal digits in lower case',
  })
}

/** No path out of the workspace, no absolute path, and none that can only be a folder. */
export const FILE_OF_WORKSPACE = /^(?![/\\~]|[A-Za-z]:)(?!.*(?:^|[/\\])(?:\.\.(?:[/\\]|$)|\.?$)).+$/

const MOST_KEY_FIELDS = 20

/** The key of the rows: fields or columns, one per line or separated by commas. Each counts once. */
export function readKey(text: string): ReadInput<readonly string[]> {
  const fields = [...new Set(text.split(/[,\n]/).map((field) => field.trim()))].filter((field) => field !== '')
  const isPath = (field: string) => !field.startsWith('/') || /^(?:\/[^/]+)+$/.test(field)
  const isPlain = (field: string) => field.length <= 500 && !/\p{Cc}/u.test(field) && isPath(field)
  if (fields.length > 0 && fields.length <= MOST_KEY_FIELDS && fields.every(isPlain)) return read(fields)
  return refuse({
    value: text,
    allowed: `up to ${MOST_KEY_FIELDS} fields or columns, one per line or separated by commas, such as "/person/id" or "crm_id"`,
  })
}

/** Separated by commas, with or without spaces: users paste both forms from the Developer Console. */
export function readScopes(text: string): ReadInput<readonly string[]> {
  const scopes = text.split(/[\s,]+/).filter((scope) => scope !== '')
  const fit = scopes.length > 0 && scopes.every((scope) => SCOPE.test(scope))
  return fit ? read(scopes) : refuse({ value: text, allowed: 'scopes separated by commas, such as "openid,AdobeID"' })
}

/** RFC 6749, section 3.3: `scope-token`. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+$/

/** One of several disjoint shards of the files. */
export type Shard = {
  /** Counts from 1. */
  readonly number: number
  readonly of: number
}

/** GitHub Docs, "Workflow syntax": "A matrix will generate a maximum of 256 jobs per workflow run". */
const MOST_SHARDS = 256

const SHARD_FORM = `the number of the shard and the number of shards, such as "2/8": at most ${MOST_SHARDS} shards, and the shard is one of them`

/** `2/8` is the second of eight. @returns undefined where one shard is everything. */
export function readShard(text: string): ReadInput<Shard | undefined> {
  const [, number, of] = /^(\d{1,3})\/(\d{1,3})$/.exec(text) ?? []
  const shard = { number: Number(number), of: Number(of) }
  if (!(shard.number >= 1 && shard.number <= shard.of && shard.of <= MOST_SHARDS)) {
    return refuse({ value: text, allowed: SHARD_FORM })
  }
  return read(shard.of === 1 ? undefined : shard)
}

export type Tag = { readonly key: string; readonly value: string }

/** `key=value`, one per line; a key on several lines has several values, because the tags of a batch are lists. */
export function readTags(text: string): ReadInput<readonly Tag[]> {
  const readings = lines(text).map(readTag)
  const faults = readings.flatMap((reading) => (reading.kind === 'refused' ? reading.faults : []))
  if (faults.length > 0) return refuse(...faults)
  return read(readings.flatMap((reading) => (reading.kind === 'read' ? [reading.value] : [])))
}

function readTag(line: string): ReadInput<Tag> {
  const [, key, value] = /^([^=]*[^=\s])\s*=\s*(.*)$/s.exec(line) ?? []
  if (key === undefined || value === undefined || value === '') return refuse(malformedFault(line))
  return isReserved(key) ? refuse(reservedFault(line)) : read({ key, value })
}

function malformedFault(line: string): InputFault {
  return { value: line, allowed: '"key=value", one per line, neither side empty' }
}

/** The action finds its own batches by `gh_` tags; `acp_` tags are the platform's. */
function isReserved(key: string): boolean {
  return /^(gh|acp)_/i.test(key)
}

function reservedFault(line: string): InputFault {
  return { value: line, allowed: 'a key that does not begin with the reserved "gh_" or "acp_"' }
}

/**
 * The patterns of `glob`, one per line; `!` excludes, and `#` starts a comment line, as in @actions/glob. A pattern
 * that it would take literally, refuse without an explanation, or read outside the workspace is a fault here.
 */
export function readPatterns(text: string): ReadInput<readonly string[]> {
  const patterns = lines(text).filter((line) => !line.startsWith('#'))
  const faults = [...(patterns.some(isInclude) ? [] : [missingInclude(text)]), ...patterns.flatMap(faultsOf)]
  return faults.length === 0 ? read(patterns) : refuse(...faults)
}

function missingInclude(text: string): InputFault {
  return { value: text, allowed: 'patterns, one per line, at least one without "!", such as "data/**/*.json"' }
}

function faultsOf(pattern: string): readonly InputFault[] {
  const path = pattern.slice(leadingMarks(pattern).length)
  const segments = path.split(/[/\\]/)
  const allowed = [
    path === '' && 'a pattern after "!"',
    isAbsolute(path) && 'a path relative to the workspace, such as "data/*.json"',
    segments.includes('..') && 'a path inside the workspace, without ".."',
    segments.slice(1).includes('.') && 'a path without "." between its segments',
    /\{[^{}]*(,|\.\.)[^{}]*\}/.test(path) && `one pattern per line, without braces${spellOut(pattern)}`,
  ]
  return allowed.filter((phrase) => phrase !== false).map((phrase) => ({ value: pattern, allowed: phrase }))
}

/** The same on every system: a workflow that runs on two of them must match the same files. */
function isAbsolute(path: string): boolean {
  return /^(\/|[A-Za-z]:|\\[\w.\\-]|~($|[/\\]))/.test(path)
}

/** Spells out a single group: several could make more lines than anyone would read. */
function spellOut(pattern: string): string {
  const [, before, choices, after] = /^([^{}]*)\{([^{}]*,[^{}]*)\}([^{}]*)$/.exec(pattern) ?? []
  if (before === undefined || choices === undefined || after === undefined) return ''
  return `: ${choices
    .split(',')
    .map((choice) => JSON.stringify(before + choice.trim() + after))
    .join(' and ')}`
}

type Slip = {
  /** What a correct pattern does not have. */
  readonly without: string
  readonly mend: (path: string) => readonly string[]
}

/** Syntax that other tools accept, in the order of its correction. On Windows a backslash works like a slash. */
const SLIPS: readonly Slip[] = [
  { without: 'a dash', mend: (path) => [path.replace(/^-\s+/, '')] },
  { without: 'a trailing comment', mend: (path) => [path.replace(/\s+#.*$/, '')] },
  { without: 'brackets around the list', mend: (path) => [path.replace(/^\[(.*,.*)\]$/, '$1')] },
  { without: 'commas', mend: (path) => path.split(/\s*,\s*/) },
  { without: 'spaces between them', mend: splitPaths },
  { without: 'quotes', mend: (path) => [path.replace(/^(["'`])(.*)\1$/, '$2')] },
  { without: '"@(…)"', mend: spellOutGroup },
]

const BACKSLASHES: Slip = { without: 'backslashes', mend: (path) => [path.replaceAll('\\', '/')] }

/** Does not split at spaces within a name: each part must end as a path does. */
function splitPaths(path: string): readonly string[] {
  const words = path.split(/\s+/)
  return words.every((word) => /(\.\w+|[*/])["']?$/.test(word)) ? words : [path]
}

function spellOutGroup(path: string): readonly string[] {
  const [, before, choices, after] = /^(.*?)[@+?*]\(([^()]*)\)(.*)$/.exec(path) ?? []
  if (before === undefined || choices === undefined || after === undefined) return [path]
  return choices.split('|').map((choice) => before + choice + after)
}

/**
 * What a pattern that matches nothing most likely meant, as a sentence; empty if it has no known mistake. For such
 * patterns only: a file name may contain a comma, a space or a quote.
 */
export function slipHint(pattern: string, sep: string = nativeSep): string {
  const marks = leadingMarks(pattern)
  let paths: readonly string[] = [pattern.slice(marks.length)]
  const found: string[] = []
  for (const { without, mend } of sep === '\\' ? SLIPS : [...SLIPS, BACKSLASHES]) {
    const mended = paths.flatMap(mend).filter((path) => path !== '')
    if (mended.join('\n') !== paths.join('\n')) found.push(without)
    paths = mended
  }
  if (found.length === 0 || paths.length === 0) return ''
  const meant = paths.map((path) => JSON.stringify(path.startsWith('!') ? path : marks + path))
  return ` (write one pattern per line, without ${found.join(' and ')}: ${meant.join(' and ')})`
}
