import { read, refuse, type Reading } from './reading.ts'

/**
 * Exactly one character; a tab may be written `\t`, since the runner's toolkit trims a real one away.
 * One UTF-16 unit, as the platform's CSV reader takes it; a line end can't be told from the end of a row.
 */
export function character(text: string): Reading<string> {
  if (text === '\\t') return read('\t')
  if (text.length === 1 && !/[\r\n\p{Cs}]/u.test(text)) return read(text)
  return refuse({ value: text, allowed: 'exactly one character (a tab is written \\t)' })
}
