import { BACKSLASH, COMMA, QUOTE, SPACE } from '../../lib/text.ts'
import {
  type Code,
  all,
  block,
  branch,
  branchIf,
  constant,
  get,
  i32,
  loop,
  position,
  set,
  step,
  tee,
  v128,
  when,
} from './assembly.ts'

/** The parameter and the locals, in this order. */
const [at, hits, end, sixteen, quotes, slashes, controls] = [0, 1, 2, 3, 4, 5, 6]
const LOCALS = { i32: 2, v128: 4 } as const

const fill = (local: number, byte: number): Code => all(constant(byte), v128.repeat, set(local))
const prepare = (): Code => all(fill(quotes, QUOTE), fill(slashes, BACKSLASH), fill(controls, SPACE - 1))
const compare = (local: number, how: Code): Code => all(get(sixteen), get(local), how)

/** Which of the 16 bytes from a local on are not plain. */
const special = (local: number, offset: number): Code =>
  all(
    all(get(local), v128.load(offset), set(sixteen)),
    all(compare(quotes, v128.isEqual), compare(slashes, v128.isEqual), v128.or),
    all(compare(controls, v128.isAtMost), v128.or),
  )

/** If the value is 0, runs this code and repeats the surrounding loop. */
const againIfZero = (code: Code): Code => all(i32.isZero, when(code, branch(1)))

/** The first loop finds 64 bytes of which one is not plain, the second finds that byte. */
export const encodeFind = (): Code =>
  position(
    LOCALS,
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

/** Passes strings without escapes, each with a comma behind. */
export const encodeAfterTexts = (): Code =>
  position(
    LOCALS,
    prepare(),
    block(
      loop(
        all(isNot(at, 0, QUOTE), branchIf(1)),
        all(get(at), constant(1), i32.add, set(end)),
        loop(special(end, 0), v128.mask, tee(hits), againIfZero(step(end, 16))),
        all(get(end), get(hits), i32.trailingZeros, i32.add, set(end)),
        all(isNot(end, 0, QUOTE), isNot(end, 1, COMMA), i32.or, branchIf(1)),
        all(get(end), constant(2), i32.add, isSpaced(end, 2), i32.add, set(at)),
        branch(0),
      ),
    ),
    get(at),
  )
