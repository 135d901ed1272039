import { createJsonScanner, type JsonScanner } from './json-scanner.ts'
import { readChunks } from './read-chunks.ts'
import type { StoredFile } from './stored-file.ts'

/** A value at the top of a file or in its outermost array, and the brackets and commas before it. */
export type JsonPiece = { readonly punctuation: string; readonly text: string }

/** Far above any record of the platform. A longer value is cut off, so it can't be read as a row. */
const LONGEST_VALUE_BYTES = 16 << 20

/** JSON allows at most two characters between two values; longer punctuation is invalid in any case. */
const LONGEST_PUNCTUATION = 4

const OPEN_ARRAY = 0x5b
const PUNCTUATION: ReadonlySet<number> = new Set([0x2c, 0x5d])
const LAST_BLANK = 0x20

/** Splits JSON into the values of its outermost array, one in memory at a time. Returns the punctuation after the last. */
export async function splitJson(file: StoredFile, tell: (piece: JsonPiece) => void): Promise<string> {
  let punctuation = ''
  let hasBegun = false
  let value: OpenValue | undefined
  for await (const chunk of readChunks(file)) {
    for (let index = 0; index < chunk.length;) {
      if (value === undefined) {
        const byte = chunk[index] ?? 0
        const isPunctuation = PUNCTUATION.has(byte) || (byte === OPEN_ARRAY && !hasBegun)
        if (byte <= LAST_BLANK || isPunctuation) index++
        else value = openValue()
        if (isPunctuation && punctuation.length < LONGEST_PUNCTUATION) punctuation += String.fromCharCode(byte)
        hasBegun ||= byte > LAST_BLANK
      } else {
        index = value.follow(chunk, index)
        if (!value.isOver()) continue
        tell({ punctuation, text: value.text() })
        value = undefined
        punctuation = ''
      }
    }
  }
  if (value !== undefined) tell({ punctuation, text: value.text() })
  return value === undefined ? punctuation : ''
}

type OpenValue = JsonScanner & { text(): string }

function openValue(): OpenValue {
  const scanner = createJsonScanner()
  const pieces: Buffer[] = []
  let bytes = 0
  return {
    follow(chunk, start) {
      const end = scanner.follow(chunk, start)
      if (bytes <= LONGEST_VALUE_BYTES) pieces.push(chunk.subarray(start, end))
      bytes += end - start
      return end
    },
    isOver: () => scanner.isOver(),
    text: () => Buffer.concat(pieces).toString('utf8'),
  }
}
