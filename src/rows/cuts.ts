import { lastCsvEnd } from './last-csv-end.ts'
import type { CsvDialect } from './csv.ts'
import { scanObjects } from './scan-objects.ts'
import type { Cut } from './slices.ts'

const LINE_FEED = 0x0a

export const cutLines: Cut = (block) => block.lastIndexOf(LINE_FEED) + 1

export const cutObjects: Cut = (block) => {
  let last = 0
  scanObjects(block, (_, end) => (last = end))
  return last
}

export function cutCsv(dialect: CsvDialect): Cut {
  return (block) => lastCsvEnd(block, dialect)
}
