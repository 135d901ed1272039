import type { CsvDialect } from './header.ts'
import { LINE_FEED } from '../../lib/text.ts'

/**
 * Where in whole records of CSV, and perhaps the beginning of one more, the last whole record ends; 0 where none does. As
 * csv-parse reads it: a quote counts at the start of a field, and until the next that is not escaped.
 */
export function lastCsvEnd(bytes: Uint8Array, dialect: CsvDialect): number {
  return new CsvMarks(dialect).lastEnd(bytes)
}

class CsvMarks {
  #delimiter: Buffer
  #quote: Buffer
  #escape: Buffer

  constructor({ delimiter, quote, escape }: CsvDialect) {
    this.#delimiter = Buffer.from(delimiter)
    this.#quote = Buffer.from(quote)
    this.#escape = Buffer.from(escape)
  }

  lastEnd(bytes: Uint8Array): number {
    const delimiter = this.#delimiter[0]
    const quote = this.#quote[0]
    let end = 0
    let isFieldStart = true
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at]
      if (byte === quote && isFieldStart && stands(this.#quote, bytes, at)) {
        at = this.#closingQuote(bytes, at + this.#quote.length)
        isFieldStart = false
      } else if (byte === LINE_FEED) {
        end = at + 1
        isFieldStart = true
      } else if (byte === delimiter && stands(this.#delimiter, bytes, at)) {
        at += this.#delimiter.length - 1
        isFieldStart = true
      } else isFieldStart = false
    }
    return end
  }

  /** Its last byte, or the end of the bytes. */
  #closingQuote(bytes: Uint8Array, from: number): number {
    const [quote, escape] = [this.#quote, this.#escape]
    const isDoubled = escape.equals(quote)
    for (let at = from; at < bytes.length; at++) {
      const byte = bytes[at]
      if (byte === escape[0] && stands(escape, bytes, at)) {
        if (isDoubled && !stands(quote, bytes, at + quote.length)) return at + quote.length - 1
        at += 2 * escape.length - 1
      } else if (byte === quote[0] && stands(quote, bytes, at)) return at + quote.length - 1
    }
    return bytes.length
  }
}

/** Marks are one character, which may be several bytes. */
function stands(mark: Buffer, bytes: Uint8Array, at: number): boolean {
  for (let index = 0; index < mark.length; index++) if (bytes[at + index] !== mark[index]) return false
  return true
}
