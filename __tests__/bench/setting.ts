/** What every benchmark is run with. */
export type Setting = {
  /** Path of the built action. */
  readonly bundle: string
  /** How often each side runs. */
  readonly runs: number
  readonly sizes: Sizes
  /** What rows are drawn by that no two files share. */
  readonly seed: number
  readonly signal: AbortSignal
}

export type Sizes = {
  readonly largeFileMib: number
  /** Over a line that is paced. */
  readonly pacedMb: number
  readonly parquetFiles: number
  readonly jsonFiles: number
  /** Of those by hand, one by one: as many as take a while. */
  readonly jsonFilesByHand: number
  readonly arrayMib: number
  /** Of the records of the array, those that are parsed for comparison. */
  readonly parsedRecords: number
  readonly checkedMb: number
  readonly largeParquetMb: number
  readonly starts: number
  readonly smallMb: number
  readonly hugeMb: number
  readonly plannedFiles: number
  /** Of those, the ones that are named one by one. */
  readonly namedFiles: number
  readonly badRows: number
  readonly badFiles: number
  readonly rejectedRows: number
  /** The longest batch of which is simulated how its end is noticed. */
  readonly longestBatchSeconds: number
  readonly rows: number
  readonly comparedRows: readonly number[]
}

/** What the results speak of. */
export const FULL: Sizes = {
  largeFileMib: 2048,
  pacedMb: 1_000,
  parquetFiles: 1_500,
  jsonFiles: 10_000,
  jsonFilesByHand: 1_000,
  arrayMib: 1024,
  parsedRecords: 100_000,
  checkedMb: 100,
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

/** Seconds; proves that the benchmarks work, and times nothing. */
export const SHORT: Sizes = {
  largeFileMib: 8,
  pacedMb: 8,
  parquetFiles: 12,
  jsonFiles: 24,
  jsonFilesByHand: 8,
  arrayMib: 1,
  parsedRecords: 1_000,
  checkedMb: 1,
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
