import { CsvError, parse } from 'csv-parse/sync'
import { type Refusal, refusal } from '../refusal.ts'
import { type Content, readAll } from '../../lib/content.ts'
import { CARRIAGE_RETURN, LINE_FEED } from '../../lib/text.ts'

export type CsvDialect = { readonly delimiter: string; readonly quote: string; readonly escape: string }

/** Rows are not counted: a CSV file is read no further than its first record. */
export type CsvSummary = { readonly kind: 'csv'; readonly header: readonly string[] }

/** Enough for nearly every header and first record. */
const FIRST_LOOK_BYTES = 1 << 16

/** A header and a record that take more are taken for a quote that was never closed. */
const LAST_LOOK_BYTES = 1 << 24

/**
 * The names in the header of a CSV file that has at least one record. Reads ahead until both are seen, however many bytes
 * a quoted field takes, and no further than 16 MiB.
 */
export async function csvSummary(content: Content, dialect: CsvDialect): Promise<CsvSummary | Refusal> {
  for (let bytes = FIRST_LOOK_BYTES; ; bytes *= 16) {
    const head = await readAll(content.slice(0, Math.min(bytes, content.size)))
    const seen = look(head, dialect)
    const last = head.length === content.size || bytes >= LAST_LOOK_BYTES
    if (seen.kind !== 'unsure' || last) return judge(head, seen, dialect)
  }
}

type Seen =
  | { readonly kind: 'records'; readonly header: readonly string[] }
  | { readonly kind: 'unsure'; readonly header: readonly string[]; readonly open: boolean }
  | { readonly kind: 'malformed'; readonly line: number }

/** What ends with the head may go on behind it: a lone header, and a quote that is not closed. */
function look(head: Uint8Array, dialect: CsvDialect): Seen {
  try {
    const [header = [], first] = parse(head, { ...dialect, to: 2, relax_column_count: true, skip_empty_lines: true })
    return first === undefined ? { kind: 'unsure', header, open: false } : { kind: 'records', header }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    if (error.code === 'CSV_QUOTE_NOT_CLOSED') return { kind: 'unsure', header: [], open: true }
    if (!error.code.startsWith('CSV_INVALID_') && !error.code.startsWith('INVALID_')) throw error
    return { kind: 'malformed', line: Number(error['lines']) }
  }
}

function judge(head: Uint8Array, seen: Seen, dialect: CsvDialect): CsvSummary | Refusal {
  const alien = notCsv(head)
  if (alien !== undefined) return refusal('not-csv', { found: alien })
  if (seen.kind === 'malformed') return refusal('malformed-csv', { found: `a quote out of place in line ${seen.line}` })
  if (seen.kind === 'unsure' && seen.open) return refusal('unclosed-quote', { found: 'its header or first record' })
  return judgeHeader(head, seen, dialect)
}

/** JSON under a wrong name parses as CSV more often than not, and so do the first bytes of an image. */
function notCsv(head: Uint8Array): string | undefined {
  const text = Buffer.from(head.subarray(0, 512)).toString('latin1')
  if (/^\s*(?:\{\s*["}]|\[\s*[{\]])/.test(text)) return 'JSON'
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return /[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(text) ? 'binary bytes' : undefined
}

function judgeHeader(
  head: Uint8Array,
  seen: { readonly kind: string; readonly header: readonly string[] },
  dialect: CsvDialect,
): CsvSummary | Refusal {
  const { header } = seen
  if (header.length === 0) return refusal('no-records')
  if (isLineEnd(head[0]) || header.some((name) => name.trim() === '')) return refusal('empty-header')
  const twins = header.flatMap((name, at) => (header.indexOf(name) < at ? [[header.indexOf(name) + 1, at + 1]] : []))
  if (endsByReturn(head, dialect)) return refusal('bare-return')
  if (twins[0] !== undefined) return refusal('duplicate-header', { found: `columns ${twins[0].join(' and ')}` })
  return seen.kind === 'records' ? { kind: 'csv', header } : refusal('header-only')
}

/** Some readers end a line there and some don't: what is one row for the one is many for the other. */
function endsByReturn(head: Uint8Array, { quote, escape }: CsvDialect): boolean {
  const text = latin1(head)
  // A doubled quote ends one part in quotes and begins the next; what is escaped otherwise must not.
  const plain = escape === quote ? text : text.replace(escaped(latin1(Buffer.from(escape))), '')
  // What stands in quotes is every second part.
  const bare = plain.split(latin1(Buffer.from(quote))).filter((_, index) => index % 2 === 0)
  const [, end] = /^[^\n]*?\r(.)?/s.exec(bare.join('')) ?? []
  return end !== undefined && end !== '\n'
}

/** A character a byte, so that marks of several bytes are found as they stand. */
function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1')
}

/** A mark, and what comes behind it. */
function escaped(mark: string): RegExp {
  const codes = Array.from(mark, (letter) => `\\x${letter.charCodeAt(0).toString(16).padStart(2, '0')}`)
  return new RegExp(`${codes.join('')}[^]`, 'g')
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === LINE_FEED || byte === CARRIAGE_RETURN
}
