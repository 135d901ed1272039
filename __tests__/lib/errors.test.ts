import { describe, expect, it } from 'vitest'
import { Problem } from '../../src/lib/errors.ts'
import { tookMs } from '../support/time/took.ts'

function messageOf(text: string): string {
  return new Problem(text, { remedy: '' }).message
}

describe('a message that is made of another one', () => {
  it.each([
    [
      'Cannot read the schema "https://ns/1": Cannot read schema "https://ns/1": the answer was 403 (request r)',
      'Cannot read the schema "https://ns/1": the answer was 403 (request r)',
    ],
    [
      'Cannot upload "a: b.json": Cannot upload "a: b.json" to batch "01A": there was no answer',
      'Cannot upload "a: b.json" to batch "01A": there was no answer',
    ],
    ['Cannot read "a\\": b": Cannot read "a\\": b": no', 'Cannot read "a\\": b": no'],
  ])('says only once what could not be done: %s', (text, said) => {
    expect(messageOf(text)).toBe(said)
  })

  it.each([
    'Cannot read the schema "x": Cannot get an access token from Adobe IMS: the answer was 401',
    'Cannot read schema "x": Cannot read schema "y": the answer was 404',
    'Cannot read the schema "x": it is not JSON',
    'Cannot read "unclosed: Cannot read "unclosed: no',
    'Cannot upload 2 files:\n- Cannot upload "a": no\n- Cannot upload "b": no',
    'Cannot',
    '',
  ])('keeps what is said of something else: %j', (text) => {
    expect(messageOf(text)).toBe(text)
  })

  it('is read in no time, whatever a server writes', async () => {
    const ms = await tookMs(() => {
      for (const part of ['Cannot "', 'Cannot a: ', 'Cannot \\"', '": ']) messageOf(`Cannot ${part.repeat(20_000)}`)
    })
    expect(ms).toBeLessThan(3_000)
  })
})
