import type { Log } from '../github/runner.ts'
import { Problem } from '../lib/errors.ts'
import { count } from '../lib/text.ts'
import { DAY_MS } from '../lib/time.ts'
import { EXPIRATION_TAG, EXPIRATION_WARNING_MS } from '../platform/limits.ts'
import type { DatasetRecord } from '../platform/records.ts'

/** When the platform deletes a dataset with all its rows. */
export type Expiration = {
  readonly level: 'info' | 'warning' | 'error'
  readonly text: string
  /** Milliseconds since the epoch; undefined if the date cannot be read. */
  readonly expiresMs: number | undefined
}

/**
 * Describes the dataset's expiration. It is an error if the platform is deleting the dataset: rows sent now would be lost.
 *
 * @returns undefined if it has no expiration.
 */
export function expirationOf({ id, tags }: Pick<DatasetRecord, 'id' | 'tags'>, nowMs: number): Expiration | undefined {
  const values = tags[EXPIRATION_TAG] ?? []
  if (values.length === 0) return undefined
  const expiresMs = Math.min(...values.map((value) => (/^\d{1,14}$/.test(value) ? Number(value) : NaN)))
  if (Number.isNaN(expiresMs)) {
    const text = `Dataset "${id}" has an expiration whose date cannot be read. Check it`
    return { level: 'warning', text, expiresMs: undefined }
  }
  const on = new Date(expiresMs).toISOString()
  const leftMs = expiresMs - nowMs
  if (leftMs <= 0) {
    return { level: 'error', text: `Dataset "${id}" expired on ${on}: the platform is deleting it`, expiresMs }
  }
  const days = Math.floor(leftMs / DAY_MS)
  const left = days === 0 ? 'less than a day' : count(days, 'day')
  const text = `Dataset "${id}" expires on ${on}, in ${left}: the platform then deletes all its rows`
  return { level: leftMs > EXPIRATION_WARNING_MS ? 'info' : 'warning', text, expiresMs }
}

export function logExpiration({ level, text }: Expiration, log: Log): void {
  log[level === 'info' ? 'info' : 'warning'](text)
}

/** @throws Problem if the dataset has expired */
export function refuseExpired({ level, text }: Expiration): void {
  if (level !== 'error') return
  throw new Problem(`Cannot publish: ${text.replace(/^Dataset/, 'dataset')}`, {
    remedy:
      'Nothing was sent: the rows would be lost. Publish into another dataset, or ask an administrator to check the expiration under Data Lifecycle.',
  })
}
