import type { Log } from '../github/runner.ts'
import type { ValidatedFile } from './findings.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { Problem } from '../lib/errors.ts'
import { percentOf } from '../lib/percent.ts'
import { count, formatNumber, listFirst } from '../lib/text.ts'

/** Rows with errors, of one file or of all. */
export type RowErrors = {
  readonly rows: number
  /** Rows that the platform is expected to drop, or to fail the batch for. */
  readonly rejectedRows: number
  /**
   * Rows that are expected to be stored incomplete or changed. No `error-threshold` covers them: the platform drops
   * none of them.
   */
  readonly changedRows: number
  /** A file that the platform cannot take fails any batch, whatever `error-threshold` allows. */
  readonly failsBatch: boolean
}

export function countErrors(examined: readonly ValidatedFile[]): RowErrors {
  const total = (of: (file: ValidatedFile) => number) => examined.reduce((sum, file) => sum + of(file), 0)
  return {
    rows: total(({ rows }) => rows),
    rejectedRows: total(({ rejectedRows }) => rejectedRows),
    changedRows: total(({ badRows, rejectedRows }) => badRows - rejectedRows),
    failsBatch: examined.some(({ findings }) => findings.some(({ fate }) => fate === 'fails-batch')),
  }
}

/** What the platform is expected to do with the rows, according to validation. */
export type Prediction = {
  /** The platform accepts the batch, and stores every accepted row unchanged. */
  readonly isHarmless: boolean
  readonly text: string
}

/** Error diagnostics guide: rejected rows up to the threshold are dropped, more of them fail the whole batch. */
export function predict(errors: RowErrors, errorThreshold: number): Prediction {
  const { rows, rejectedRows, changedRows } = errors
  if (rejectedRows + changedRows === 0) return { isHarmless: true, text: `${count(rows, 'row')} validated, no errors` }
  const fails = batchFails(errors, errorThreshold)
  const rejected = `${shareText(rejectedRows, rows)} would be rejected (${allowanceText(errors, errorThreshold)})`
  const fate = fails ? 'the batch is expected to fail' : 'the batch is expected to succeed without these rows'
  const texts = [
    ...(rejectedRows === 0 ? [] : [`${rejected}: ${fate}`]),
    ...(changedRows === 0 ? [] : [`${shareText(changedRows, rows)} would be stored incomplete or changed`]),
  ]
  return { isHarmless: !fails && changedRows === 0, text: texts.join('; and ') }
}

function batchFails({ rows, rejectedRows, failsBatch }: RowErrors, errorThreshold: number): boolean {
  return failsBatch || percentOf(rejectedRows, rows) > errorThreshold
}

function allowanceText({ failsBatch }: RowErrors, errorThreshold: number): string {
  return failsBatch
    ? 'a whole file does not fit the schema, whatever "error-threshold" allows'
    : `"error-threshold" allows ${errorThreshold} %`
}

function shareText(some: number, rows: number): string {
  return `${formatNumber(some)} of ${count(rows, 'row')} (${percentText(percentOf(some, rows))} %)`
}

/** Never shows 0 for a share above 0. */
function percentText(percent: number): string {
  return percent < 0.01 ? 'below 0.01' : percent.toFixed(2).replace(/\.?0+$/, '')
}

/** Rows must not be sent; nothing was sent. */
export class InvalidRecords extends Problem {
  override readonly name = 'InvalidRecords'
}

type Judging = Pick<Inputs, 'validation' | 'errorThreshold'> & {
  /** What to do if all rows have the same problem. */
  readonly advice?: string | undefined
  /** A mapping found no value in any row. */
  readonly isEmpty?: boolean
}

/**
 * Decides by the findings whether a batch is created.
 *
 * | `validation` | rows that would be rejected                                      | rows that would be changed |
 * |--------------|------------------------------------------------------------------|----------------------------|
 * | `error`      | stop the run if their share is above `error-threshold`           | stop the run               |
 * | `warn`       | are reported                                                     | are reported               |
 * | `off`        | errors of a mapping, the only ones known: as `error`             | as `error`                 |
 *
 * Rows that cannot be read, and so not be mapped, always stop the run: a batch without them would look complete.
 * A mapping that finds no value in any row stops it as rows with errors do.
 *
 * @throws InvalidRecords
 */
export function judgeRows(
  examined: readonly ValidatedFile[],
  { validation, errorThreshold, advice, isEmpty = false }: Judging,
  log: Log,
): void {
  const errors = countErrors(examined)
  const unreadRows = examined.reduce((sum, file) => sum + (file.unreadRows ?? 0), 0)
  if (unreadRows > 0) throw invalidRecords(examined, unreadText(unreadRows, errors.rows), UNREAD_REMEDY)
  const { isHarmless, text } = predict(errors, errorThreshold)
  if (isHarmless && isEmpty && validation !== 'warn') throw new InvalidRecords(EMPTY, { remedy: EMPTY_REMEDY })
  if (isHarmless || validation === 'warn') return log.info(text)
  throw invalidRecords(
    examined,
    text,
    advice ?? ['Fix the annotated rows.', ...waysRound(errors, errorThreshold)].join(' '),
  )
}

function invalidRecords(examined: readonly ValidatedFile[], text: string, remedy: string): InvalidRecords {
  const lines = examined.filter((file) => file.badRows > 0).map(fileLine)
  return new InvalidRecords(`Validation failed, nothing was sent: ${text}\n${listFirst(lines, 'file')}`, { remedy })
}

const EMPTY =
  'Validation failed, nothing was sent: the mapping found no value in any row, so that every record is empty'
const EMPTY_REMEDY =
  'Compare the sources of the mapping set with the names in the files. To send the empty records anyway: "validation: warn".'

function unreadText(unread: number, rows: number): string {
  return `${shareText(unread, rows)} cannot be read, so the mapping made no record of ${unread === 1 ? 'it' : 'them'}`
}

const UNREAD_REMEDY =
  'Fix the annotated rows, or the tool that wrote them. With "mapping", no "error-threshold" and no "validation" leaves out rows that cannot be read: the batch would look complete without them.'

/** `"data/a.jsonl": 2 rejected, 1 changed of 20 rows` */
function fileLine(file: ValidatedFile): string {
  const { rejectedRows, changedRows } = countErrors([file])
  const kinds = [
    ...(rejectedRows === 0 ? [] : [`${formatNumber(rejectedRows)} rejected`]),
    ...(changedRows === 0 ? [] : [`${formatNumber(changedRows)} changed`]),
  ]
  return `${JSON.stringify(file.path)}: ${kinds.join(', ')} of ${count(file.rows, 'row')}`
}

/**
 * Alternatives to fixing the rows. If every row has an error, names a likely cause instead. None for a file that fails
 * every batch.
 */
function waysRound(errors: RowErrors, errorThreshold: number): readonly string[] {
  const { rows, rejectedRows, changedRows, failsBatch } = errors
  if (rejectedRows + changedRows >= rows)
    return ['Every row has an error: check that the files belong to this dataset and its schema.']
  if (failsBatch) return []
  const threshold = `"error-threshold: ${Math.ceil(percentOf(rejectedRows, rows) * 100) / 100}"`
  const isAbove = batchFails(errors, errorThreshold)
  if (changedRows === 0)
    return [`To publish without the rejected rows: ${threshold} or higher. To send them anyway: "validation: warn".`]
  const dropping = isAbove ? `, and ${threshold} or higher for the rejected rows` : ''
  return [`To publish anyway, including rows that are stored incomplete or changed: "validation: warn"${dropping}.`]
}
