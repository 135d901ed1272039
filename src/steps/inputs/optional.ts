import { read, type Reader } from './reading.ts'

/** An input that may be left out: then its value is `absent`. */
export function optional<T, A>(reader: Reader<T>, absent: A): Reader<T | A> {
  return (text) => (text === '' ? read(absent) : reader(text))
}
