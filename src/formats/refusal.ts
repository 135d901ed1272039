import type { Place } from './record.ts'

/** Why a file must not be sent. */
export type ContentRefusal = {
  readonly kind: 'refused'
  /** Stable, for reports and tests. */
  readonly code: RefusalCode
  /** Goes on where the file's name ends: `is empty`. Never quotes a value of the file. */
  readonly says: string
  readonly remedy: string
  readonly place: Place | undefined
}

export type RefusalCode = keyof typeof WORDS

type RefusalDetails = { readonly place?: Place; readonly expected?: string; readonly found?: string }

export function refuseContent(code: RefusalCode, seen: RefusalDetails = {}): ContentRefusal {
  const { says, remedy } = WORDS[code]
  return { kind: 'refused', code, says: says(seen), remedy, place: seen.place }
}

const at = (place: Place | undefined) => (place === undefined ? '' : ` at line ${place.line}, column ${place.column}`)

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
    says: ({ place, found }: RefusalDetails) => `does not hold JSON objects: it begins with ${found}${at(place)}`,
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
  'malformed-json': {
    says: ({ place, expected, found }: RefusalDetails) =>
      `is malformed JSON${at(place)}: expected ${expected}, found ${found}`,
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
