import { afterBlanks } from './clean-bytes.ts'
import { DOUBT, type CleanScan } from './clean-scan.ts'
import { plainString } from './clean-quoted.ts'

/** A map of a few entries: their keys are compared with one another. */
export function cleanMap(scanValue: CleanScan): CleanScan {
  const keys = new Keys()
  return (reading, start) => {
    const { bytes } = reading
    if (bytes[start] !== OPEN) return DOUBT
    keys.clear()
    let at = afterBlanks(bytes, start + 1)
    if (bytes[at] === CLOSE) return at + 1
    for (;;) {
      const colon = plainString(reading, at)
      if (colon === DOUBT || bytes[colon] !== COLON || !keys.add(bytes, at, colon)) return DOUBT
      const end = scanValue(reading, afterBlanks(bytes, colon + 1))
      if (end === DOUBT) return DOUBT
      at = afterBlanks(bytes, end)
      if (bytes[at] === CLOSE) return at + 1
      if (bytes[at] !== COMMA) return DOUBT
      at = afterBlanks(bytes, at + 1)
    }
  }
}

const OPEN = 123
const CLOSE = 125
const COMMA = 44
const COLON = 58

const MOST_KEYS = 16

/** Between its quotes. */
const EMPTY_KEY_LENGTH = 2

class Keys {
  readonly #starts = new Int32Array(MOST_KEYS)
  #count = 0

  clear(): void {
    this.#count = 0
  }

  /** False for an empty key, one that is there already, and one too many. */
  add(bytes: Buffer, start: number, end: number): boolean {
    if (this.#count === MOST_KEYS || end - start === EMPTY_KEY_LENGTH) return false
    for (let index = 0; index < this.#count; index++) {
      if (isRepeated(bytes, start, { end, before: this.#starts[index] ?? 0 })) return false
    }
    this.#starts[this.#count++] = start
    return true
  }
}

/** The quotes belong to the keys, so that none is the beginning of another. */
function isRepeated(bytes: Buffer, start: number, { end, before }: { end: number; before: number }): boolean {
  for (let at = start; at < end; at++) {
    if (bytes[at] !== bytes[before + at - start]) return false
  }
  return true
}
