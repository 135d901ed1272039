import { isUtf8 } from 'node:buffer'
import { brokenJson } from './broken-json.ts'
import { extentOf, joined, NOTHING, type Extent } from './extent.ts'
import { placeOf } from './place-of.ts'
import { NOT_UTF8, placeAt, type RowSink, type Where } from './row.ts'
import { scanObjects } from './scan-objects.ts'

/** The records of an array, or of objects one after another, over as many lines as they like. Returns how far they reach. */
export function readJsonObjects(bytes: Uint8Array, sink: RowSink): Extent {
  const where = new Objects(bytes)
  const end = scanObjects(bytes, (start, stop) => {
    if (where.moveTo(start, stop)) sink.text(where.text, where)
    else sink.corrupt(NOT_UTF8, where)
  })
  if (end < bytes.length) {
    where.moveTo(end, bytes.length)
    sink.corrupt(brokenJson(where.text).issue, where)
  }
  return where.extentTo(bytes.length)
}

class Objects implements Where {
  text = ''
  #buffer: Buffer
  #start = 0
  /** How far the bytes before `#measured` reach: each is measured once, and only when somebody asks. */
  #extent = NOTHING
  #measured = 0

  constructor(bytes: Uint8Array) {
    this.#buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  }

  /** To the next record; false when it is not UTF-8. */
  moveTo(start: number, end: number): boolean {
    this.#start = start
    this.text = this.#buffer.toString('utf8', start, end)
    return !this.text.includes('\ufffd') || isUtf8(this.#buffer.subarray(start, end))
  }

  placeOf(pointer: string) {
    return placeAt(joined(this.extentTo(this.#start), placeOf(this.text, pointer)))
  }

  extentTo(end: number): Extent {
    this.#extent = joined(this.#extent, extentOf(this.#buffer.toString('utf8', this.#measured, end)))
    this.#measured = end
    return this.#extent
  }
}
