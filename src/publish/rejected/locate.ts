import type { Transfer } from '../../files/plan.ts'
import type { CheckedFile } from '../../files/read.ts'
import { readNothing } from '../../formats/check.ts'
import { FORMATS, fileSlices, readSlice } from '../../formats/formats.ts'
import {
  type Extent,
  NOTHING,
  type RowIssue,
  type RowPlace,
  type RowSink,
  type RecordLocator,
  joinExtents,
  moveBehind,
} from '../../formats/record.ts'
import { count } from '../../lib/text.ts'
import type { JsonObject } from '../../schema/json.ts'
import { type Origin, recordKey, textKey } from './keys.ts'
import { needsOf } from '../../check/mapped-rows.ts'
import { MappedSink } from './mapped-sink.ts'
import { type RejectedRow, noteOf } from './read.ts'
import { type FileSearch, type FoundRecord, type SearchSetup, type SearchTools, openFileSearch } from './search.ts'

/** The files sent in a batch. */
export type SentFiles = {
  /** Empty if this run didn't read them. */
  readonly files: readonly CheckedFile[]
  /** How they were sent; empty if unknown to this run. */
  readonly transfers: readonly Transfer[]
}

export type LocateRequest = {
  readonly rows: readonly RejectedRow[]
  /** The format from which the rows' keys were made. */
  readonly origin: Origin
  readonly sent: SentFiles
}

/** The file and place of a record. */
export type SourcePlace = { readonly file: string; readonly place: RowPlace }

/** The place of a rejected row in the source files. */
export type FoundPlace =
  | ({ readonly kind: 'found' } & SourcePlace)
  /** The files contain the same record `count` times. `places` has the first of them, in file order. */
  | { readonly kind: 'ambiguous'; readonly places: readonly SourcePlace[]; readonly count: number }
  | { readonly kind: 'not found' }

/** Places of an ambiguous row that are reported. */
const MOST_SHOWN_PLACES = 10

export type LocatedRows = {
  /** One for each row, in row order. */
  readonly places: readonly FoundPlace[]
  readonly notes: readonly string[]
}

/**
 * Finds rejected rows in the source files by their content, because no diagnostics give row numbers. Every file is read
 * once, slice by slice. A file that can't be read becomes a note. @throws the signal's reason
 */
export async function locate({ rows, origin, sent }: LocateRequest, tools: SearchTools): Promise<LocatedRows> {
  const matcher = new RowMatcher(rows, origin)
  const notes: string[] = []
  await using searches = new FileSearches(matcher, tools)
  for (const file of rows.length === 0 ? [] : sent.files) {
    try {
      await matchFile(file, matcher, { ...tools, searches })
    } catch (error) {
      tools.signal.throwIfAborted()
      notes.push(noteOf(`Could not locate the rejected rows in ${JSON.stringify(file.path)}`, error).text)
    }
  }
  return { places: choosePlaces(rows, matcher.soughtRecords(), sent), notes }
}

type MatchTools = SearchTools & { readonly searches: FileSearches }

async function matchFile(file: CheckedFile, matcher: RowMatcher, tools: MatchTools): Promise<void> {
  const { mapping } = file
  if (FORMATS[file.shape.format].isReadApart || (mapping !== undefined && needsOf(mapping.compiled).isSlow)) {
    for (const record of await tools.searches.of(mapping?.plan).find(file)) matcher.note(record, file)
    return
  }
  let extent: Extent = NOTHING
  const sink = new CountingSink(mapping === undefined ? matcher : new MappedSink(matcher, file, mapping))
  for await (const slice of fileSlices({ content: file.source, shape: file.shape })) {
    tools.signal.throwIfAborted()
    matcher.begin({ file: file.path, extent, rows: sink.rows })
    extent = joinExtents(extent, await readSlice(slice, sink, readNothing))
  }
}

class CountingSink implements RowSink {
  rows = 0
  readonly #sink: RowSink

  constructor(sink: RowSink) {
    this.#sink = sink
  }

  text(text: string, where: RecordLocator): void {
    this.rows++
    this.#sink.text(text, where)
  }

  value(value: JsonObject, where: RecordLocator): void {
    this.rows++
    this.#sink.value(value, where)
  }

  corrupt(issue: RowIssue, where: RecordLocator, rows = 1): void {
    this.rows += rows
    this.#sink.corrupt(issue, where, rows)
  }
}

/** Shares one search among all files with the same mapping plan, or without one. */
class FileSearches implements AsyncDisposable {
  #open = new Map<SearchSetup['plan'], FileSearch>()
  #matcher: RowMatcher
  #tools: SearchTools

  constructor(matcher: RowMatcher, tools: SearchTools) {
    this.#matcher = matcher
    this.#tools = tools
  }

