/** Crockford's base 32: no I, L, O, U. */
const ULID_DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const HEX_DIGITS = '0123456789abcdef'

/** Today's batch ids are ULIDs: ten digits of time, sixteen random ones. */
export function ulid(nowMs: number, random: () => number): string {
  const time = Array.from({ length: 10 }, (_, place) => digit(ULID_DIGITS, Math.floor(nowMs / 32 ** (9 - place)) % 32))
  return time.join('') + digits(ULID_DIGITS, 16, random)
}

/** Datasets and their views have 24 hexadecimal digits. */
export function hexId(length: number, random: () => number): string {
  return digits(HEX_DIGITS, length, random)
}

export function uuid(random: () => number): string {
  return [8, 4, 4, 4, 12].map((length) => hexId(length, random)).join('-')
}

function digits(alphabet: string, length: number, random: () => number): string {
  return Array.from({ length }, () => digit(alphabet, Math.floor(random() * alphabet.length))).join('')
}

function digit(alphabet: string, index: number): string {
  return alphabet.charAt(index)
}
