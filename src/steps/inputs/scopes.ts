import { read, refuse, type Reading } from './reading.ts'

/** Separated by commas, with or without blanks: both are pasted from the Developer Console. */
export function readScopes(text: string): Reading<readonly string[]> {
  const scopes = text.split(/[\s,]+/).filter((scope) => scope !== '')
  const fit = scopes.length > 0 && scopes.every((scope) => SCOPE.test(scope))
  return fit ? read(scopes) : refuse({ value: text, allowed: 'scopes separated by commas, such as "openid,AdobeID"' })
}

/** RFC 6749, section 3.3: `scope-token`. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+$/
