import { LosslessNumber } from '../../xdm/lossless-number.ts'

const PARTS = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/

/** Whole numbers of so many digits are what a JavaScript number holds and writes without an exponent. */
const PLAIN_DIGITS = 15

/**
 * One text for every spelling of a number: `1`, `1.0` and `1e0` are one, 9007199254740992 and 9007199254740993 are two. Of
 * fractions it knows what a 64-bit number does, as the platform's doubles do.
 */
export function numberKey(number: number | bigint | LosslessNumber): string {
  if (typeof number === 'number' && Number.isInteger(number) && Math.abs(number) < 1e15) return String(number)
  return spelledOnce(number instanceof LosslessNumber ? number.text : String(number))
}

function spelledOnce(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = PARTS.exec(text) ?? []
  const digits = (whole + fraction).replace(/^0+/, '')
  const telling = digits.replace(/0+$/, '')
  if (telling === '') return whole === '' ? text : '0'
  const zeros = Number(exponent) - fraction.length + digits.length - telling.length
  const isPlain = zeros >= 0 && telling.length + zeros <= PLAIN_DIGITS
  return sign + (isPlain ? telling + '0'.repeat(zeros) : `${telling}e${zeros}`)
}
