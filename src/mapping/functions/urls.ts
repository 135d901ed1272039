import { setOwn } from '../../lib/json-reader.ts'
import { ValueFault } from '../fault.ts'
import { type Value, isTrue, textOf } from '../value.ts'
import type { FunctionTable } from './function.ts'

type UrlParts = {
  readonly scheme: string
  readonly host: string | undefined
  readonly port: number | undefined
  readonly path: string
  readonly query: string | undefined
  readonly fragment: string | undefined
}

/** RFC 3986, appendix B. `new URL` would rewrite its input, and refuses unknown schemes. */
const URL_PARTS = /^([A-Za-z][A-Za-z0-9+.-]*):(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s
const AUTHORITY = /^(?:[^@]*@)?(\[[^\]]*\]|[^:]*)(?::(\d{1,5})?)?$/

/** Undefined if the string is not a URL. */
function readUrl(text: string): UrlParts | undefined {
  const [whole, scheme = '', authority, path = '', query, fragment] = URL_PARTS.exec(text) ?? []
  if (whole === undefined || /\s/.test(text)) return undefined
  const [found, host = '', port] = AUTHORITY.exec(authority ?? '') ?? []
  if (found === undefined) return undefined
  return { scheme, host: host === '' ? undefined : host, port: readPort(port), path, query, fragment }
}

function readPort(port: string | undefined): number | undefined {
  return port === undefined ? undefined : Number(port)
}

const PORTS: ReadonlyMap<string, number> = new Map([
  ['http', 80],
  ['https', 443],
  ['ftp', 21],
  ['sftp', 22],
])

function ofUrl(read: (url: UrlParts, ...args: Value[]) => Value): (...args: Value[]) => Value {
  return (value = null, ...args) => {
    const url = value === null ? undefined : readUrl(textOf(value))
    return url === undefined ? null : read(url, ...args)
  }
}

type Anchor = 'retain' | 'remove' | 'append'

function anchorOf(value: Value): Anchor {
  const word = value === null ? '' : textOf(value)
  if (word !== 'retain' && word !== 'remove' && word !== 'append') {
    throw new ValueFault('"retain", "remove" or "append"', 'something else')
  }
  return word
}

/** Names and values without decoding; the last value of a name wins. */
function queryOf({ query, fragment }: UrlParts, anchor: Anchor): Value {
  const found: Record<string, string> = {}
  const text = anchor === 'retain' && fragment !== undefined ? `${query ?? ''}#${fragment}` : (query ?? '')
  for (const part of text === '' ? [] : text.split('&')) {
    const sign = part.indexOf('=')
    if (sign === -1) setOwn(found, part, '')
    else setOwn(found, part.slice(0, sign), part.slice(sign + 1))
  }
  if (anchor === 'append' && fragment !== undefined) setOwn(found, '_anchor_', fragment)
  return found
}

/** Encodes everything but letters, digits, "-", "_" and ".". */
function percentEncode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*~]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function percentDecode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw new ValueFault('percent-encoded text', 'a "%" without two hexadecimal digits, or bytes that are not UTF-8')
  }
}

export const URL_FUNCTIONS: FunctionTable = {
  get_url_protocol: {
    signature: 'get_url_protocol(url)',
    line: 'The scheme of a URL; null if it is not a URL.',
    examples: [['get_url_protocol("https://platform.adobe.com/home")', '"https"']],
    least: 1,
    most: 1,
    returns: 'text',
    call: ofUrl(({ scheme }) => scheme),
  },
  get_url_host: {
    signature: 'get_url_host(url)',
    line: 'The host of a URL, without user and port.',
    examples: [['get_url_host("https://platform.adobe.com/home")', '"platform.adobe.com"']],
    least: 1,
    most: 1,
    returns: 'text',
    call: ofUrl(({ host }) => host ?? null),
  },
  get_url_port: {
    signature: 'get_url_port(url)',
    line: 'The port of a URL, or the default port of http, https, ftp and sftp.',
    examples: [
      ['get_url_port("sftp://example.com//home/joe/employee.csv")', '22'],
      ['get_url_port("foo://example.com:8042/over/there")', '8042'],
    ],
    least: 1,
    most: 1,
    returns: 'number',
    call: ofUrl(({ scheme, port }) => port ?? PORTS.get(scheme.toLowerCase()) ?? null),
  },
  get_url_path: {
    signature: 'get_url_path(url, full=true)',
    line: 'The path of a URL; with false, the part after the last slash.',
    examples: [
      ['get_url_path("sftp://example.com//home/joe/employee.csv")', '"//home/joe/employee.csv"'],
      ['get_url_path("sftp://example.com//home/joe/employee.csv", false)', '"employee.csv"'],
    ],
    least: 1,
    most: 2,
    returns: 'text',
    call: ofUrl(({ path }, full = true) => (isTrue(full) ? path : path.slice(path.lastIndexOf('/') + 1))),
  },
  get_url_query_str: {
    signature: 'get_url_query_str(url, anchor)',
    line: 'The query parameters as an object. For the fragment: "retain" leaves it on the last value, "remove" drops it, "append" adds it as "_anchor_".',
    examples: [
      ['get_url_query_str("foo://example.com:8042/over/there?name=ferret#nose", "retain")', '{"name":"ferret#nose"}'],
      [
        'get_url_query_str("foo://example.com:8042/over/there?name=ferret#nose", "append")',
        '{"name":"ferret","_anchor_":"nose"}',
      ],
    ],
    least: 2,
    most: 2,
    returns: 'object',
    checkLiterals: ([, anchor]) => void (anchor === undefined || anchorOf(anchor)),
    call: ofUrl((url, anchor = null) => queryOf(url, anchorOf(anchor))),
  },
  get_url_encoded: {
    signature: 'get_url_encoded(s)',
    line: 'Percent-encodes everything but letters, digits, "-", "_" and ".".',
    examples: [['get_url_encoded("a b/c")', '"a%20b%2Fc"']],
    least: 1,
    most: 1,
    returns: 'text',
    call: (value = null) => (value === null ? null : percentEncode(textOf(value))),
  },
  get_url_decoded: {
    signature: 'get_url_decoded(s)',
    line: 'Decodes percent-encoded text. "+" is a space.',
    examples: [['get_url_decoded("a%20b+c")', '"a b c"']],
    least: 1,
    most: 1,
    returns: 'text',
    call: (value = null) => (value === null ? null : percentDecode(textOf(value))),
  },
}
