import { problem } from '../http/answers.ts'
import { Refusal } from '../http/exchange.ts'
import { isObject, type JsonObject, ownValue } from '../json.ts'
import type { InputFormat } from '../state.ts'

const formats = ['json', 'csv', 'parquet'] as const

/**
 * The OpenAPI file requires `inputFormat`; if it is left out, as in the guides, the answer says `parquet`. The file spells
 * the formats `JSON`, `Parquet` and `CSV`; its own example and the guides use lower case. The emulator accepts any case
 * and stores lower case.
 */
export function readInputFormat(sent: unknown, strict: boolean): InputFormat {
  if (sent === undefined && strict) throw refusal('inputFormat is required.')
  const shown = isObject(sent) ? sent : { format: 'parquet' }
  const word = typeof shown['format'] === 'string' ? shown['format'] : ''
  const format = formats.find((known) => known === word.toLowerCase())
  if (format === undefined) throw refusal(`inputFormat.format must be one of ${formats.join(', ')}.`)
  if ('header' in shown) flag(shown, 'header', strict)
  return {
    format,
    isMultiLineJson: flag(shown, 'isMultiLineJson', strict),
    // Defaults are only in the preview call of the OpenAPI file.
    csv: {
      delimiter: sign(shown, 'delimiter', ','),
      quote: sign(shown, 'quote', '"'),
      escape: sign(shown, 'escape', '\\'),
    },
    shown: { ...shown, format },
  }
}

function flag(shown: JsonObject, name: string, strict: boolean): boolean {
  const value = ownValue(shown, name) ?? false
  if (typeof value === 'boolean') return value
  if (!strict && (value === 'true' || value === 'false')) return value === 'true'
  throw refusal(`inputFormat.${name} must be a boolean.`)
}

function sign(shown: JsonObject, name: string, byDefault: string): string {
  const value = ownValue(shown, name) ?? byDefault
  if (typeof value === 'string' && value.length === 1) return value
  throw refusal(`inputFormat.${name} must be one character.`)
}

function refusal(detail: string): Refusal {
  return new Refusal(problem(400, detail))
}
