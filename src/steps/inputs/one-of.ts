import { nearest } from '../../base/nearest.ts'
import { read, refuse, type Reader } from './reading.ts'

/** One of a few words, written exactly so. */
export function oneOf<const W extends string>(...words: readonly W[]): Reader<W> {
  return (text) => {
    const word = words.find((candidate) => candidate === text)
    if (word !== undefined) return read(word)
    return refuse({ value: text, allowed: words.map((w) => `"${w}"`).join(', '), meant: nearest(text, words) })
  }
}
