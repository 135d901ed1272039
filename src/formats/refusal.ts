import type { BytePlace } from './record.ts'
import { type Content, readAll } from '../lib/content.ts'
import { CARRIAGE_RETURN, LINE_FEED, SPACE, TAB } from '../lib/text.ts'

/** Why a file must not be sent. */
export type ContentRefusal = {
  readonly kind: 'refused'
  /** Stable, for reports and tests. */
  readonly code: RefusalCode
  /** Completes a sentence that begins with the file's name: `is empty`. Never quotes a value of the file. */
  readonly says: string
  readonly remedy: string
  readonly place: BytePlace | undefined
}

export type RefusalCode = keyof typeof WORDS

type RefusalDetails = { readonly place?: BytePlace; readonly expected?: string; readonly found?: string }

export function refuseContent(code: RefusalCode, seen: RefusalDetails = {}): ContentRefusal {
  const { says, remedy } = WORDS[code]
  return { kind: 'refused', code, says: says(seen), remedy, place: seen.place }
}

const placeText = (place: BytePlace | undefined) =>
  place === undefined ? '' : ` at line ${place.line}, column ${place.column}`

/** For each code, what is wrong and what to do about it. */
const WORDS = {
  empty: { says: () => 'is empty', remedy: 'Exclude the file, or check why its export wrote nothing.' },
  'lfs-pointer': {
    says: () => 'is a Git LFS pointer instead of the file itself',
    remedy: 'Set "lfs: true" in actions/checkout.',
  },
  html: {
    says: () => 'is an HTML page',
    remedy: 'Check the download that wrote it: it saved a login or error page instead of the data.',
  },
  'utf-16': { says: () => 'is encoded as UTF-16', remedy: 'Save it as UTF-8 without a byte-order mark.' },
  'byte-order-mark': {
    says: () => 'begins with a UTF-8 byte-order mark, which readers treat as data',
    // Excel's only format in UTF-8 writes the mark.
    remedy:
      'Remove its first 3 bytes in an earlier step, with "tail -c +4 FILE > NEW", or save it without the mark. Excel writes one for "CSV UTF-8". With "mapping", the mark is passed over.',
  },
  compressed: {
    says: ({ found }: RefusalDetails) => `is compressed (${found})`,
    remedy: 'Decompress it in an earlier step: batch ingestion does not document compressed files.',
  },
  parquet: {
    says: () => 'is a Parquet file, and its name or "format" says otherwise',
    remedy: 'Rename it to .parquet, or set "format: parquet".',
  },
  'no-records': {
    says: () => 'contains only whitespace',
    remedy: 'Exclude the file, or check why its export wrote nothing.',
  },
  'empty-array': {
    says: () => 'contains an empty array',
    remedy: 'Exclude the file, or check why its export wrote no records.',
  },
  'header-only': {
    says: () => 'contains a header and no records',
    remedy: 'Exclude the file, or check why its export wrote no records.',
  },
  'no-rows': {
    says: () => 'contains no rows',
    remedy: 'Exclude the file, or check why its export wrote no rows.',
  },
  'not-json': {
    says: ({ place, found }: RefusalDetails) =>
      `does not contain JSON objects: it begins with ${found}${placeText(place)}`,
    remedy: 'Records are JSON objects: one per line, in an array, or one after another.',
  },
  'array-in-lines': {
    says: () => 'contains an array, but its extension stands for one object per line',
    remedy: 'Rename it to .json, or write one object per line.',
  },
  'documents-in-lines': {
    says: () => 'does not contain one object per line: its first line is not a complete object',
    remedy: 'Rename it to .json if its objects span several lines, or fix the first line.',
  },
  'return-in-lines': {
    says: ({ place }: RefusalDetails) =>
      `has a carriage return between tokens of a record${placeText(place)}, which some readers treat as the end of the record`,
    remedy: 'Set "multiline-json: convert", or save it with line feeds as line breaks.',
  },
  'return-between-records': {
    says: ({ place }: RefusalDetails) =>
      `has a carriage return between two records of a line${placeText(place)}: some readers take both, others only the first`,
    remedy: 'Save it with line feeds, or with carriage returns and line feeds, as line breaks.',
  },
  'malformed-json': {
    says: ({ place, expected, found }: RefusalDetails) =>
      `is malformed JSON${placeText(place)}: expected ${expected}, found ${found}`,
    remedy: 'Fix the file at that place, or the tool that wrote it.',
  },
  'record-too-long': {
    says: ({ place }: RefusalDetails) =>
      `has a record${placeText(place)} that is longer than the 64 MiB that the action validates`,
    remedy:
      'Check the line breaks of the file: without them, a whole export is one record. If its records are that long, use "validation: off", without "mapping".',
  },
  'first-record-too-long': {
    says: () =>
      'has a CSV header and a first record that together are longer than 64 MiB, or a quote that is not closed',
    remedy: 'Check the line breaks of the file, and that "csv-quote" and "csv-escape" are what the file uses.',
  },
  'not-csv': {
    says: ({ found }: RefusalDetails) => `is not CSV: it begins with ${found}`,
    remedy: 'Rename the file to match its content, or set "format".',
  },
  'empty-header': {
    says: () => 'has an empty name in its CSV header',
    remedy: 'Name every column in the first line, as the schema names its fields.',
  },
  'duplicate-header': {
    says: ({ found }: RefusalDetails) => `repeats column names in its CSV header: ${found}`,
    remedy: 'Name every column once in the first line. A file without a header needs one.',
  },
  'bare-return': {
    says: () => 'ends its CSV header with a carriage return alone, which not every reader treats as the end of a line',
    remedy: 'Save it with line feeds, or with carriage returns and line feeds, as line breaks.',
  },
  'return-in-rows': {
    says: ({ place }: RefusalDetails) =>
      `has a carriage return without a line feed${placeText(place)}, which some readers treat as the end of a row`,
    remedy: 'Save it with line feeds, or with carriage returns and line feeds, as line breaks.',
  },
  'line-end-in-quotes': {
    says: ({ place }: RefusalDetails) =>
      `has a line break inside quotes${placeText(place)}, which some readers treat as the end of a row`,
    remedy: 'Replace line breaks in values with spaces, or publish the rows as JSON, which escapes them.',
  },
  'quote-left-open': {
    says: ({ place }: RefusalDetails) => `opens a quote${placeText(place)} and does not close it`,
    remedy: 'Close the quote, or set "csv-quote" and "csv-escape" to what the file uses.',
  },
  'unclosed-quote': {
    says: ({ found }: RefusalDetails) => `opens a quote in ${found} and does not close it`,
    remedy: 'Close the quote, or set "csv-quote" and "csv-escape" to what the file uses.',
  },
  'malformed-csv': {
    says: ({ found }: RefusalDetails) => `is malformed CSV: ${found}`,
    remedy: 'Fix the line, or set "csv-delimiter", "csv-quote" and "csv-escape" to what the file uses.',
  },
  'not-parquet': {
    says: () => 'is not a Parquet file: it does not begin with PAR1',
    remedy: 'Rename the file to match its content, or set "format".',
  },
  'parquet-encrypted': {
    says: () => 'is an encrypted Parquet file',
    remedy: 'Write it without encryption: the platform has no key for it.',
  },
  'parquet-truncated': {
    says: () => 'is a truncated Parquet file: it does not end with PAR1',
    remedy: 'Write or download it again: the file is incomplete.',
  },
  'parquet-footer': {
    says: ({ found }: RefusalDetails) => `has an unreadable Parquet footer: ${found}`,
    remedy: 'Write or download it again.',
  },
  'parquet-ranges': {
    says: () => 'has a Parquet footer that points to bytes outside the row groups of this file',
    remedy: 'Write or download it again: a part of it is missing.',
  },
} as const satisfies Record<string, { readonly says: (seen: RefusalDetails) => string; readonly remedy: string }>

