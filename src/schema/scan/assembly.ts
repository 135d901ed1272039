/** Bytes as the WebAssembly specification 2.0 encodes instructions (section 5.4) and modules (section 5.5). */
export type Code = readonly number[]

const I32 = 0x7f
const V128 = 0x7b

/** LEB128 in two bytes: up to 8191. */
const whole = (value: number): Code => [(value & 0x7f) | 0x80, value >> 7]

export const all = (...code: readonly Code[]): Code => code.flat()
export const get = (local: number): Code => [0x20, local]
export const set = (local: number): Code => [0x21, local]
export const tee = (local: number): Code => [0x22, local]
export const constant = (value: number): Code => [0x41, ...whole(value)]
/** Adds a constant to a local. */
export const step = (local: number, by: number): Code => all(get(local), constant(by), i32.add, set(local))

const END = [0x0b]
export const block = (...code: readonly Code[]): Code => all([0x02, 0x40], ...code, END)
export const loop = (...code: readonly Code[]): Code => all([0x03, 0x40], ...code, END)
export const when = (...code: readonly Code[]): Code => all([0x04, 0x40], ...code, END)
/** Leaves this many blocks around the current one, then one more; of a loop, repeats it. */
export const branch = (depth: number): Code => [0x0c, depth]
export const branchIf = (depth: number): Code => [0x0d, depth]

/** A function of a position in the memory, and perhaps of other numbers, that returns a position. */
export type Position = { readonly parameters: 1 | 3; readonly code: Code }

/** How many locals there are of each type; those of 32 bits come first and include the parameters. */
type Locals = { readonly parameters: 1 | 3; readonly i32: number; readonly v128: number }

export const position = ({ parameters, i32: words, v128: vectors }: Locals, ...code: readonly Code[]): Position => ({
  parameters,
  code: all([2, words - parameters, I32, vectors, V128], ...code, END),
})

/** The type of a function with so many parameters. */
const typeOf = (parameters: number): Code => all([0x60, parameters], Array<number>(parameters).fill(I32), [1, I32])

/** Instructions for 32 bits, without a sign. */
export const i32 = {
  byteAt: (offset: number): Code => [0x2d, 0, offset],
  isZero: [0x45],
  isEqual: [0x46],
  isOther: [0x47],
  isAbove: [0x4b],
  trailingZeros: [0x68],
  add: [0x6a],
  subtract: [0x6b],
  multiply: [0x6c],
  and: [0x71],
  or: [0x72],
  xor: [0x73],
  shiftLeft: [0x74],
  shiftRight: [0x76],
} as const

/** Instructions for 16 bytes, each by itself. Comparisons set all bits of a byte. */
export const v128 = {
  load: (offset: number): Code => [0xfd, 0x00, 0, offset],
  of: (bytes: Uint8Array): Code => [0xfd, 0x0c, ...bytes],
  /** Instead of each byte the next one; the last byte is arbitrary. */
  next: (local: number): Code =>
    all(get(local), get(local), [0xfd, 0x0d], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]),
  /** For each byte the one at this place among others. */
  pick: [0xfd, 0x0e],
  repeat: [0xfd, 0x0f],
  byte: (index: number): Code => [0xfd, 0x16, index],
  isEqual: [0xfd, 0x23],
  /** Of bytes with a sign. */
  isAtMostSigned: [0xfd, 0x29],
  isAtMost: [0xfd, 0x2a],
  and: [0xfd, 0x4e],
  or: [0xfd, 0x50],
  hasAny: [0xfd, 0x53],
  hasAll: [0xfd, 0xe3, 0],
  /** One bit for each byte. */
  mask: [0xfd, 0xe4, 0],
  shiftRight: [0xfd, 0xed, 0],
  add: [0xfd, 0xee, 0],
  subtract: [0xfd, 0xf1, 0],
  /** Multiplies pairs of bytes, the first of which is the lower one. */
  multiplyPairs: [0xfd, 0x95, 1],
} as const

const sized = (code: Code): Code => all(whole(code.length), code)
const section = (id: number, ...code: readonly Code[]): Code => all([id], sized(all(...code)))
const name = (text: string): Code => sized([...Buffer.from(text)])

/** Exports functions by their names, and `memory`: so many pages of 64 KiB, and never more. */
export function encodeModule(pages: number, functions: Readonly<Record<string, Position>>): Uint8Array {
  const exported = Object.keys(functions).map((text, index) => all(name(text), [0, index]))
  const count = exported.length
  return Uint8Array.from(
    all(
      [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
      section(1, [2], typeOf(1), typeOf(3)),
      section(
        3,
        [count],
        Object.values(functions).map(({ parameters }) => (parameters === 1 ? 0 : 1)),
      ),
      section(5, [1, 0x01, pages, pages]),
      section(7, [count + 1], name('memory'), [2, 0], ...exported),
      section(10, [count], ...Object.values(functions).map(({ code }) => sized(code))),
    ),
  )
}
