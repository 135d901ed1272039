import { skipPlain } from './skip-plain.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d

/**
 * Finds the outermost objects of an array, or of objects one after another, by their brackets alone, and calls `onObject`
 * with the bounds of each. Returns where an object begins that the bytes don't close, or where they end.
 */
export function scanObjects(bytes: Uint8Array, onObject: (start: number, end: number) => void): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let depth = 0
  let start = bytes.length
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === QUOTE) at = closingQuote(bytes, view, at + 1)
    else if (byte === OPEN_OBJECT || (byte === OPEN_ARRAY && depth > 0)) {
      if (depth++ === 0) start = at
    } else if ((byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) && depth > 0 && --depth === 0) {
      onObject(start, at + 1)
      start = bytes.length
    }
  }
  return start
}

/** Or the end of the bytes. */
function closingQuote(bytes: Uint8Array, view: DataView, from: number): number {
  let at = from
  while ((at = skipPlain(bytes, view, at)) < bytes.length && bytes[at] !== QUOTE) {
    at += bytes[at] === BACKSLASH ? 2 : 1
  }
  return at
}
