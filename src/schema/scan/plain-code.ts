import { BACKSLASH, COMMA, QUOTE, SLASH, SPACE, TILDE } from '../../lib/text.ts'
import * as assembly from './assembly.ts'
import type { Code, Position } from './assembly.ts'

// The bundle spells an imported name in 60 characters, each time.
const { all, block, branch, branchIf, constant, get, i32, loop, position, set, step, tee, v128, when } = assembly

/** The parameters and the locals, in this order. */
const [at, least, room, hits, before, end, escapes] = [0, 1, 2, 3, 4, 5, 6]
const [sixteen, quotes, slashes, controls] = [7, 8, 9, 10]
const LOCALS = { i32: 7, v128: 4 } as const

const fill = (local: number, byte: number): Code => all(constant(byte), v128.repeat, set(local))
const prepare = (): Code => all(fill(quotes, QUOTE), fill(slashes, BACKSLASH), fill(controls, SPACE - 1))
const compare = (local: number, how: Code): Code => all(get(sixteen), get(local), how)

/** Which of the 16 bytes from a local on are not plain. With signs, bytes beyond ASCII are less than any other. */
const special = (local: number, offset: number, isAtMost: Code = v128.isAtMost): Code =>
  all(
    all(get(local), v128.load(offset), set(sixteen)),
    all(compare(quotes, v128.isEqual), compare(slashes, v128.isEqual), v128.or),
    all(compare(controls, isAtMost), v128.or),
  )

/** What the items of a list are: strings, strings whose length is limited, or JSON pointers without a tilde. */
type Items = 'texts' | 'limited' | 'pointers'

const specialIn = (items: Items): Code => {
  if (items === 'limited') return special(end, 0, v128.isAtMostSigned)
  const tildes = all(get(sixteen), v128.of(new Uint8Array(16).fill(TILDE)), v128.isEqual, v128.or)
  return all(special(end, 0), items === 'pointers' ? tildes : [])
}

/** If the value is 0, runs this code and repeats the surrounding loop. */
const againIfZero = (code: Code): Code => all(i32.isZero, when(code, branch(1)))

/** The first loop finds 64 bytes of which one is not plain, the second finds that byte. */
export const encodeFind = (): Position =>
  position(
    { parameters: 1, ...LOCALS },
    prepare(),
    loop(
      all(special(at, 0), special(at, 16), v128.or, special(at, 32), v128.or, special(at, 48), v128.or),
      all(v128.hasAny, againIfZero(step(at, 64))),
    ),
    loop(special(at, 0), v128.mask, tee(hits), againIfZero(step(at, 16))),
    all(get(at), get(hits), i32.trailingZeros, i32.add),
  )

const isNot = (local: number, offset: number, byte: number): Code =>
  all(get(local), i32.byteAt(offset), constant(byte), i32.isOther)

/** Python writes a space after each comma by default. */
const isSpaced = (from: number, offset: number): Code =>
  all(get(from), i32.byteAt(offset), constant(SPACE), i32.isEqual)

/** What may follow a backslash (RFC 8259, section 7), but for `u`, which four digits must follow. */
export const ESCAPED = '"\\/bfnrt'

/** Whether an escape of two bytes begins at `end`, where a backslash is. */
const isSimpleEscape = (): Code =>
  all(all(get(end), i32.byteAt(1), v128.repeat, v128.of(Buffer.from(ESCAPED.repeat(2))), v128.isEqual), v128.hasAny)

/** Moves `end` to the first byte that is neither plain nor in such an escape, and counts the escapes. */
const moveToEnd = (items: Items): Code =>
  loop(
    all(specialIn(items), v128.mask, tee(hits), againIfZero(step(end, 16))),
    loop(
      all(get(end), get(hits), i32.trailingZeros, tee(before), i32.add, set(end)),
      all(isNot(end, 0, BACKSLASH), i32.isZero),
      when(
        isSimpleEscape(),
        when(
          all(step(end, 2), step(escapes, 1)),
          // Further hits among the 16 bytes, from `end` on.
          all(get(hits), get(before), constant(2), i32.add, i32.shiftRight, tee(hits), branchIf(2), branch(3)),
        ),
      ),
    ),
  )

/** Finds the first byte that is neither plain nor in an escape of two bytes. */
export const encodeFindEnd = (): Position =>
  position({ parameters: 1, ...LOCALS }, prepare(), get(at), set(end), moveToEnd('texts'), get(end))

/** Whether the string has less characters than `least`, or more than `room` above that. */
const isOutside = (): Code =>
  all(
    all(get(end), get(at), i32.subtract, constant(1), i32.subtract, get(escapes), i32.subtract),
    all(get(least), i32.subtract, get(room), i32.isAbove),
  )

/** Passes strings, each with a comma behind; if limited, only those of ASCII characters, whose number is within limits. */
export const encodeAfterTexts = (items: Items): Position =>
  position(
    { parameters: items === 'limited' ? 3 : 1, ...LOCALS },
    prepare(),
    block(
      loop(
        all(isNot(at, 0, QUOTE), branchIf(1)),
        all(get(at), constant(1), i32.add, set(end), constant(0), set(escapes)),
        moveToEnd(items),
        all(isNot(end, 0, QUOTE), isNot(end, 1, COMMA), i32.or, branchIf(1)),
        items === 'limited' ? all(isOutside(), branchIf(1)) : [],
        // An empty pointer is left to others.
        items === 'pointers' ? all(isNot(at, 1, SLASH), branchIf(1)) : [],
        all(get(end), constant(2), i32.add, isSpaced(end, 2), i32.add, set(at)),
        branch(0),
      ),
    ),
    get(at),
  )
