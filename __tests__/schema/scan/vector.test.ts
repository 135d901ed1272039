import { afterEach, describe, expect, it, vi } from 'vitest'
import { BYTES_BEHIND, type PlainSearch, createPlainSearch } from '../../../src/schema/scan/vector.ts'

afterEach(() => vi.unstubAllGlobals())

const PLAIN = 0x61

describe('the search for what is not plain', () => {
  it.each([
    ['with WebAssembly', () => createPlainSearch()],
    ['without it', createWithoutWebAssembly],
  ])('%s finds a quote, a backslash and each control character, and takes every other byte', (_, create) => {
    const { memory, find } = create()
    const bytes = memory.subarray(0, 200 + BYTES_BEHIND)
    bytes.fill(PLAIN)
    for (let byte = 0; byte < 256; byte++) {
      for (let place = 0; place < 150; place++) {
        bytes[place] = byte
        bytes[place + 1 + (byte % 40)] = 0
        const expected = isSpecial(byte) ? place : place + 1 + (byte % 40)
        const from = Math.max(0, place - (byte % 100))
        if (find(from) !== expected)
          expect({ byte, place, found: find(from) }).toEqual({ byte, place, found: expected })
        bytes.fill(PLAIN, place, place + 50)
      }
    }
  })

  it('is made of instructions that this machine has', () => {
    expect(String(createPlainSearch().find)).toContain('[native code]')
    expect(String(createWithoutWebAssembly().find)).not.toContain('[native code]')
  })

  it('reads as far behind the byte that it finds as it says, and never beyond its memory', () => {
    const { memory, find } = createPlainSearch()
    memory.fill(PLAIN)
    const last = memory.length - 1 - BYTES_BEHIND
    memory[last] = 0
    for (let from = 0; from <= last; from += 97) expect(find(from)).toBe(last)
    expect(() => find(last + 1)).toThrow('out of bounds')
  })
})

function createWithoutWebAssembly(): PlainSearch {
  vi.stubGlobal('WebAssembly', undefined)
  return createPlainSearch()
}

/** RFC 8259, section 7. */
function isSpecial(byte: number): boolean {
  return byte < 0x20 || byte === 0x22 || byte === 0x5c
}
