import { BACKSLASH, QUOTE, SPACE } from '../../lib/text.ts'

/** RFC 8259, section 7: the bytes that a string contains unescaped. */
export const PLAIN = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number(byte >= SPACE && byte !== QUOTE && byte !== BACKSLASH),
)

/** Finds the first byte that is not plain: a quote, a backslash or a control character. */
export type PlainSearch = {
  /** The memory that is searched. */
  readonly memory: Uint8Array
  /** The position of that byte, from `at` on. There must be one, followed by at least {@link BYTES_BEHIND} bytes. */
  readonly find: (at: number) => number
}

/** A search may read these bytes, but ignores them. */
export const BYTES_BEHIND = 63

const PAGES = 1
const PAGE_BYTES = 0x1_0000

/**
 * WebAssembly compares 16 bytes with one instruction, JavaScript 4 with several. If the processor lacks these instructions,
 * or Node.js runs without WebAssembly, bytes are compared one by one.
 */
export function createPlainSearch(): PlainSearch {
  try {
    const { memory, find } = new WebAssembly.Instance(new WebAssembly.Module(encodeModule())).exports
    return { memory: new Uint8Array(memory.buffer), find }
  } catch {
    return createSlowSearch()
  }
}

function createSlowSearch(): PlainSearch {
  const memory = new Uint8Array(PAGES * PAGE_BYTES)
  return {
    memory,
    find: (from) => {
      let at = from
      while (PLAIN[memory[at] ?? 0] === 1) at++
      return at
    },
  }
}

/** The types of Node.js lack this global. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object) => { readonly exports: Exports }
}

type Exports = { readonly memory: { readonly buffer: ArrayBuffer }; readonly find: PlainSearch['find'] }

/** Bytes as the WebAssembly specification 2.0 encodes instructions (section 5.4) and modules (section 5.5). */
type Code = readonly number[]

const I32 = 0x7f
const V128 = 0x7b

/** LEB128 in two bytes: up to 8191. */
const whole = (value: number): Code => [(value & 0x7f) | 0x80, value >> 7]
const get = (local: number): Code => [0x20, local]
const set = (local: number): Code => [0x21, local]
const tee = (local: number): Code => [0x22, local]
const constant = (value: number): Code => [0x41, ...whole(value)]
const load = (offset: number): Code => [0xfd, 0x00, 0x00, offset]
const ADD = [0x6a]
const TRAILING_ZEROS = [0x68]
const SPLAT = [0xfd, 0x0f]
const EQUAL = [0xfd, 0x23]
const AT_MOST = [0xfd, 0x2a]
const OR = [0xfd, 0x50]
const ANY = [0xfd, 0x53]
const BITMASK = [0xfd, 0xe4, 0x00]
const END = [0x0b]
const all = (...code: readonly Code[]): Code => code.flat()
const loop = (...code: readonly Code[]): Code => all([0x03, 0x40], ...code, END)
/** If the value is 0, runs this code and repeats the surrounding loop. */
const againIfZero = (code: Code): Code => all([0x45, 0x04, 0x40], code, [0x0c, 1], END)

/** The parameter and the locals, in this order. */
const [at, hits, sixteen, quotes, slashes, controls] = [0, 1, 2, 3, 4, 5]
const LOCALS = [2, 1, I32, 4, V128]

const fill = (local: number, byte: number): Code => all(constant(byte), SPLAT, set(local))
const compare = (local: number, how: Code): Code => all(get(sixteen), get(local), how)
const step = (bytes: number): Code => all(get(at), constant(bytes), ADD, set(at))

/** Which of the 16 bytes are not plain. */
const special = (offset: number): Code =>
  all(
    all(get(at), load(offset), set(sixteen)),
    all(compare(quotes, EQUAL), compare(slashes, EQUAL), OR),
    all(compare(controls, AT_MOST), OR),
  )

const sized = (code: Code): Code => all(whole(code.length), code)
const section = (id: number, ...code: readonly Code[]): Code => all([id], sized(all(...code)))
const name = (text: string): Code => sized([...Buffer.from(text)])

/** One function, and one page of memory, which never grows. */
function encodeModule(): Uint8Array {
  return Uint8Array.from(
    all(
      [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
      section(1, [1, 0x60, 1, I32, 1, I32]),
      section(3, [1, 0]),
      section(5, [1, 0x01, PAGES, PAGES]),
      section(7, [2], name('memory'), [2, 0], name('find'), [0, 0]),
      section(10, [1], sized(encodeFind())),
    ),
  )
}

/** The first loop finds 64 bytes of which one is not plain, the second finds that byte. */
function encodeFind(): Code {
  return all(
    LOCALS,
    all(fill(quotes, QUOTE), fill(slashes, BACKSLASH), fill(controls, SPACE - 1)),
    loop(special(0), special(16), OR, special(32), OR, special(48), OR, ANY, againIfZero(step(64))),
    loop(special(0), BITMASK, tee(hits), againIfZero(step(16))),
    all(get(at), get(hits), TRAILING_ZEROS, ADD, END),
  )
}
