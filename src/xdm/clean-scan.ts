import type { Probe } from './clean-probe.ts'

/**
 * Reads the bytes of one value from `start`, and returns where it ends; {@link DOUBT} unless it is surely JSON, and such
 * that the check of its field says nothing. It never comes past a line feed, which stands behind every record: no token
 * that it takes holds one.
 */
export type CleanScan = (reading: Reading, start: number) => number

/** What is not surely clean is read and checked the ordinary way, which alone says what is wrong. */
export const DOUBT = -1

/** Where a scan reads, and what it comes by. One for all records: a clean one allocates nothing. */
export type Reading = {
  /** Valid UTF-8: characters beyond ASCII pass without being looked at. */
  bytes: Buffer
  /** How many objects were begun: what tells the names of one from those of the one before. */
  objects: number
  /** Where the `_id` of the record stands, whatever it is; 0 and 0 for none. */
  idStart: number
  idEnd: number
  hasIdentity: boolean
  readonly probe: Probe
}
