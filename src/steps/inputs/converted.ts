import { read, type Reader } from './reading.ts'

/** What `reader` reads, in the unit or shape that the code works with. */
export function converted<T, U>(reader: Reader<T>, convert: (value: T) => U): Reader<U> {
  return (text) => {
    const reading = reader(text)
    return reading.kind === 'read' ? read(convert(reading.value)) : reading
  }
}
