import { isUtf8 } from 'node:buffer'
import { skipPlain } from './compactor.ts'
import { JsonPlaces, brokenJson } from './places.ts'
import {
  type Extent,
  NOTHING,
  NOT_UTF8,
  type RowPlace,
  type RowSink,
  type RecordLocator,
  extentOf,
  joinExtents,
  placeAt,
  withIndex,
} from '../record.ts'
import { BACKSLASH, CLOSE_BRACE, CLOSE_BRACKET, LINE_FEED, OPEN_BRACE, OPEN_BRACKET, QUOTE } from '../../lib/text.ts'

/** The records of a slice are its lines, the items of an array, or objects one after another. */
export type JsonLayout = { readonly unit: 'lines' | 'items' | 'documents' }

/** A line of valid UTF-8 that begins at `start` and ends with a line feed. */
export type JsonLine = RecordLocator & {
  readonly buffer: Buffer
  readonly start: number
  /** Its number in the slice, from 1. */
  readonly number: number
  /** The place of a value of the line, given where it begins in the buffer. */
  placeOfByte(at: number): RowPlace
}

/** A sink that may take a record by its bytes, so that no string is made. */
export type LineSink = RowSink & {
  /** The position of its line feed; negative if the sink can't take the line and needs the text. */
  takeLine?(line: JsonLine): number
}

/**
 * Reads the records of whole lines of JSON, skipping blank lines. Lines end with `\n` or `\r\n`. Returns their extent.
 */
export function readJsonLines(bytes: Uint8Array, sink: LineSink): Extent | Promise<Extent> {
  const lines = new Lines(bytes, sink)
  return readOn(0)

  function readOn(from: number): Extent | Promise<Extent> {
    for (let at = from; at < bytes.length;) {
      at = lines.read(at)
      const pause = sink.pause?.()
      if (pause !== undefined) return pause.then(() => readOn(at))
    }
    return lines.extent
  }
}

class Lines implements JsonLine {
  readonly buffer: Buffer
  start = 0
  end = 0
  #sink: LineSink
  /** Checked for the whole slice at once, which costs almost nothing. */
  #isUtf8: boolean
  #lastFeed: number
  #line = 0
  #columns = 0
  /** The places of the current line, made on demand. */
  #places: JsonPlaces | undefined

  constructor(bytes: Uint8Array, sink: LineSink) {
    this.buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    this.#sink = sink
    this.#isUtf8 = isUtf8(bytes)
    this.#lastFeed = this.buffer.lastIndexOf(LINE_FEED)
  }