/** What the first bytes of a file reveal, whatever its name. */
export type Suspicion =
  | { readonly kind: 'empty' }
  | { readonly kind: 'lfs-pointer' }
  | { readonly kind: 'html' }
  | { readonly kind: 'utf-16' }
  | { readonly kind: 'byte-order-mark' }
  | { readonly kind: 'compressed'; readonly by: string }
  | { readonly kind: 'parquet' }

/** How many bytes {@link sniff} needs. */
export const SNIFF_BYTES = 512

/** Examines the first {@link SNIFF_BYTES} bytes of a file, or all of a shorter one. */
export function sniff(head: Uint8Array): Suspicion | undefined {
  if (head.length === 0) return { kind: 'empty' }
  const by = COMPRESSED.find(({ magic }) => startsWith(head, magic))?.by
  if (by !== undefined) return { kind: 'compressed', by }
  if (startsWith(head, BYTE_ORDER_MARK)) return { kind: 'byte-order-mark' }
  if (isUtf16(head)) return { kind: 'utf-16' }
  if (isParquet(head)) return { kind: 'parquet' }
  return suspectText(Buffer.from(head).toString('latin1'))
}

/** The byte-order mark of UTF-8. */
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf]

/**
 * The content after a byte-order mark, for readers that don't treat the mark as data; the content itself if it has
 * none.
 */
