import { isIPv4, isIPv6 } from 'node:net'
import { isDate, isDateTime } from './calendar.ts'

/**
 * The formats that XDM knows. How strictly the platform takes them is written nowhere, so these are what no text of the
 * format can be without: they rather let pass than cry wolf.
 */
export const FORMATS: ReadonlyMap<string, (text: string) => boolean> = new Map([
  ['date', isDate],
  ['date-time', isDateTime],
  ['time', (text: string) => isDateTime(`2000-01-01T${text}`)],
  ['email', (text: string) => /^[^\s@]+@[^\s@]+$/.test(text)],
  ['hostname', (text: string) => text.length <= 253 && HOSTNAME.test(text)],
  ['ipv4', isIPv4],
  ['ipv6', (text: string) => isIPv6(text) && !text.includes('%')],
  ['uri', isUri],
  ['url', isUri],
  ['uri-reference', isUriReference],
  ['uri-template', isTemplate],
  ['url-template', isTemplate],
  ['json-pointer', (text: string) => /^(?:\/(?:[^~/]|~[01])*)*$/.test(text)],
])

const HOSTNAME = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i

/** RFC 3986 has no place for blanks, control characters, quotes and braces. */
const NO_URI_CHARACTER = /[\s"<>\\^`{|}]|%(?![0-9a-f]{2})/i

function isUri(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:/i.test(text) && isUriReference(text)
}

function isUriReference(text: string): boolean {
  return !NO_URI_CHARACTER.test(text)
}

/** RFC 6570: braces come in pairs and hold something. */
function isTemplate(text: string): boolean {
  return isUriReference(text.replace(/\{[^{}\s]+\}/g, ''))
}
