import { describe, expect, it } from 'vitest'
import { bothWays } from '../record/both-ways.ts'
import { schemaOf } from '../issues-of.ts'

const recordOf = (json: string) => `{"v":"${json}"}`

function fieldOf(format: string) {
  const schema = schemaOf({ v: { type: 'string', format } })
  return bothWays({ schema, descriptors: undefined, isForProfile: false })
}

/** By format, what programs write, as it stands in JSON. */
const USUAL: readonly (readonly [string, readonly string[]])[] = [
  ['hostname', ['a', 'example.com', 'xn--1-b.A-9.co', `${'a'.repeat(63)}.b`, `${'a.'.repeat(126)}b`]],
  ['ipv4', ['0.0.0.0', '255.249.199.99', '127.0.0.1']],
  ['email', ['a@b', 'first.last+tag@example.co.uk', "o'neill@example.com", 'jörg@müller.example']],
  [
    'uri',
    [
      'http://example.com',
      'https://example.com/a%20b?c=d&e=%C3%A9#f',
      'httpx:a',
      'http+unix:/a',
      'https:\\/\\/example.com\\/a',
      'urn:isbn:0451450523',
      'mailto:a@b',
      'a:',
      'h:x',
      'https://example.com/größe?q=日本',
    ],
  ],
  ['url', ['https://[2001:db8::1]:8080/', 'HTTPS://EXAMPLE.COM']],
  ['ipv6', ['2001:db8:0:1:a:B:c:ffff', '::', '::1', '1::', 'fe80::1:2', '1:2:3:4::5:6']],
  ['uri-template', ['/a/{id}', 'https://example.com/{a,b}/c{?q*}', '']],
  ['json-pointer', ['', '/', '/a~0b/~1', '/größe']],
  ['uri-reference', ['', '/a', '#', '?a=%41', 'a\\/b', '//a.b/c']],
]

const CASES = USUAL.flatMap(([format, strings]) => strings.map((string) => [format, string] as const))

describe('a string of a format', () => {
  it.each(CASES)('%s is recognised by its bytes: %s', (format, string) => {
    const { scan, check } = fieldOf(format)
    expect(scan(recordOf(string))).toEqual({ issues: [], key: undefined })
    expect(check(recordOf(string)).issues).toEqual([])
  })

  it('is recognised with any one character changed, missing or more only where the check finds nothing', () => {
    const ascii = Array.from({ length: 0x60 }, (_, at) => String.fromCharCode(0x20 + at)).filter(
      (one) => !'"\\'.includes(one),
    )
    const others = [
      '',
      'é',
      '\u0085',
      '\u00a0',
      '\u2028',
      '\ufeff',
      '\\"',
      '\\\\',
      '\\/',
      '\\n',
      '\\u0041',
      '%',
      '%4',
      '%4g',
      '%é1',
    ]
    const misjudged: string[] = []
    for (const [format, string] of CASES) {
      const { scan, check } = fieldOf(format)
      for (let at = 0; at <= string.length; at++) {
        for (const one of [...ascii, ...others]) {
          for (const behind of [string.slice(at), string.slice(at + 1)]) {
            const record = recordOf(string.slice(0, at) + one + behind)
            if (scan(record) !== false && (!isJson(record) || check(record).issues.length > 0)) misjudged.push(record)
          }
        }
      }
    }
    expect(misjudged).toEqual([])
  })
})

it('a list of JSON pointers is judged alike in long files', () => {
  const schema = schemaOf({ v: { type: 'array', items: { type: 'string', format: 'json-pointer' } } })
  const { scan, check } = bothWays({ schema, descriptors: undefined, isForProfile: false })
  // Items of lists are passed at once only after so many lists.
  for (let lists = 0; lists < 300; lists++) scan('{"v":["/"]}')
  for (const one of ['', '/', '/a', 'a', '/a~0/~1b', '/~', '/~2', '/é/', '/\\/', '\\/a', '/\\u007e', '/\\"', '/\\']) {
    const record = `{"v":["/x", "${one}","/y"]}`
    const isValid = isJson(record) && check(record).issues.length === 0
    expect([one, scan(record) !== false]).toEqual([one, isValid])
  }
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
