import { shardOf } from '../../src/files/discover.ts'
import type { WorkspaceFile } from '../../src/github/file.ts'
import { bytesContent } from '../../src/lib/content.ts'
import type { RunPlan } from './story.ts'

/** How a file holds its rows. */
export type Form = 'csv' | 'lines' | 'lines without an end' | 'array' | 'pretty array' | 'pretty objects'

export type Row = { readonly id: string; readonly record: unknown }

export type Written = {
  readonly text: string
  /** What the platform must get of it, byte for byte, where it is a file of its own. */
  readonly travels: string
  /** By the ids of the rows. */
  readonly lineOf: ReadonlyMap<string, RowLines>
}

/** The lines, from 1, on which a row begins and on which the value stands that may be bad. */
type RowLines = { readonly row: number; readonly value: number }

type Layout = {
  readonly before: string
  readonly between: string
  readonly after: string
  readonly row: (row: Row) => string
  /** Arrays and documents are made JSON Lines. */
  readonly isConverted: boolean
}

const LINES: Layout = { before: '', between: '\n', after: '\n', row: compact, isConverted: false }

const LAYOUTS: Readonly<Record<Form, Layout>> = {
  csv: { ...LINES, before: 'sku,name\n', row: ({ id }) => `${id},n` },
  lines: LINES,
  'lines without an end': { ...LINES, after: '' },
  array: { before: '[', between: ',', after: ']', row: compact, isConverted: true },
  'pretty array': {
    before: '[\n ',
    between: ',\n ',
    after: '\n]',
    row: (row) => pretty(row).replaceAll('\n', '\n '),
    isConverted: true,
  },
  'pretty objects': { ...LINES, row: pretty, isConverted: true },
}

function writeRows(form: Form, rows: readonly Row[]): Written {
  const { before, between, after, row, isConverted } = LAYOUTS[form]
  const lineOf = new Map<string, RowLines>()
  let text = before
  for (const [index, one] of rows.entries()) {
    if (index > 0) text += between
    const [first] = row(one).split('"points"')
    lineOf.set(one.id, { row: linesOf(text), value: linesOf(`${text}${first ?? ''}`) })
    text += row(one)
  }
  text += after
  return { text, lineOf, travels: isConverted ? rows.map((one) => `${compact(one)}\n`).join('') : text }
}

function linesOf(text: string): number {
  return text.split('\n').length
}

function compact({ record }: Row): string {
  return JSON.stringify(record)
}

function pretty({ record }: Row): string {
  return JSON.stringify(record, undefined, 1)
}

/** `many`: so many JSON files, of every form, that they travel packed. */
export type Kind = 'lines' | 'array' | 'csv' | 'many'

/** One version of what a publication holds. */
export type Contents = {
  /** Unlike that of any other contents in a story, as all its row ids are. */
  readonly name: string
  readonly kind: Kind
  readonly files: readonly ContentFile[]
  /** What it was made of. */
  readonly wish: ContentWish
}

type ContentFile = Written & {
  readonly path: string
  /** Ids of the rows that the platform can take, and of those it can't. */
  readonly good: readonly string[]
  readonly bad: readonly string[]
}

export type ContentWish = {
  readonly name: string
  readonly folder: string
  readonly kind: Kind
  readonly files: number
  readonly rowsPerFile: number
  readonly badRows: readonly RowNumber[]
  /** Filler of every row, in bytes. */
  readonly weight: number
}

/** Both from 0. */
type RowNumber = { readonly file: number; readonly row: number }

const EXTENSIONS = { lines: 'jsonl', array: 'json', csv: 'csv', many: 'json' } as const

const FORMS: Readonly<Record<Kind, readonly [Form, ...Form[]]>> = {
  lines: ['lines'],
  array: ['pretty array'],
  csv: ['csv'],
  many: ['lines', 'lines without an end', 'array', 'pretty array', 'pretty objects'],
}

export function makeContents(wish: ContentWish): Contents {
  const files = Array.from({ length: wish.files }, (_, file) => makeFile(wish, file))
  return { name: wish.name, kind: wish.kind, files, wish }
}

/** The same with one file more, as a job may find it that has looked later. */
export function withOneMore({ wish }: Contents): Contents {
  return makeContents({ ...wish, files: wish.files + 1 })
}

function makeFile(wish: ContentWish, file: number): ContentFile {
  const { kind, name, folder, rowsPerFile, weight } = wish
  const ids = Array.from({ length: rowsPerFile }, (_, row) => `${name}-${file}-${row}`)
  const bad = ids.filter((_, row) => wish.badRows.some((one) => one.file === file && one.row === row))
  const rows = ids.map((id) => ({ id, record: member(id, bad.includes(id), weight) }))
  const forms = FORMS[kind]
  return {
    path: `${folder}/part-${numbered(file, wish)}.${EXTENSIONS[kind]}`,
    good: ids.filter((id) => !bad.includes(id)),
    bad,
    ...writeRows(forms[file % forms.length] ?? forms[0], rows),
  }
}

/** In the order of their names many files are in the order of their numbers. */
function numbered(file: number, { kind }: ContentWish): string {
  return String(file).padStart(kind === 'many' ? 3 : 1, '0')
}

function member(id: string, isBad: boolean, weight: number): unknown {
  const filler = weight === 0 ? {} : { tags: ['x'.repeat(weight)] }
  return { _emutenant: { loyalty: { loyaltyId: id, points: isBad ? 'many' : 3, ...filler } } }
}

export function goodRows({ files }: Pick<Contents, 'files'>): readonly string[] {
  return files.flatMap(({ good }) => good)
}

export function badRows({ files }: Pick<Contents, 'files'>): readonly string[] {
  return files.flatMap(({ bad }) => bad)
}

/** For a transcript. */
export function sayContents({ name, files }: Contents): string {
  return `${name}, ${files.length} files`
}

/** The id of a row that the platform holds. */
export function rowId(row: unknown): string {
  const text = JSON.stringify(row) ?? ''
  return /"(?:loyaltyId|sku)":"([^"]*)"/.exec(text)?.[1] ?? text
}

export function checkOut({ files }: Contents): readonly WorkspaceFile[] {
  return files.map(({ path, text }) => ({
    path,
    identity: path,
    isLinked: false,
    sharedId: undefined,
    realPath: path,
    content: bytesContent(new TextEncoder().encode(text)),
  }))
}

/** What a run is to publish of what it finds. */
export function publishedContents({ contents, shard }: Pick<RunPlan, 'contents' | 'shard'>): Contents {
  if (shard === undefined) return contents
  return { ...contents, files: contents.files.filter(({ path }) => shardOf(path, shard.of) === shard.number) }
}

/** More than these travel packed. */
const MOST_UNPACKED = 100

/** The texts of the files that a batch of it must hold. */
export function travelling({ kind, files }: Contents): readonly string[] {
  const texts = files.map(({ travels }) => travels)
  if (kind === 'csv' || files.length <= MOST_UNPACKED) return texts
  return [texts.map((text) => (text.endsWith('\n') ? text : `${text}\n`)).join('')]
}
