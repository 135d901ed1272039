/** Chance that repeats itself: what one stream draws never depends on how much another was asked. */
export type Chance = {
  /** From 0 up to, not including, 1. */
  next(): number
  happens(probability: number): boolean
  /** A whole number, both ends included. */
  whole(from: number, to: number): number
  /** Milliseconds or sizes that matter by their magnitude: each doubling is as likely as the next. */
  magnitude(from: number, to: number): number
  pick<T>(items: readonly [T, ...T[]]): T
  /** Nothing of an empty list. */
  oneOf<T>(items: readonly T[]): T | undefined
}

export function createChance(seed: number, stream: string): Chance {
  const next = mulberry32(hash(`${seed}/${stream}`))
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return {
    next,
    happens: (probability) => next() < probability,
    whole,
    magnitude: (from, to) => Math.round(from * (to / from) ** next()),
    pick: (items) => items[whole(0, items.length - 1)] ?? items[0],
    oneOf: (items) => items[whole(0, items.length - 1)],
  }
}

/** Tommy Ettinger's generator, in the public domain. */
function mulberry32(start: number): () => number {
  let state = start
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** FNV-1a. */
function hash(text: string): number {
  return Array.from(text).reduce(
    (sum, character) => Math.imul(sum ^ (character.codePointAt(0) ?? 0), 0x01000193),
    0x811c9dc5,
  )
}