export async function passMark(content: Content): Promise<Content> {
  const head = await readAll(content.slice(0, Math.min(BYTE_ORDER_MARK.length, content.size)))
  return startsWith(head, BYTE_ORDER_MARK) ? content.slice(BYTE_ORDER_MARK.length, content.size) : content
}

/** Each magic is long enough that no CSV or JSON text begins with it. */
const COMPRESSED: readonly { readonly by: string; readonly magic: readonly number[] }[] = [
  { by: 'gzip', magic: [0x1f, 0x8b] },
  { by: 'zip', magic: [0x50, 0x4b, 0x03, 0x04] },
  { by: 'zip', magic: [0x50, 0x4b, 0x05, 0x06] },
  { by: 'xz', magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] },
  { by: 'zstd', magic: [0x28, 0xb5, 0x2f, 0xfd] },
  { by: 'lz4', magic: [0x04, 0x22, 0x4d, 0x18] },
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((level) => ({
    by: 'bzip2',
    magic: [0x42, 0x5a, 0x68, 0x30 + level, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59],
  })),
]

function startsWith(head: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, at) => head[at] === byte)
}

/**
 * Recognised by its mark, or by the NUL that UTF-16 puts next to an ASCII character. Every JSON and nearly every CSV
 * begins with an ASCII character.
 */
function isUtf16(head: Uint8Array): boolean {
  if (startsWith(head, [0xff, 0xfe]) || startsWith(head, [0xfe, 0xff])) return true
  return head.length >= 2 && (head[0] === 0) !== (head[1] === 0)
}

/** A CSV column may be named PAR1, but a Parquet file continues with a binary byte. */
function isParquet(head: Uint8Array): boolean {
  const next = head[4]
  const magic = startsWith(head, [0x50, 0x41, 0x52, 0x31]) || startsWith(head, [0x50, 0x41, 0x52, 0x45])
  return magic && next !== undefined && next < SPACE && ![TAB, LINE_FEED, CARRIAGE_RETURN].includes(next)
}

function suspectText(text: string): Suspicion | undefined {
  if (text.startsWith('version https://git-lfs.github.com/spec/')) return { kind: 'lfs-pointer' }
  if (/^\s*(?:<!--[^]*?-->\s*)?<(?:!doctype\s+html|html|head|body)\b/i.test(text)) return { kind: 'html' }
  return undefined
}
