import { bundleSize } from './bundle-size.ts'
import { checkCsv } from './check-csv.ts'
import { checkJsonLines, checkOrNot } from './check-files.ts'
import { checkParquet } from './check-parquet.ts'
import { checkProfileRows, checkWorstRows } from './check-shapes.ts'
import { coldStart } from './cold-start.ts'
import { commandStart } from './command-start.ts'
import { convert } from './convert.ts'
import { diffRows } from './diff-rows.ts'
import { largeFile } from './large-file.ts'
import { latency } from './latency.ts'
import type { Line } from './line.ts'
import { manyFiles } from './many-files.ts'
import { manyFindings } from './many-findings.ts'
import { mapCsv } from './mapped.ts'
import { memory } from './memory.ts'
import { planning } from './planning.ts'
import { roundTrips } from './round-trips.ts'
import type { Setting } from './setting.ts'
import { smallJson } from './small-json.ts'
import { waiting } from './waiting.ts'

export type Benchmark = (setting: Setting) => Promise<readonly Line[]>

/** Keyed by the name that `--only` accepts. */
export const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  'large-file': largeFile,
  latency,
  'many-files': manyFiles,
  'small-json': smallJson,
  convert,
  'check-or-not': checkOrNot,
  'round-trips': roundTrips,
  'cold-start': coldStart,
  'command-start': commandStart,
  'bundle-size': bundleSize,
  memory,
  waiting,
  planning,
  'many-findings': manyFindings,
  'check-json-lines': checkJsonLines,
  'check-profile-rows': checkProfileRows,
  'check-worst-rows': checkWorstRows,
  'check-csv': checkCsv,
  'map-csv': mapCsv,
  'diff-rows': diffRows,
  'check-parquet': checkParquet,
}
