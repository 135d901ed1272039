import { quotedBytes, standsAt } from './clean-bytes.ts'
import { anyString, plainString, textOf } from './clean-quoted.ts'
import { DOUBT, type CleanScan } from './clean-scan.ts'
import { stringCheck } from './check-string.ts'
import type { StringField } from './field.ts'

/** Numbers are text, too, when they are converted; they are rare enough for a second look. */
export function cleanString(field: StringField): CleanScan {
  const { allowed, format, pattern, minLength, maxLength } = field
  const asksForm = format !== undefined || pattern !== undefined
  const asksLength = minLength > 0 || maxLength < Infinity
  if (asksForm || (allowed !== undefined && asksLength)) return cleanText(field)
  if (allowed !== undefined) return cleanEnum(allowed.values)
  return asksLength ? cleanLength(field) : anyString
}

function cleanText(field: StringField): CleanScan {
  const check = stringCheck(field)
  return (reading, start) => {
    const end = anyString(reading, start)
    if (end === DOUBT) return DOUBT
    return reading.probe.accepts(check, textOf(reading.bytes, start, end)) ? end : DOUBT
  }
}

function cleanEnum(values: ReadonlySet<unknown>): CleanScan {
  const texts = [...values].filter((value) => typeof value === 'string')
  const literals = texts.map(quotedBytes).filter((bytes) => bytes !== undefined)
  return ({ bytes }, start) => {
    for (const literal of literals) if (standsAt(bytes, start, literal)) return start + literal.length
    return DOUBT
  }
}

/** A character takes one to four bytes, where it is not escaped; only near a limit are they counted. */
function cleanLength(field: StringField): CleanScan {
  const scanText = cleanText(field)
  return (reading, start) => {
    const end = plainString(reading, start)
    const length = end === DOUBT ? NaN : end - start - 2
    return length >= field.minLength * 4 && length <= field.maxLength ? end : scanText(reading, start)
  }
}
