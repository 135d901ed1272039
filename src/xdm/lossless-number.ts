/**
 * A number of a JSON text that a JavaScript number can't tell from its neighbours (9007199254740993), can't hold (1e400)
 * or whose form it forgets (`1.0` is a decimal, which no date-time field takes).
 */
export class LosslessNumber {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  /** Whether it is written without fraction and exponent. */
  get isInteger(): boolean {
    return /^-?\d+$/.test(this.text)
  }

  /** May be rounded, or infinite. */
  get nearest(): number {
    return Number(this.text)
  }

  /** Absent for a number with a fraction, and for one that is too large to be written out. */
  get exact(): bigint | undefined {
    const [, sign = '', whole = '', fraction = '', exponent = '0'] = PARTS.exec(this.text) ?? []
    const digits = (whole + fraction).replace(/0+$/, '')
    const zeros = whole.length + Number(exponent) - digits.length
    if (digits === '' || /^0+$/.test(digits)) return 0n
    return zeros < 0 || zeros > MOST_ZEROS ? undefined : BigInt(sign + digits) * 10n ** BigInt(zeros)
  }
}

const PARTS = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/

/** Beyond it lies what a 64-bit floating-point number can hold. */
const MOST_ZEROS = 400
