import { describe, expect, it } from 'vitest'
import { bytesContent, readAll } from '../../../src/lib/content.ts'

describe('content of bytes', () => {
  it('slices as a file does', async () => {
    const content = bytesContent(Buffer.from('0123456789')).slice(2, 8).slice(1, 4)
    expect(content.size).toBe(3)
    expect(Buffer.from(await readAll(content)).toString()).toBe('345')
  })

  it('yields nothing when it is empty', async () => {
    expect(await readAll(bytesContent(new Uint8Array()))).toHaveLength(0)
  })
})
