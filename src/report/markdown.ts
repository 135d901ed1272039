import { escapeCommands, escapeControls, escapeUntrusted, formatNumber } from '../lib/text.ts'

/** As much as fits into a line or a cell that people read; the report has the whole. */
const LONGEST = 1_000

/** The beginning of a text that goes on for long. */
export function shorten(text: string, most: number = LONGEST): string {
  return text.length <= most ? text : `${text.slice(0, most).replace(/[\ud800-\udbff]$/, '')}…`
}

/**
 * Text from anywhere as the inside of a table cell or a line: it can't end the cell, open markup, mention anybody or make a
 * link. An entity keeps nothing from becoming a link, since it is read before GitHub looks for them; an element within does.
 */
export function cell(text: string): string {
  return toOneLine(text).replace(MEANINGFUL, (found) => {
    if (/^[0-9a-f]{7}/i.test(found)) return breakUp(found)
    return LINKING.test(found) ? `<span>${found}</span>` : toEntities(found)
  })
}

/** GitHub's documentation, "Autolinked references and URLs": addresses, `@name`, `#1`, `GH-1`, and a SHA of 7 digits or more. */
const MEANINGFUL =
  /\b[0-9a-f]{7,64}\b|(?<=[a-z])-(?=\d)|[\\`*_{}[\]<>!|~&$]|[@#]|:(?=\/\/|[\w+-]+:)|(?<=www)\.|^[-+=]|^\d+[.)]/gi
const LINKING = /^[@#:.-]$/

/** Parts that are each too short for a SHA, which stand together as before. */
function breakUp(digits: string): string {
  return digits.replace(/.{12}|.{7,11}$/g, (part) => `${part.slice(0, 6)}<span>${part.slice(6)}</span>`)
}

/** Text as it is, in the type of code: a name, a place, an id. */
export function code(text: string): string {
  const line = toOneLine(text)
  if (line === '') return ''
  return /[`|]/.test(line) ? `<code>${cell(line)}</code>` : `\`${line}\``
}

/**
 * A head that ends in a colon stands to the right, as in Markdown's own second line. Columns that say nothing in any row
 * are left out, but for the first.
 */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const shown = head.flatMap((_, at) => (at === 0 || rows.some((cells) => isKnown(cells[at])) ? [at] : []))
  const line = (cells: readonly string[]) => `| ${shown.map((at) => cells[at] ?? '').join(' | ')} |`
  const names = head.map((name) => name.replace(/:$/, ''))
  return [line(names), line(head.map((name) => (name.endsWith(':') ? '---:' : '---'))), ...rows.map(line)].join('\n')
}

function isKnown(text = ''): boolean {
  return text !== '' && text !== '?'
}

/** A number that nobody knows leaves no column by itself. */
export function numberCell(number: number | undefined): string {
  return number === undefined ? '?' : formatNumber(number)
}

/** Text as it is, to be copied: nothing in it can end the block. */
export function block(text: string, language = 'text'): string {
  const runs = Array.from(text.matchAll(/`+/g), ([run]) => run.length)
  const fence = '`'.repeat(runs.reduce((longest, run) => Math.max(longest, run), 2) + 1)
  return [fence + language, ...text.split('\n').map(escapeUntrusted), fence].join('\n')
}

/** Folded away; `summary` is Markdown that is safe already. */
export function details(summary: string, content: string): string {
  return `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`
}

/** The first `most` of a list, and how many more there are. */
export function drawFirst<T>(
  all: readonly T[],
  { most, noun }: { readonly most: number; readonly noun: string },
  draw: (shown: readonly T[]) => string,
): string {
  const more = all.length > most ? `\n\n… and ${formatNumber(all.length - most)} more ${noun}` : ''
  return draw(all.slice(0, most)) + more
}

function toOneLine(text: string): string {
  return escapeCommands(escapeControls(shorten(text)).replace(/\s+/g, ' ').trim())
}

function toEntities(text: string): string {
  return Array.from(text, (character) => `&#${character.charCodeAt(0)};`).join('')
}

const CUT = '… truncated: the summary would be too long. The report contains everything.\n'

/** Room for that, and for what has to be closed. */
const SPARE_BYTES = 1_000

/** The beginning of a Markdown text, up to the end of a line; what is open there is closed. */
export function cutToSize(text: string, mostBytes: number): string {
  const bytes = Buffer.from(text).subarray(0, mostBytes - SPARE_BYTES)
  const kept = bytes.subarray(0, bytes.lastIndexOf('\n')).toString()
  return [kept, ...closingLines(kept), '', CUT].join('\n')
}

/** As GitHub counts them: a character beyond the first 65,536 of Unicode is one, though it has two units here. */
export function countCharacters(text: string): number {
  return Array.from(text).length
}

/** As {@link cutToSize}, by characters, and with the count of the lines that are left out. */
export function cutToCharacters(text: string, most: number): string {
  const lines = text.trimEnd().split('\n')
  let left = most - SPARE_BYTES
  const end = lines.findIndex((line) => (left -= countCharacters(line) + 1) < 0)
  if (end < 0) return text
  const kept = lines.slice(0, end).join('\n')
  const rest = `… and ${formatNumber(lines.length - end)} more lines, in the job summary`
  return [kept, ...closingLines(kept), '', `${rest}\n`].join('\n')
}

/** A fence lies within what is folded, never around it. */
function closingLines(kept: string): readonly string[] {
  let fence: string | undefined
  let isFolded = false
  for (const line of kept.split('\n')) {
    if (fence !== undefined) fence = line === fence ? undefined : fence
    else if (line.startsWith('```')) fence = /^`+/.exec(line)?.[0]
    else if (line.startsWith('<details>')) isFolded = true
    else if (line === '</details>') isFolded = false
  }
  return [...(fence === undefined ? [] : [fence]), ...(isFolded ? ['', '</details>'] : [])]
}
