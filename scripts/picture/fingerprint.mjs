import { createHash } from 'node:crypto'

/** A hash of a summary without the parts that differ from run to run. A picture with another one is out of date. */
export function fingerprint(summary) {
  const lasting = summary
    .replace(/\b01[0-9A-Z]{24}\b/g, 'BATCH')
    .replace(/\b\d{13}\b/g, 'MOMENT')
    .replace(/\b\d+(?:\.\d+)? m?s\b/g, 'A WHILE')
    .replace(/127\.0\.0\.1:\d+/g, 'PLATFORM')
  return createHash('sha256').update(lasting).digest('hex')
}
