import { createHash } from 'node:crypto'
import type { FoundFile } from './discover.ts'
import { splitExtension } from './names.ts'
import { type CheckedFile } from './read.ts'
import type { FormatName } from '../formats/format.ts'
import { type Content, bytesContent, joinedContent } from '../lib/content.ts'
import { LINE_FEED, count, formatBytes, formatNumber } from '../lib/text.ts'
import {
  BATCH_ADVISED,
  type BatchLimits,
  EARLIER_BATCH_MOST,
  PART_MOST_BYTES,
  UNPACKED_MOST_FILES,
  WHOLE_FILE_MOST_BYTES,
} from '../platform/limits.ts'

export type BatchPlan = {
  readonly transfers: readonly Transfer[]
  /** The files whose records it contains, in the order of their names. */
  readonly sources: readonly CheckedFile[]
  /** Bytes to upload. */
  readonly bytes: number
  /** Undefined where rows are not counted (CSV). */
  readonly rows: number | undefined
  readonly part: { readonly number: number; readonly of: number }
  /** The fingerprint of this batch's own data. */
  readonly fingerprint: string
}

/** Packs the files into as few batches as the limits allow. A file is never in two of them. */
export function plan(
  files: readonly CheckedFile[],
  reading: IngestSettings,
  limits: BatchLimits,
): readonly BatchPlan[] {
  const batches = fillBatches(loadsOf(files), limits)
  return batches.map((batch, index) => {
    const transfers = batch.flat()
    const carried = new Set(transfers.flatMap((one) => one.sources))
    const sources = files.filter((file) => carried.has(file))
    return {
      transfers,
      sources,
      bytes: sum(transfers.map(({ content }) => content.size)),
      rows: sumKnown(sources.map(({ rows }) => rows)),
      part: { number: index + 1, of: batches.length },
      fingerprint: fingerprint(reading, sources),
    }
  })
}

/**
 * The batches in which earlier versions of the action sent the same files, if they were more. Missing parts of such an
 * earlier run are sent in the same cut. No two cuts have the same number of batches.
 */
export function earlierCuts(
  files: readonly CheckedFile[],
  reading: IngestSettings,
  limits: BatchLimits,
): readonly (readonly BatchPlan[])[] {
  const today = fillBatches(loadsOf(files), limits).length
  const cuts = EARLIER_BATCH_MOST.map((earlier) => plan(files, reading, earlier))
  return cuts.filter((cut) => cut.length > today)
}

/** Batch sizes that Adobe accepts but advises against: such batches are slow, and delay others. */
export function sizeWarnings(batches: readonly BatchPlan[]): readonly string[] {
  const large = batches.filter(
    ({ transfers, bytes }) => transfers.length >= BATCH_ADVISED.files || bytes >= BATCH_ADVISED.bytes,
  )
  const [first] = large
  if (first === undefined) return []
  const has = `${count(first.transfers.length, 'file')} and ${formatBytes(first.bytes)}`
  const which =
    batches.length === 1
      ? `The batch has ${has}`
      : `${large.length} of ${batches.length} batches are large (part ${first.part.number}: ${has})`
  return [
    `${which}. Adobe advises fewer than ${formatNumber(BATCH_ADVISED.files)} files and less than ${formatBytes(BATCH_ADVISED.bytes)} in a batch: larger ones are ingested slowly, and delay others. Publish larger files, or use several steps, each with a "publication" of its own`,
  ]
}

function fillBatches(all: readonly Load[], limits: BatchLimits): readonly (readonly Load[])[] {
  const batches: Load[][] = []
  let room: BatchLimits = { files: 0, bytes: 0 }
  for (const load of all) {
    const { length } = load
    const bytes = sum(load.map(({ content }) => content.size))
    const last = batches.at(-1)
    if (last !== undefined && length <= room.files && bytes <= room.bytes) last.push(load)
    else {
      batches.push([load])
      room = limits
    }
    room = { files: room.files - length, bytes: room.bytes - bytes }
  }
  return batches
}

/** One file of a batch, as it is uploaded: a source file, several packed into one, or a chunk of one. */
export type Transfer = {
  readonly remoteName: string
  readonly content: Content
  /** The files whose records it holds. */
  readonly sources: readonly CheckedFile[]
  readonly how: 'whole' | 'chunked'
}

/** Transfers that are never spread over several batches. */
export type Load = readonly Transfer[]

/** The loads that contain the files. Packed files come first. */
export function loadsOf(files: readonly CheckedFile[]): readonly Load[] {
  const names = files.map(({ sentName }) => sentName)
  const small = files.filter(isPackable)
  if (small.length <= UNPACKED_MOST_FILES) return files.map((file) => loadOf(file, names))
  const prefix = unusedPrefix('packed-', names)
  const packed = packFiles(small).map((sources, index) => [
    transfer(`${prefix}${padNumber(index)}.json`, joinFiles(sources), sources),
  ])
  return [...packed, ...files.filter((file) => !isPackable(file)).map((file) => loadOf(file, names))]
}

