import { type CsvDialect, type MisplacedQuote, loneReturnEnd } from './grammar.ts'
import { CsvRecords } from './records.ts'
import { type ContentRefusal, refuseContent } from '../refusal.ts'
import { LONGEST_RECORD_BYTES } from '../slices.ts'
import { type Content, readAll } from '../../lib/content.ts'
import { CARRIAGE_RETURN, LINE_FEED } from '../../lib/text.ts'

export type CsvRecordShape = {
  readonly format: 'csv'
  readonly header: readonly string[]
  readonly dialect: CsvDialect
}

/** Enough for nearly every header and first record. */
const FIRST_LOOK_BYTES = 1 << 16

/** The limit for any record. */
const LAST_LOOK_BYTES = LONGEST_RECORD_BYTES

/**
 * The column names of a CSV file that has at least one record. Reads on until header and first record are complete,
 * however many bytes a quoted field takes, but no further than 64 MiB.
 */
export async function readHeader(content: Content, dialect: CsvDialect): Promise<CsvRecordShape | ContentRefusal> {
  for (let bytes = FIRST_LOOK_BYTES; ; bytes *= 16) {
    const head = await readAll(content.slice(0, Math.min(bytes, LAST_LOOK_BYTES, content.size)))
    const seen = readHead(head, dialect)
    const mayGoOn = seen.kind === 'header' || seen.kind === 'open'
    if (!mayGoOn || head.length === content.size) return judge(head, seen, dialect)
    if (bytes >= LAST_LOOK_BYTES) return refuseLong(head, dialect)
  }
}

/** The beginning doesn't show whether a quote is open or a record is just long. */
function refuseLong(head: Uint8Array, dialect: CsvDialect): ContentRefusal {
  const alien = notCsv(head, dialect)
  return alien === undefined ? refuseContent('first-record-too-long') : refuseContent('not-csv', { found: alien })
}

type CsvHead =
  | NamedColumns
  /** A quote is not closed. */
  | { readonly kind: 'open' }
  | { readonly kind: 'malformed'; readonly line: number }

type NamedColumns = {
  /** `header`: no record follows the header in the head, but one may follow in the rest of the file. */
  readonly kind: 'records' | 'header'
  readonly header: readonly string[]
  readonly endsByReturn: boolean
}

/** The first two records. */
function readHead(head: Uint8Array, dialect: CsvDialect): CsvHead {
  const text = Buffer.from(head.buffer, head.byteOffset, head.length).toString()
  const returnEnd = loneReturnEnd(text, dialect)
  const records = new CsvRecords(text, dialect, returnEnd === undefined ? 'feed' : 'return')
  const header = records.next()
  if (header.kind === 'misquoted') return headOfQuote(header.quote, text)
  const first = records.next()
  if (first.kind === 'misquoted') return headOfQuote(first.quote, text)
  return {
    kind: first.kind === 'end' ? 'header' : 'records',
    header: header.kind === 'end' ? [] : header.cells,
    // Readers disagree on whether a lone return ends a line: one reader's single row is many rows for another.
    endsByReturn: returnEnd !== undefined && returnEnd < text.length,
  }
}

function headOfQuote(quote: MisplacedQuote, text: string): CsvHead {
  if (quote.kind === 'open') return quote
  return { kind: 'malformed', line: text.slice(0, quote.at).split(/\r\n|\n|\r/).length }
}

function judge(head: Uint8Array, seen: CsvHead, dialect: CsvDialect): CsvRecordShape | ContentRefusal {
  const alien = notCsv(head, dialect)
  if (alien !== undefined) return refuseContent('not-csv', { found: alien })
  if (seen.kind === 'malformed')
    return refuseContent('malformed-csv', { found: `a misplaced quote in line ${seen.line}` })
  if (seen.kind === 'open') return refuseContent('unclosed-quote', { found: 'its header or first record' })
  const wrong = refuseHeader(head, seen)
  return wrong ?? { format: 'csv', header: seen.header, dialect }
}

/** JSON with a wrong name usually parses as CSV, and so do the first bytes of an image. */
function notCsv(head: Uint8Array, { delimiter, quote, escape }: CsvDialect): string | undefined {
  const text = Buffer.from(head.subarray(0, 512)).toString('latin1')
  if (/^\s*(?:\{\s*["}]|\[\s*[{\]])/.test(text)) return 'JSON'
  // A control character that the inputs name, such as Hive's ^A, belongs to the file's grammar.
  const own = [delimiter, quote, escape]
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  const controls = text.match(/[\0-\x08\x0e-\x1a\x1c-\x1f]/g) ?? []
  return controls.some((sign) => !own.includes(sign)) ? 'binary bytes' : undefined
}

function refuseHeader(head: Uint8Array, { kind, header, endsByReturn }: NamedColumns): ContentRefusal | undefined {
  if (header.length === 0) return refuseContent('no-records')
  if (isLineEnd(head[0]) || header.some((name) => name.trim() === '')) return refuseContent('empty-header')
  const twins = findTwins(header)
  if (endsByReturn) return refuseContent('bare-return')
  if (twins !== undefined) return refuseContent('duplicate-header', { found: `columns ${twins.join(' and ')}` })
  return kind === 'header' ? refuseContent('header-only') : undefined
}

/** The first two columns with the same name, counted from 1. */
function findTwins(header: readonly string[]): readonly [first: number, second: number] | undefined {
  const seen = new Map<string, number>()
  for (const [at, name] of header.entries()) {
    const first = seen.get(name)
    if (first !== undefined) return [first + 1, at + 1]
    seen.set(name, at)
  }
  return undefined
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === LINE_FEED || byte === CARRIAGE_RETURN
}
