import { VALID_ROWS } from './valid-rows.ts'

/** The parameters of every benchmark. */
export type Setting = {
  /** Path of the built action. */
  readonly bundle: string
  /** How often each side runs. */
  readonly runs: number
  readonly sizes: Sizes
  /** The seed of random rows. */
  readonly seed: number
  readonly signal: AbortSignal
}

export type Sizes = {
  readonly largeFileMib: number
  /** Sent over a line with limited bandwidth. */
  readonly pacedMb: number
  readonly parquetFiles: number
  readonly jsonFiles: number
  /** How many of them are sent by hand, one by one: enough to take a while. */
  readonly jsonFilesByHand: number
  readonly arrayMib: number
  /** How many records of the array are parsed for comparison. */
  readonly parsedRecords: number
  readonly checkedMb: number
  /** How many of the files of odd but valid rows. */
  readonly oddFiles: number
  readonly largeParquetMb: number
  readonly starts: number
  readonly smallMb: number
  readonly hugeMb: number
  readonly plannedFiles: number
  /** How many of them are named one by one. */
  readonly namedFiles: number
  readonly badRows: number
  readonly badFiles: number
  readonly rejectedRows: number
  /** The longest batch in the simulation of waits. */
  readonly longestBatchSeconds: number
  readonly rows: number
  readonly comparedRows: readonly number[]
}

/** The sizes behind the published results. */
export const FULL: Sizes = {
  largeFileMib: 2048,
  pacedMb: 1_000,
  parquetFiles: 1_500,
  jsonFiles: 10_000,
  jsonFilesByHand: 1_000,
  arrayMib: 1024,
  parsedRecords: 100_000,
  checkedMb: 100,
  oddFiles: VALID_ROWS.length,
  largeParquetMb: 1000,
  starts: 15,
  smallMb: 100,
  hugeMb: 10_000,
  plannedFiles: 25_000,
  namedFiles: 3_000,
  badRows: 1_000_000,
  badFiles: 30_000,
  rejectedRows: 5_000,
  longestBatchSeconds: 3_600,
  rows: 1_000_000,
  comparedRows: [1_000_000, 10_000_000],
}

/** Takes seconds; proves that the benchmarks work, without useful figures. */
export const SHORT: Sizes = {
  largeFileMib: 8,
  pacedMb: 8,
  parquetFiles: 12,
  jsonFiles: 24,
  jsonFilesByHand: 8,
  arrayMib: 1,
  parsedRecords: 1_000,
  checkedMb: 1,
  oddFiles: 3,
  largeParquetMb: 4,
  starts: 1,
  smallMb: 1,
  hugeMb: 4,
  plannedFiles: 40,
  namedFiles: 30,
  badRows: 400,
  badFiles: 40,
  rejectedRows: 40,
  longestBatchSeconds: 60,
  rows: 4_000,
  comparedRows: [4_000],
}