function isPackable({ packing, content }: CheckedFile): boolean {
  return packing !== 'alone' && content.size < PART_MOST_BYTES
}

function loadOf(file: CheckedFile, names: readonly string[]): Load {
  const { sentName, content, chunks } = file
  if (chunks.length === 0) return [transfer(sentName, content, [file])]
  const { stem, extension } = splitExtension(sentName)
  const prefix = unusedPrefix(`${stem}-part-`, names)
  return chunks.map((chunk, index) => transfer(`${prefix}${padNumber(index)}${extension}`, chunk, [file]))
}

function transfer(remoteName: string, content: Content, sources: readonly CheckedFile[]): Transfer {
  return { remoteName, content, sources, how: content.size > WHOLE_FILE_MOST_BYTES ? 'chunked' : 'whole' }
}

/** A prefix that no name has, so that names made with it are unique. */
function unusedPrefix(wish: string, names: readonly string[]): string {
  return names.some((name) => name.startsWith(wish)) ? unusedPrefix(`${wish}-`, names) : wish
}

/** Five digits, so that the order of names is the order of numbers. */
function padNumber(index: number): string {
  return String(index + 1).padStart(5, '0')
}

/** The files of each packed part, in their order. */
function packFiles(files: readonly CheckedFile[]): readonly (readonly CheckedFile[])[] {
  const groups: CheckedFile[][] = []
  let bytes = 0
  for (const file of files) {
    const last = groups.at(-1)
    const size = packedBytes(file)
    if (last !== undefined && bytes + size <= PART_MOST_BYTES) {
      last.push(file)
      bytes += size
    } else {
      groups.push([file])
      bytes = size
    }
  }
  return groups
}

const LINE_END = bytesContent(new Uint8Array([LINE_FEED]))

/** Joins the lines of the files. Without its last line end, a file would share a line with the next one. */
function joinFiles(files: readonly CheckedFile[]): Content {
  return joinedContent(
    files.flatMap(({ content, packing }) => (packing === 'with a line end' ? [content, LINE_END] : [content])),
  )
}

function packedBytes({ content, packing }: CheckedFile): number {
  return content.size + (packing === 'with a line end' ? LINE_END.size : 0)
}

/** Everything besides the files that decides what the platform makes of them. */
export type IngestSettings = {
  readonly dataset: string
  readonly sandbox: string
  readonly format: FormatName
  readonly upsert: boolean
  /** Options of this format that change the uploaded bytes, or how the platform reads them. */
  readonly options: Readonly<Record<string, string>>
  /** The SHA-256 of the mapping set's formula; undefined if the files' own records are sent. */
  readonly mapping?: string | undefined
}

/** A source file: its name in the batch and the SHA-256 of its own bytes, in whatever form they are uploaded. */
export type SourceFile = { readonly name: string; readonly sha256: string }

/** SHA-256, in hexadecimal, of the data and its settings. Sources are in the order of their names. */
type FingerprintFormula = (reading: IngestSettings, sources: readonly SourceFile[]) => string

/**
 * The number of the formula of {@link fingerprint}: the tag `gh_formula`. A formula that gives any data another
 * fingerprint gets a new number.
 */
export const FORMULA = 1

/**
 * The formulas of earlier releases, by number. Data that was published with one of their fingerprints is not sent
 * again.
 */
export const EARLIER_FORMULAS: ReadonlyMap<number, FingerprintFormula> = new Map()

export const fingerprint: FingerprintFormula = (reading, sources) => {
  const { dataset, sandbox, format, upsert, options, mapping } = reading
  const sorted = Object.entries(options).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return digest(
    JSON.stringify([
      FORMULA,
      dataset,
      sandbox,
      format,
      upsert,
      sorted,
      sources.map(({ name, sha256 }) => [name, sha256]),
      ...(mapping === undefined ? [] : [mapping]),
    ]),
  )
}

/** The tag `gh_names`: the hash of the files' names, whatever they contain. */
export function namesHash(names: readonly string[]): string {
  return digest(JSON.stringify(names))
}

/** The tag `gh_files`: the hash of the names and sizes, in bytes, of all files found, before sharding. */
export function filesHash(found: readonly FoundFile[]): string {
  return digest(JSON.stringify(found.map(({ name, content }) => [name, content.size])))
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

/** The sum; undefined if one of the numbers is. */
export function sumKnown(numbers: readonly (number | undefined)[]): number | undefined {
  const known = numbers.filter((number) => number !== undefined)
  return known.length === numbers.length ? sum(known) : undefined
}
