import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRedactor } from '../../src/lib/redactor.ts'
import { cell, code } from '../../src/report/markdown.ts'
import { tookMs } from '../support/time/took.ts'

const JSON_TEXT = (text: string) => JSON.stringify(text).slice(1, -1)
const eachUnit = (text: string, write: (unit: number) => string) =>
  Array.from({ length: text.length }, (_, at) => write(text.charCodeAt(at))).join('')

/** How a server, or we ourselves, may write a text. */
const ENCODINGS: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  JSON: JSON_TEXT,
  'JSON with slashes': (text) => JSON_TEXT(text).replaceAll('/', '\\/'),
  'JSON escapes': (text) => eachUnit(text, (unit) => `\\u${unit.toString(16).padStart(4, '0')}`),
  'upper-case JSON escapes': (text) =>
    eachUnit(text, (unit) => `\\u${unit.toString(16).toUpperCase().padStart(4, '0')}`),
  'a URL': (text) => encodeURIComponent(text),
  'a URL in lower case': (text) => encodeURIComponent(text).replace(/%[0-9A-F]{2}/g, (one) => one.toLowerCase()),
  'a form': (text) => new URLSearchParams({ a: text }).toString().slice(2),
  'every byte in per cent': (text) => eachUnit(text, (unit) => `%${unit.toString(16).padStart(2, '0')}`),
  'HTML entities': (text) => eachUnit(text, (unit) => `&#${unit};`),
  'hexadecimal entities': (text) => eachUnit(text, (unit) => `&#x${unit.toString(16)};`),
  'named entities': (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'),
  base64: (text) => Buffer.from(text).toString('base64'),
  'base64 behind another text': (text) => Buffer.from(`id:${text}:more`).toString('base64'),
  base64url: (text) => Buffer.from(`a${text}`).toString('base64url'),
  'a cell of our tables': cell,
  'code in our summary': code,
}

const names = Object.keys(ENCODINGS)
const encode = (name: string, text: string) => ENCODINGS[name]?.(text) ?? text

const secrets = fc.string({
  unit: fc.constantFrom(...Array.from('aZ0_-.~+/=&%"\\<>\'`|$@')),
  minLength: 12,
  maxLength: 90,
})

function redacted(text: string, ...known: readonly string[]): string {
  const { add, redact } = createRedactor()
  for (const secret of known) add(secret)
  return redact(text)
}

describe('a secret', () => {
  it('is taken out in whichever way it is written, and what stands around it stays', () => {
    fc.assert(
      fc.property(secrets, fc.constantFrom(...names), (secret, name) => {
        const wrapped = encode(name, secret)
        const out = redacted(`before: ${wrapped} :behind`, secret)
        expect(out.startsWith('before: ') && out.endsWith(' :behind')).toBe(true)
        expect(out).toContain('***')
        // What base64 shares with its neighbours, and what our own code puts around, may stay.
        expect(out.length).toBeLessThanOrEqual('before: *** :behind'.length + 24)
      }),
      { numRuns: 3_000 },
    )
  })

  it('is taken out where one form is packed into another', () => {
    fc.assert(
      fc.property(secrets, fc.constantFrom(...names), fc.constantFrom(...names), (secret, inner, outer) => {
        fc.pre(!outer.includes('base64') || inner === 'plain')
        fc.pre(!/our/.test(outer) || encode(inner, secret).length < 900)
        expect(redacted(`x ${encode(outer, encode(inner, secret))} y`, secret)).toContain('***')
      }),
      { numRuns: 3_000 },
    )
  })

  it('is taken out where the text was cut in the midst of it', () => {
    const token = `eyJhbGciOiJSUzI1NiJ9.${'x7Kd-_'.repeat(200)}`
    expect(redacted(`you sent ${token.slice(0, 400)}…`, token)).toBe('you sent ***…')
    expect(redacted(`you sent ${token.slice(0, 9)}…`, token)).toBe('you sent ***…')
    expect(redacted(cell(`you sent ${token}`), token)).toBe('you sent ***…')
  })

  it('is told from what is alike by chance', () => {
    expect(redacted('platform, platform-url and platforms', 'platform-of-acme-4711')).toBe(
      'platform, platform-url and platforms',
    )
  })

  it('leaves other text as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(redacted(text, 'Zebra4711-Zebra4711')).toBe(text)
      }),
    )
    expect(redacted('abc', '', 'a')).toBe('abc')
  })

  it('that stands a hundred thousand times costs no more than its length', async () => {
    const text = 'secret-secret-4711 \\u0073%73 '.repeat(100_000)
    const ms = await tookMs(() => {
      expect(redacted(text, 'secret-secret-4711')).toBe('*** \\u0073%73 '.repeat(100_000))
      expect(redacted('a'.repeat(1_000_000), 'a'.repeat(2_000))).toMatch(/^(?:\*\*\*)+$/)
    })
    expect(ms).toBeLessThan(5_000)
  })
})
