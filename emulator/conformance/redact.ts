import { isObject, type JsonObject } from '../json.ts'

/** Values that must not be in a report, keyed by the word that replaces them: `token`, `organization`, `tenant`, … */
export type Names = Readonly<Record<string, string | undefined>>

export type Redact = (text: string) => string

/**
 * Removes the given names from a text, also if percent-encoded or in other case, and everything that looks like a token,
 * an organization, a user, an e-mail address, or the tenant of a schema. A name of one or two characters is removed only
 * as a whole word.
 */
export function redactor(names: Names): Redact {
  const given = Object.entries(names)
    .flatMap(([label, value]) => spellings(value).map((spelling) => ({ label, spelling })))
    // The longest first: a tenant can be part of a sandbox name.
    .toSorted((one, other) => other.spelling.length - one.spelling.length)
    .map(({ label, spelling }) => ({ label, pattern: wordPattern(spelling) }))
  return (text) => {
    const looks = LOOKS.reduce((at, [pattern, label]) => at.replaceAll(pattern, label), text)
    return given.reduce((at, { label, pattern }) => at.replaceAll(pattern, `<${label}>`), looks)
  }
}

function spellings(value: string | undefined): readonly string[] {
  if (value === undefined || value.trim() === '') return []
  const plain = [value, value.replace(/@AdobeOrg$/i, '')]
  return [...new Set([...plain, ...plain.map((one) => encodeURIComponent(one)), JSON.stringify(value).slice(1, -1)])]
}

function wordPattern(text: string): RegExp {
  const literal = text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const [before, after] = [/^[a-z0-9]/i.test(text), /[a-z0-9]$/i.test(text)]
  return new RegExp(`${before ? '(?<![a-z0-9])' : ''}${literal}${after ? '(?![a-z0-9])' : ''}`, 'gi')
}

/** Patterns that match any secret or name, whether or not it was given. */
const LOOKS: readonly (readonly [RegExp, string])[] = [
  [/eyJ[\w-]+\.[\w-]+\.?[\w-]*/g, '<token>'],
  [/\bBearer\s+[\w.~+/=-]+/gi, 'Bearer <token>'],
  [/((?:client_secret|access_token|jwt_token|client_id)(?:=|"\s*:\s*"|%3D))[^&"\s]+/gi, '$1<secret>'],
  [/\b[0-9A-F]{16,40}(?:@|%40)AdobeOrg\b/gi, '<organization>'],
  [/[\w.+-]+(?:@|%40)(?:AdobeID|AdobeOrg|techacct\.adobe\.com)\b/gi, '<user>'],
  [/[\w.%+-]+@[\w-]+(?:\.[\w-]+)+/g, '<e-mail>'],
  [/(ns\.adobe\.com(?:\/|%2F))(?!xdm\b|adobe\b|experience\b|aep\b)[\w-]+/gi, '$1<tenant>'],
]

/** Properties of a refusal that hold sentences. */
const SENTENCES: ReadonlySet<string> = new Set(['title', 'detail', 'message', 'error_description'])

/** Properties of a refusal that hold one word. */
const CODES: ReadonlySet<string> = new Set(['status', 'code', 'type', 'error', 'error_code', 'errorCode'])

/** Properties whose values are words of an enumeration. */
const WORDS: ReadonlySet<string> = new Set(['status', 'state', 'format', 'lastBatchStatus', '@type', 'token_type'])

/**
 * The part of an answer that is safe to publish: its structure, with the names that documents use and without values. For
 * a refusal, also its message, except for quoted text. Rows and the names of fields, tags and datasets are private data.
 */
export function shapeOf(value: unknown, name: string, shown: ShownAnswer): unknown {
  if (Array.isArray(value)) {
    const shapes = value.slice(0, MOST_SHOWN).map((one) => shapeOf(one, name, shown))
    return value.length > MOST_SHOWN ? [...shapes, `<${value.length - MOST_SHOWN} more>`] : shapes
  }
  if (isObject(value)) return objectShape(value, shown)
  if (typeof value === 'string') return textShape(value, name, shown)
  return typeof value === 'number' ? numberShape(value, name) : value
}

/** `known`: the names that documents use. */
export type ShownAnswer = { readonly isRefusal: boolean; readonly known: ReadonlySet<string> }

const MOST_SHOWN = 3

function objectShape(value: JsonObject, shown: ShownAnswer): JsonObject {
  const entries = Object.entries(value)
  const hidden = entries.filter(([name]) => !shown.known.has(name))
  const label = hidden.length === 1 ? '<a name>' : `<${hidden.length} names>`
  return Object.fromEntries([
    ...entries.filter(([name]) => shown.known.has(name)).map(([name, inner]) => [name, shapeOf(inner, name, shown)]),
    // Without their names, the hidden properties cannot be told apart, so one stands for all.
    ...hidden.slice(0, 1).map(([, inner]) => [label, shapeOf(inner, '', shown)]),
  ])
}

function textShape(text: string, name: string, { isRefusal }: ShownAnswer): string {
  if (isRefusal && SENTENCES.has(name)) return withoutQuoted(text)
  if (isRefusal && CODES.has(name) && /^[\w:/.#-]{1,120}$/.test(text)) return text
  if (WORDS.has(name) && /^[a-z][a-z:]{0,40}$/i.test(text)) return text
  return `<string of ${text.length} characters>`
}

function numberShape(value: number, name: string): unknown {
  return name === 'status' || name === 'count' || name === 'limit' ? value : '<number>'
}

/** Removes ids and quoted text: a refusal can repeat parts of the request and of the data. */
function withoutQuoted(text: string): string {
  return text.replaceAll(/(["'`])(?:(?!\1).)+\1/g, '$1…$1').replaceAll(/\b(?=\w*\d)[\w-]{16,}\b/g, '<id>')
}
