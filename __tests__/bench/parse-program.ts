import { checkRow } from './check-schema.ts'
import { cpuMs } from './check-speed.ts'
import { arrayRecord, type ArrayShape } from './check-files.ts'

/** What a run of this program prints. */
export type ParseRun = { readonly cpuMs: number; readonly bytes: number }

/** `JSON.parse` of records one by one, which are strings already: many enough to fit no cache, few enough to be held. */
function main(shape: ArrayShape, records: number): ParseRun {
  // By way of bytes, as they would come from a file, and not the ropes that were put together.
  const bytes = Array.from({ length: records }, (_, number) => Buffer.from(arrayRecord(checkRow(number), shape)))
  const texts = bytes.map((record) => record.toString())
  const parse = () => {
    for (const text of texts) JSON.parse(text)
  }
  return { cpuMs: cpuMs(parse), bytes: bytes.reduce((sum, { length }) => sum + length, 0) }
}

const [, , shape, records] = process.argv
console.log(JSON.stringify(main(shape === 'pretty' ? 'pretty' : 'compact', Number(records))))
