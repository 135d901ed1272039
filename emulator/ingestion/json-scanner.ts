const [COMMA, QUOTE, BACKSLASH] = [0x2c, 0x22, 0x5c]
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d]
const LAST_BLANK = 0x20

export type JsonScanner = {
  /** Reads the bytes of the value from `start`, and returns the position where the value or the chunk ends. */
  follow(chunk: Buffer, start: number): number
  isOver(): boolean
}

/** Follows one JSON value through chunks of bytes, only to find its end. */
export function createJsonScanner(): JsonScanner {
  let [depth, isInString, isEscaped, isOver] = [0, false, false, false]
  return {
    follow(chunk, start) {
      let index = start
      for (; index < chunk.length; index++) {
        const byte = chunk[index] ?? 0
        if (isInString) {
          if (isEscaped) isEscaped = false
          else if (byte === BACKSLASH) isEscaped = true
          else if (byte === QUOTE) isInString = false
        } else if (byte === QUOTE) {
          isInString = true
        } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
          depth++
        } else if (depth === 0) {
          isOver = byte === COMMA || byte === CLOSE_ARRAY || byte <= LAST_BLANK
          if (isOver) return index
        } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
          isOver = --depth === 0
          if (isOver) return index + 1
        }
      }
      return index
    },
    isOver: () => isOver,
  }
}
