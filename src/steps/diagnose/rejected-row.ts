import { wire, type Wire } from '../../base/wire.ts'
import { parseLossless } from '../../xdm/lossless.ts'
import { pointer } from '../../xdm/pointer.ts'
import { corruptKey, recordKey, textKey, type Origin } from './record-key.ts'
import { recordText } from './record-text.ts'

/** One thing that is wrong with a row, as its diagnostics say it. */
export type RowError = {
  readonly code: string
  /** JSON pointer to the field, as far as the platform names it; empty for the row itself. */
  readonly pointer: string
  /** It may quote values of the row. */
  readonly message: string
}

/** A row as it stands in a file of diagnostics. */
export type RejectedRow = {
  readonly errors: readonly RowError[]
  /** What a row of our files is recognised by. */
  readonly key: string
  /** A file that the platform names: one of ours in some documents, one of its own in others. */
  readonly fileName: string | undefined
  /** JSON; undefined where it isn't to be kept. */
  readonly record: string | undefined
}

export type RowReading = { readonly origin: Origin; readonly keepRecords: boolean }

/** What diagnostics add to a row. */
const ADDED: ReadonlySet<string> = new Set(['_errors', '_validationErrors', '_filename'])

/** Guides "Error diagnostics" and "Retrieve failed batches". @returns undefined for what is no rejected row in any documented form. */
export function readRejectedRow(line: string, { origin, keepRecords }: RowReading): RejectedRow | undefined {
  try {
    const value = parseLossless(line)
    const row = wire(value, 'row')
    const errors = errorsOf(row)
    if (errors.length === 0) return undefined
    const corrupt = row.get('_corrupt_record').text()
    const record = corrupt ?? withoutAdded(row)
    return {
      errors,
      key: corrupt === undefined ? keyOfShown(record, errors, origin) : keyOfCorrupt(corrupt, origin),
      fileName: row.get('_filename').text(),
      record: keepRecords ? recordText(record) : undefined,
    }
  } catch {
    // Cut off, HTML, or nested beyond what anyone can read: a line less, and no reason to lose the others.
    return undefined
  }
}

/**
 * A sample of Adobe's shows a row without the column that is wrong with it. What is left is another record, and may be that
 * of a row that is right: so it is found nowhere. A required field that is missing is meant to be.
 */
function keyOfShown(record: unknown, errors: readonly RowError[], origin: Origin): string {
  const isShortened = errors.some(({ code, pointer: to }) => !MISSING.has(code) && to !== '' && !holds(record, to))
  return isShortened ? corruptKey('') : recordKey(record, origin)
}

const MISSING: ReadonlySet<string> = new Set(['1555', 'INGEST-1555-400', 'required'])

/** Only the first step: below it, lists and maps are named in ways that differ. */
function holds(record: unknown, to: string): boolean {
  const [first = ''] = to.split('/').slice(1)
  const name = first.replaceAll('~1', '/').replaceAll('~0', '~')
  return typeof record !== 'object' || record === null || Object.hasOwn(record, name)
}

function keyOfCorrupt(text: string, origin: Origin): string {
  return origin === 'json' ? textKey(text) : corruptKey(text)
}

function errorsOf(row: Wire): readonly RowError[] {
  return [...row.get('_errors').items().map(readError), ...row.get('_validationErrors').items().map(readViolation)]
}

function readError(at: Wire): RowError {
  const path = at.get('column').text()?.split('.') ?? []
  return { code: codeIn(at.get('code')), pointer: pointer(path), message: at.get('message').text() ?? '' }
}

/** A violation of a JSON schema: it has a keyword and no code. */
function readViolation(at: Wire): RowError {
  const path = at.get('pointerToViolation').text()?.replace(/^#/, '') ?? ''
  return { code: codeIn(at.get('keyword')), pointer: path, message: at.get('message').text() ?? '' }
}

function codeIn(at: Wire): string {
  return at.text() ?? at.number()?.toString() ?? 'unknown'
}

function withoutAdded(row: Wire): unknown {
  return Object.fromEntries(row.entries().flatMap(([name, at]) => (ADDED.has(name) ? [] : [[name, at.value()]])))
}
