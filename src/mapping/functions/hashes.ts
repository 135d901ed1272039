import { hash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { ValueFault } from '../fault.ts'
import { type Value, textOf } from '../value.ts'
import type { FunctionTable, MappingFunction } from './function.ts'

/** The four character sets that the page lists. A character that a set lacks becomes "?", as in Java. */
const CHARSETS: ReadonlyMap<string, (text: string) => Buffer> = new Map([
  ['UTF-8', (text) => Buffer.from(text)],
  ['UTF-16', (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ['ISO-8859-1', (text) => Buffer.from(replaceAbove(text, /[^\0-\u00ff]/gu), 'latin1')],
  ['US-ASCII', (text) => Buffer.from(replaceAbove(text, /[^\0-\u007f]/gu), 'latin1')],
])

function replaceAbove(text: string, above: RegExp): string {
  return text.replace(above, '?')
}

/** A string is hashed as its UTF-8 bytes. */
function encode(text: string, charset: Value | undefined): Buffer | string {
  if (charset === undefined) return text
  const encoder = CHARSETS.get(charset === null ? 'UTF-8' : textOf(charset).toUpperCase())
  if (encoder === undefined)
    throw new ValueFault(`one of the charsets ${[...CHARSETS.keys()].join(', ')}`, 'another one')
  return encoder(text)
}

function hashFunction(name: string, digest: (bytes: Buffer | string) => string, result: string): MappingFunction {
  return {
    signature: `${name}(s, charset="UTF-8")`,
    line: LINES.get(name) ?? `The ${name.toUpperCase().replace('SHA', 'SHA-')} hash, in hexadecimal.`,
    examples: [[`${name}("my text")`, JSON.stringify(result)]],
    least: 1,
    most: 2,
    returns: 'text',
    checkLiterals: ([, charset]) => void (charset === undefined || encode('', charset)),
    call: (value = null, charset) => (value === null ? null : digest(encode(textOf(value), charset))),
  }
}

const LINES: ReadonlyMap<string, string> = new Map([
  ['crc32', 'The CRC-32 in hexadecimal, with its bytes reversed as in Data Prep.'],
])

const hashedBy = (algorithm: string) => (bytes: Buffer | string) => hash(algorithm, bytes, 'hex')

function swappedCrc(bytes: Buffer | string): string {
  const word = Buffer.alloc(4)
  word.writeUInt32LE(crc32(bytes))
  return word.toString('hex')
}

/** Strings are hashed unchanged: trim and lower-case them if the namespace requires it. */
export const HASH_FUNCTIONS: FunctionTable = {
  sha1: hashFunction('sha1', hashedBy('sha1'), 'c3599c11e47719df18a2448690840c5dfcce3c80'),
  sha256: hashFunction(
    'sha256',
    hashedBy('sha256'),
    '7330d2b39ca35eaf4cb95fc846c21ee6a39af698154a83a586ee270a0d372104',
  ),
  sha512: hashFunction(
    'sha512',
    hashedBy('sha512'),
    'a3d7e45a0d9be5fd4e4b9a3b8c9c2163c21ef708bf11b4232bb21d2a8704ada2cdcd7b367dd0788a89a5c908cfe377aceb1072a7b386b7d4fd2ff68a8fd24d16',
  ),
  md5: hashFunction('md5', hashedBy('md5'), 'd3b96ce8c9fb4e9bd0198d03ba6852c7'),
  crc32: hashFunction('crc32', swappedCrc, '8df92e80'),
}
