import { BACKSLASH, QUOTE, SPACE } from '../../lib/text.ts'
import { encodeModule } from './assembly.ts'
import { encodeAfterMoments } from './moment-code.ts'
import { encodeAfterTexts, encodeFind, encodeFindEnd } from './plain-code.ts'
import { encodeAfterUri } from './uri-code.ts'

/** RFC 8259, section 7: the bytes that a string contains unescaped. */
export const PLAIN = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number(byte >= SPACE && byte !== QUOTE && byte !== BACKSLASH),
)

/** Searches a memory of its own. */
export type VectorSearch = Searches & {
  /** The memory that is searched. After the bytes there must be one that is 0, and {@link BYTES_BEHIND} others. */
  readonly memory: Uint8Array
}

/** Each takes a position and returns one that is not before it. */
type Searches = {
  /** The first byte that is not plain: a quote, a backslash or a control character. */
  readonly find: (at: number) => number
  /** The same, but passes escapes of two bytes, such as `\n`, which end before the byte that is 0. */
  readonly findEnd: (at: number) => number
  /** The first byte that is not an ASCII character of a URI, or is a percent sign. */
  readonly afterUriCharacters: (at: number) => number
  /**
   * After the items of a list that are surely strings; those with `\u` may not be passed. Each passed item ends with a
   * comma and perhaps a space, so the position is that of another item.
   */
  readonly afterTexts: (at: number) => number
  /** The same for strings of ASCII characters, of which there are at least `least` and at most so many more. */
  readonly afterLimitedTexts: (at: number, least: number, more: number) => number
  /** The same for JSON pointers. */
  readonly afterPointers: (at: number) => number
  /** The same for date-times. */
  readonly afterMoments: (at: number) => number
}

/** A search may read these bytes, but ignores them. */
export const BYTES_BEHIND = 63

const PAGES = 1
const PAGE_BYTES = 0x1_0000

/**
 * WebAssembly compares 16 bytes with one instruction, JavaScript 4 with several. If the processor lacks these instructions,
 * or Node.js runs without WebAssembly, bytes are compared one by one, and no items are passed.
 */
export function createVectorSearch(): VectorSearch {
  try {
    const code = {
      find: encodeFind(),
      findEnd: encodeFindEnd(),
      afterUriCharacters: encodeAfterUri(),
      afterTexts: encodeAfterTexts('texts'),
      afterLimitedTexts: encodeAfterTexts('limited'),
      afterPointers: encodeAfterTexts('pointers'),
      afterMoments: encodeAfterMoments(),
    }
    const module = new WebAssembly.Module(encodeModule(PAGES, code))
    const { memory, ...searches } = new WebAssembly.Instance(module).exports
    return { memory: new Uint8Array(memory.buffer), ...searches }
  } catch {
    return createSlowSearch()
  }
}

function createSlowSearch(): VectorSearch {
  const memory = new Uint8Array(PAGES * PAGE_BYTES)
  const find = (from: number) => {
    let at = from
    while (PLAIN[memory[at] ?? 0] === 1) at++
    return at
  }
  return {
    memory,
    find,
    findEnd: find,
    afterUriCharacters: (from) => from,
    afterTexts: (from) => from,
    afterLimitedTexts: (from) => from,
    afterPointers: (from) => from,
    afterMoments: (from) => from,
  }
}

/** The types of Node.js lack this global. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object) => {
    readonly exports: Searches & { readonly memory: { readonly buffer: ArrayBuffer } }
  }
}
