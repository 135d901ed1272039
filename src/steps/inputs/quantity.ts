import { read, refuse, type Reader } from './reading.ts'

type Range = { readonly kind: 'whole' | 'decimal'; readonly from: number; readonly to: number }

/** A number in plain digits: no sign, no exponent, no unit, so that `5%` or `1e3` is a fault and not a surprise. */
export function quantity(range: Range): Reader<number> {
  return (text) => {
    const value = Number(text)
    const fits = FORM[range.kind].test(text) && value >= range.from && value <= range.to
    return fits ? read(value) : refuse({ value: text, allowed: described(range) })
  }
}

const FORM = { whole: /^\d+$/, decimal: /^\d+(\.\d+)?$/ } as const

function described({ kind, from, to }: Range): string {
  const noun = kind === 'whole' ? 'a whole number' : 'a number'
  return to === Number.MAX_SAFE_INTEGER ? `${noun}, ${from} or more` : `${noun} from ${from} to ${to}`
}
