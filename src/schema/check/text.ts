import { type Check, type Walk, sayNotAllowed } from './walk.ts'
import { FORMATS, type StringField } from '../field.ts'
import { LosslessNumber } from '../json.ts'

/** Numbers are converted to text ("Data conversion matrix"); a boolean is not. */
export function stringCheck(field: StringField): Check {
  const checkText = textCheck(field)
  return (value, walk) => {
    if (typeof value === 'string') checkText(value, walk)
    else if (typeof value === 'number') checkText(String(value), walk)
    else if (value instanceof LosslessNumber) checkText(value.text, walk)
    else walk.mismatch(value, 'a string')
  }
}

type TextCheck = (text: string, walk: Walk) => void

/** Only the checks that the field asks for: most ask for none. */
function textCheck(field: StringField): TextCheck {
  const checks = [allowedCheck(field), lengthCheck(field), patternCheck(field), formatCheck(field)]
  const asked = checks.filter((check) => check !== undefined)
  const [first, ...others] = asked
  if (first === undefined) return () => undefined
  if (others.length === 0) return first
  return (text, walk) => {
    for (const check of asked) check(text, walk)
  }
}

function allowedCheck({ allowed }: StringField): TextCheck | undefined {
  if (allowed === undefined) return undefined
  return (text, walk) => {
    if (!allowed.values.has(text)) sayNotAllowed(allowed, text, walk)
  }
}

/** Lengths count code points; a text has at most twice as many UTF-16 units. */
function lengthCheck({ minLength, maxLength }: StringField): TextCheck | undefined {
  if (minLength === 0 && maxLength === Infinity) return undefined
  return (text, walk) => {
    if (text.length >= minLength * 2 && text.length <= maxLength) return
    const length = codePoints(text)
    if (length < minLength) walk.say('length', { expected: `at least ${minLength} characters`, received: `${length}` })
    if (length > maxLength) walk.say('length', { expected: `at most ${maxLength} characters`, received: `${length}` })
  }
}

function codePoints(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}

function patternCheck({ pattern }: StringField): TextCheck | undefined {
  if (pattern === undefined) return undefined
  const expected = `a text that matches ${pattern.source}`
  return (text, walk) => {
    if (!pattern.test(text)) walk.wrong('pattern', text, expected)
  }
}

function formatCheck({ format }: StringField): TextCheck | undefined {
  const isOfFormat = format === undefined ? undefined : FORMATS.get(format)
  if (isOfFormat === undefined) return undefined
  return (text, walk) => {
    if (!isOfFormat(text)) walk.wrong('format', text, `a text of the format "${format}"`)
  }
}