  get extent(): Extent {
    return { lines: this.#line, columns: this.#columns }
  }

  get number(): number {
    return this.#line + 1
  }

  placeOf(pointer: string) {
    const isAtStart = pointer === '' && this.buffer[this.start] === OPEN_BRACE
    if (isAtStart) return placeAt({ lines: this.#line, columns: 0 })
    this.#places ??= new JsonPlaces(this.#text())
    return placeAt(joinExtents({ lines: this.#line, columns: 0 }, this.#places.of(pointer)))
  }

  placeOfByte(at: number): RowPlace {
    return placeAt({ lines: this.#line, columns: this.buffer.toString('utf8', this.start, at).length })
  }

  /** @returns where the next line begins */
  read(from: number): number {
    this.#places = undefined
    this.start = from
    const mayTake = this.#isUtf8 && from <= this.#lastFeed
    const taken = mayTake ? (this.#sink.takeLine?.(this) ?? -1) : -1
    if (taken >= 0) {
      this.#line++
      return taken + 1
    }
    const feed = this.buffer.indexOf(LINE_FEED, from)
    this.end = feed === -1 ? this.buffer.length : feed
    this.#handText()
    if (feed === -1) this.#columns = this.#text().length
    else this.#line++
    return this.end + 1
  }

  #handText(): void {
    const text = this.#text()
    if (!this.#isUtf8 && !isUtf8(this.buffer.subarray(this.start, this.end))) this.#sink.corrupt(NOT_UTF8, this)
    else if (!isBlank(text)) this.#sink.text(text, this)
  }

  /** Line by line: one character above U+00FF would make the string of a whole slice two-byte, and parsing slower. */
  #text(): string {
    return this.buffer.toString('utf8', this.start, this.end)
  }
}

/** The first comparison decides nearly always: most lines begin with `{`. */
function isBlank(text: string): boolean {
  return text[0] !== '{' && /^[ \t\r]*$/.test(text)
}

/**
 * Finds the outermost objects of an array, or of objects one after another, by brackets alone, and calls `onObject`
 * with the bounds of each. Returns where an unclosed object begins, or the end of the bytes.
 */
export function scanObjects(bytes: Uint8Array, onObject: (start: number, end: number) => void): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let depth = 0
  let start = bytes.length
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === QUOTE) at = closingQuote(bytes, view, at + 1)
    else if (byte === OPEN_BRACE || (byte === OPEN_BRACKET && depth > 0)) {
      if (depth++ === 0) start = at
    } else if ((byte === CLOSE_BRACE || byte === CLOSE_BRACKET) && depth > 0 && --depth === 0) {
      onObject(start, at + 1)
      start = bytes.length
    }
  }
  return start
}

/** The position of the closing quote, or the end of the bytes. */
function closingQuote(bytes: Uint8Array, view: DataView, from: number): number {
  let at = from
  while ((at = skipPlain(bytes, view, at)) < bytes.length && bytes[at] !== QUOTE) {
    at += bytes[at] === BACKSLASH ? 2 : 1
  }
  return at
}

/** Reads the records of an array, or of objects one after another, over any number of lines. Returns their extent. */
export function readJsonObjects(bytes: Uint8Array, isArray: boolean, sink: RowSink): Extent | Promise<Extent> {
  const where = new Objects(bytes, isArray)
  const bounds: number[] = []
  const end = scanObjects(bytes, (start, stop) => void bounds.push(start, stop))
  return readOn(0)

  function readOn(from: number): Extent | Promise<Extent> {
    for (let next = from; next < bounds.length; next += 2) {
      if (where.moveTo(bounds[next] ?? 0, bounds[next + 1] ?? 0)) sink.text(where.text, where)
      else sink.corrupt(NOT_UTF8, where)
      const pause = sink.pause?.()
      if (pause !== undefined) return pause.then(() => readOn(next + 2))
    }
    if (end < bytes.length) {
      where.moveTo(end, bytes.length)
      sink.corrupt(brokenJson(where.text).issue, where)
    }
    return where.extentTo(bytes.length)
  }
}

class Objects implements RecordLocator {
  text = ''
  #places: JsonPlaces | undefined
  #buffer: Buffer
  #start = 0
  /** The extent of the bytes before `#measured`. Each is measured once, and only when a place is requested. */
  #extent = NOTHING
  #measured = 0

  #index = -1
  #isArray: boolean

  constructor(bytes: Uint8Array, isArray: boolean) {
    this.#buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    this.#isArray = isArray
  }

  /** Moves to the next record; false when it is not UTF-8. */
  moveTo(start: number, end: number): boolean {
    this.#places = undefined
    this.#start = start
    this.#index++
    this.text = this.#buffer.toString('utf8', start, end)
    return !this.text.includes('\ufffd') || isUtf8(this.#buffer.subarray(start, end))
  }

  placeOf(pointer: string) {
    this.#places ??= new JsonPlaces(this.text)
    const place = placeAt(joinExtents(this.extentTo(this.#start), this.#places.of(pointer)))
    return withIndex(place, this.#isArray ? this.#index : undefined)
  }

  extentTo(end: number): Extent {
    this.#extent = joinExtents(this.#extent, extentOf(this.#buffer.toString('utf8', this.#measured, end)))
    this.#measured = end
    return this.#extent
  }
}
