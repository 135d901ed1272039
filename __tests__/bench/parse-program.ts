import { checkRow } from './check-schema.ts'
import { cpuMs } from './check-speed.ts'
import { arrayRecord, type ArrayShape } from './check-files.ts'

/** The output of this program. */
export type ParseRun = { readonly cpuMs: number; readonly bytes: number }

/** `JSON.parse` of records that are already strings, one by one: too many for a cache, few enough for memory. */
function main(shape: ArrayShape, records: number): ParseRun {
  // Convert to bytes and back, as from a file: V8 would otherwise keep the concatenated strings as ropes.
  const bytes = Array.from({ length: records }, (_, number) => Buffer.from(arrayRecord(checkRow(number), shape)))
  const texts = bytes.map((record) => record.toString())
  const parse = () => {
    for (const text of texts) JSON.parse(text)
  }
  return { cpuMs: cpuMs(parse), bytes: bytes.reduce((sum, { length }) => sum + length, 0) }
}

const [, , shape, records] = process.argv
console.log(JSON.stringify(main(shape === 'pretty' ? 'pretty' : 'compact', Number(records))))
