import type { BytePlace } from './record.ts'
import { CARRIAGE_RETURN, LINE_FEED, SPACE, TAB } from '../lib/text.ts'

/** Why a file must not be sent. */
export type ContentRefusal = {
  readonly kind: 'refused'
  /** Stable, for reports and tests. */
  readonly code: RefusalCode
  /** Goes on where the file's name ends: `is empty`. Never quotes a value of the file. */
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

/** Reads as a grammar: what is the case, and what to do about it. */
const WORDS = {
  empty: { says: () => 'is empty', remedy: 'Exclude the file, or look at why its export wrote nothing.' },
  'lfs-pointer': {
    says: () => 'is a git-LFS pointer, not the file it points to',
    remedy: 'Check out with "lfs: true" in actions/checkout.',
  },
  html: {
    says: () => 'is an HTML page',
    remedy: 'Look at the download that made it: a page of a log-in or an error was saved in the place of the data.',
  },
  'utf-16': { says: () => 'is encoded as UTF-16', remedy: 'Save it as UTF-8 without a byte-order mark.' },
  'byte-order-mark': {
    says: () => 'begins with a UTF-8 byte-order mark, which readers take for data',
    remedy: 'Save it as UTF-8 without a byte-order mark.',
  },
  compressed: {
    says: ({ found }: RefusalDetails) => `is compressed (${found})`,
    remedy: 'Unpack it in an earlier step: batch ingestion does not document compressed files.',
  },
  parquet: {
    says: () => 'is a Parquet file, and was to be read as text',
    remedy: 'Name it .parquet, or set "format: parquet".',
  },
  'no-records': {
    says: () => 'holds nothing but blanks',
    remedy: 'Exclude the file, or look at why its export wrote nothing.',
  },
  'empty-array': {
    says: () => 'holds an empty array',
    remedy: 'Exclude the file, or look at why its export wrote no record.',
  },
  'header-only': {
    says: () => 'holds a header and no record',
    remedy: 'Exclude the file, or look at why its export wrote no record.',
  },
  'no-rows': {
    says: () => 'holds 0 rows by its Parquet footer',
    remedy: 'Exclude the file, or look at why its export wrote no row.',
  },
  'not-json': {
    says: ({ place, found }: RefusalDetails) =>
      `does not hold JSON objects: it begins with ${found}${placeText(place)}`,
    remedy: 'Records are JSON objects: one a line, or in an array, or one after another.',
  },
  'array-in-lines': {
    says: () => 'holds an array, where its name promises one object a line',
    remedy: 'Rename it to .json, which is looked at, or write one object a line.',
  },
  'documents-in-lines': {
    says: () => 'does not hold one object a line: its first line is not one whole object',
    remedy: 'Rename it to .json if its objects run over several lines, or correct the first line.',
  },
  'return-in-lines': {
    says: ({ place }: RefusalDetails) =>
      `has a carriage return between tokens of a record${placeText(place)}, which some readers take for the end of the record`,
    remedy: 'Set "multiline-json: convert", or save it with line feeds as line ends.',
  },
  'malformed-json': {
    says: ({ place, expected, found }: RefusalDetails) =>
      `is malformed JSON${placeText(place)}: expected ${expected}, found ${found}`,
    remedy: 'Correct the file at that place, or look at the tool that wrote it.',
  },
  'not-csv': {
    says: ({ found }: RefusalDetails) => `does not hold CSV: it begins with ${found}`,
    remedy: 'Give the file the extension of what it holds, or set "format".',
  },
  'empty-header': {
    says: () => 'has an empty name in its CSV header',
    remedy: 'Let the first line name every column as the schema names its fields.',
  },
  'duplicate-header': {
    says: ({ found }: RefusalDetails) => `names columns twice in its CSV header: ${found}`,
    remedy: 'Let the first line name every column once; a file without a header needs one.',
  },
  'bare-return': {
    says: () => 'ends its CSV header with a carriage return alone, which not every reader takes for the end of a line',
    remedy: 'Save it with line feeds, or with carriage returns and line feeds, as line ends.',
  },
  'return-in-rows': {
    says: ({ place }: RefusalDetails) =>
      `has a carriage return without a line feed${placeText(place)}, which some readers take for the end of a row`,
    remedy: 'Save it with line feeds, or with carriage returns and line feeds, as line ends.',
  },
  'line-end-in-quotes': {
    says: ({ place }: RefusalDetails) =>
      `has a line end inside quotes${placeText(place)}, which some readers take for the end of a row`,
    remedy: 'Replace line ends inside values with spaces, or publish the rows as JSON, which escapes them.',
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
    remedy: 'Correct the line, or set "csv-delimiter", "csv-quote" and "csv-escape" to what the file uses.',
  },
  'not-parquet': {
    says: () => 'is not a Parquet file: it does not begin with PAR1',
    remedy: 'Give the file the extension of what it holds, or set "format".',
  },
  'parquet-encrypted': {
    says: () => 'is an encrypted Parquet file',
    remedy: 'Write it without encryption: the platform has no key for it.',
  },
  'parquet-truncated': {
    says: () => 'is a truncated Parquet file: it does not end with PAR1',
    remedy: 'Write or download it again; it broke off before its footer.',
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

/** What the first bytes of a file betray, whatever its name says. */
export type Suspicion =
  | { readonly kind: 'empty' }
  | { readonly kind: 'lfs-pointer' }
  | { readonly kind: 'html' }
  | { readonly kind: 'utf-16' }
  | { readonly kind: 'byte-order-mark' }
  | { readonly kind: 'compressed'; readonly by: string }
  | { readonly kind: 'parquet' }

/** How many bytes {@link sniff} wants to see. */
export const SNIFF_BYTES = 512

/** Looks at the first {@link SNIFF_BYTES} bytes of a file, or at all of a shorter one. */
export function sniff(head: Uint8Array): Suspicion | undefined {
  if (head.length === 0) return { kind: 'empty' }
  const by = COMPRESSED.find(({ magic }) => startsWith(head, magic))?.by
  if (by !== undefined) return { kind: 'compressed', by }
  if (startsWith(head, [0xef, 0xbb, 0xbf])) return { kind: 'byte-order-mark' }
  if (isUtf16(head)) return { kind: 'utf-16' }
  if (isParquet(head)) return { kind: 'parquet' }
  return suspectText(Buffer.from(head).toString('latin1'))
}

/** Each long enough that no CSV or JSON text begins with it. */
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

/** By its mark, or by the NUL that UTF-16 puts beside the ASCII character every JSON and nearly every CSV begins with. */
function isUtf16(head: Uint8Array): boolean {
  if (startsWith(head, [0xff, 0xfe]) || startsWith(head, [0xfe, 0xff])) return true
  return head.length >= 2 && (head[0] === 0) !== (head[1] === 0)
}

/** A column of a CSV may be called PAR1; a Parquet file goes on with a binary byte. */
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