  of(plan: SearchSetup['plan']): FileSearch {
    const known = this.#open.get(plan)
    if (known !== undefined) return known
    const setup = { sought: this.#matcher.keys(), origin: this.#matcher.origin, plan }
    const search = openFileSearch(setup, this.#tools)
    this.#open.set(plan, search)
    return search
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const search of this.#open.values()) await search[Symbol.asyncDispose]()
  }
}

/** One record to find, however many rows with that content were rejected. */
type SoughtRecord = {
  /** Pointer to its first faulty field. */
  readonly pointer: string
  /** Indices of the rejected rows that are this record. */
  readonly rows: number[]
  /** The first places where the files contain it. */
  readonly places: SourcePlace[]
  /** How often the files contain it. */
  count: number
}

/** Where a slice of a file begins. */
type SliceStart = { readonly file: string; readonly extent: Extent; readonly rows: number }

/** Places kept per record; for a record that was rejected more often, one per rejected row. */
const MOST_PLACES = 10

/** Compares every record of the files with the rejected ones and keeps the places of matches. */
class RowMatcher implements RowSink {
  readonly origin: Origin
  #wanted = new Map<string, SoughtRecord>()
  #at: SliceStart = { file: '', extent: NOTHING, rows: 0 }

  constructor(rows: readonly RejectedRow[], origin: Origin) {
    this.origin = origin
    for (const [index, { key, errors }] of rows.entries()) {
      const known = this.#wanted.get(key)
      if (known !== undefined) known.rows.push(index)
      else this.#wanted.set(key, { pointer: errors[0]?.pointer ?? '', rows: [index], places: [], count: 0 })
    }
  }

  keys(): readonly string[] {
    return [...this.#wanted.keys()]
  }

  /** Adds a record that a worker thread found, at its row or its line. */
  note({ key, place }: FoundRecord, { path: file, format }: CheckedFile): void {
    const isRow = FORMATS[format].placedBy === 'row'
    this.#keep(key, () => ({
      file,
      place: isRow ? { kind: 'row', row: place } : { kind: 'text', line: place, column: 1 },
    }))
  }

  begin(at: SliceStart): void {
    this.#at = at
  }

  text(text: string, where: RecordLocator): void {
    this.#look(textKey(text), where)
  }

  value(value: Readonly<Record<string, unknown>>, where: RecordLocator): void {
    this.#look(recordKey(value, this.origin), where)
  }

  /** A row that can't be read as a record has no content to compare. */
  corrupt(): void {}

  soughtRecords(): Iterable<SoughtRecord> {
    return this.#wanted.values()
  }

  #look(key: string, where: RecordLocator): void {
    this.#keep(key, ({ pointer }) => ({ file: this.#at.file, place: moveBehind(this.#at, where.placeOf(pointer)) }))
  }

  #keep(key: string, placeOf: (wanted: SoughtRecord) => SourcePlace): void {
    const wanted = this.#wanted.get(key)
    if (wanted === undefined) return
    wanted.count++
    if (wanted.places.length < Math.max(MOST_PLACES, wanted.rows.length)) wanted.places.push(placeOf(wanted))
  }
}

/**
 * Determines the place of each row. A record that was rejected as often as the files contain it was rejected in each of its
 * places. Otherwise the file that the platform names decides, if only one place of the record is in it. If not, the row is
 * ambiguous.
 */
function choosePlaces(
  rows: readonly RejectedRow[],
  wanted: Iterable<SoughtRecord>,
  sent: SentFiles,
): readonly FoundPlace[] {
  const chosen: FoundPlace[] = rows.map(() => ({ kind: 'not found' }))
  const pathsOf = pathsByName(sent)
  for (const one of wanted) {
    for (const [nth, index] of one.rows.entries()) {
      chosen[index] = choosePlace(one, nth, pathsOf(rows[index]?.fileName))
    }
  }
  return chosen
}

/**
 * Maps a file name of the platform to source files: several if the sent file was packed from several. It is indexed, because
 * rows and files may both number thousands.
 */
function pathsByName({ files, transfers }: SentFiles): (fileName: string | undefined) => readonly string[] {
  const packed = new Map(
    transfers.toReversed().map(({ remoteName, sources }) => [remoteName, sources.map(({ path }) => path)]),
  )
  const named = Map.groupBy(
    files.flatMap(({ name, path }) => [...new Set([name, path])].map((known) => ({ known, path }))),
    ({ known }) => known,
  )
  return (fileName = '') => packed.get(fileName) ?? (named.get(fileName) ?? []).map(({ path }) => path)
}

function choosePlace({ rows, places, count: total }: SoughtRecord, nth: number, named: readonly string[]): FoundPlace {
  const own = places[Math.min(nth, total - 1)]
  if (own === undefined) return { kind: 'not found' }
  if (total <= rows.length) return { kind: 'found', ...own }
  const [only, ...others] = total === places.length ? places.filter(({ file }) => named.includes(file)) : []
  if (only !== undefined && others.length === 0) return { kind: 'found', ...only }
  return { kind: 'ambiguous', places: places.slice(0, MOST_SHOWN_PLACES), count: total }
}

/** The notes about rejected rows whose place is unknown. */
export function placeNotes(places: readonly FoundPlace[], files: readonly CheckedFile[]): readonly string[] {
  if (places.length === 0) return []
  if (files.length === 0) return ['The rejected rows could not be located: this run did not read the files.']
  const several = places.filter(({ kind }) => kind === 'ambiguous').length
  const missing = places.filter(({ kind }) => kind === 'not found').length
  return [
    ...(several === 0 ? [] : [`${count(several, 'rejected row')} cannot be distinguished from identical rows.`]),
    ...(missing === 0
      ? []
      : [
          `${count(missing, 'rejected row')} could not be located in the files: the platform reports different values.`,
        ]),
  ]
}
