import { escapeCommands, escapeControls, escapeUntrusted, formatNumber, shorten } from '../lib/text.ts'

/**
 * Escapes untrusted text for a table cell or a line: it can't end the cell, open markup, mention a user or make a link.
 * An entity does not prevent a link, because GitHub decodes entities before it looks for links. An element inside does.
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

/** Splits digits into parts that are too short for a SHA but still read as one. */
function breakUp(digits: string): string {
  return digits.replace(/.{12}|.{7,11}$/g, (part) => `${part.slice(0, 6)}<span>${part.slice(6)}</span>`)
}

/** Formats text literally as inline code: a name, a place, an id. */
export function code(text: string): string {
  const line = toOneLine(text)
  if (line === '') return ''
  return /[`|]/.test(line) ? `<code>${cell(line)}</code>` : `\`${line}\``
}

/**
 * Draws a table. A heading that ends in a colon aligns its column right, as in Markdown's second line. A column that is
 * empty or unknown in every row is omitted, except the first.
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

/** A column of unknown numbers alone is omitted by {@link table}. */
export function numberCell(number: number | undefined): string {
  return number === undefined ? '?' : formatNumber(number)
}

/** Formats text literally as a code block to copy: nothing in it can end the block. */
export function block(text: string, language = 'text'): string {
  const runs = Array.from(text.matchAll(/`+/g), ([run]) => run.length)
  const fence = '`'.repeat(runs.reduce((longest, run) => Math.max(longest, run), 2) + 1)
  return [fence + language, ...text.split('\n').map(escapeUntrusted), fence].join('\n')
}

/** A collapsed section; `summary` must be safe Markdown. */
export function details(summary: string, content: string): string {
  return `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`
}

/** Draws the first `most` items of a list and the number of the others. */
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

/** Room for {@link CUT} and for the closing lines. */
const SPARE_BYTES = 1_000

/** Cuts Markdown at the end of a line, and closes the fence and section that are open there. */
export function cutToSize(text: string, mostBytes: number): string {
  const bytes = Buffer.from(text).subarray(0, mostBytes - SPARE_BYTES)
  const kept = bytes.subarray(0, bytes.lastIndexOf('\n')).toString()
  return [kept, ...closingLines(kept), '', CUT].join('\n')
}

/** Counts characters as GitHub does: one beyond the first 65,536 of Unicode counts once, although it has two UTF-16 units. */
export function countCharacters(text: string): number {
  return Array.from(text).length
}

/** Like {@link cutToSize}, but by characters, and with the number of lines left out. */
export function cutToCharacters(text: string, most: number): string {
  const lines = text.trimEnd().split('\n')
  let left = most - SPARE_BYTES
  const end = lines.findIndex((line) => (left -= countCharacters(line) + 1) < 0)
  if (end < 0) return text
  const kept = lines.slice(0, end).join('\n')
  const rest = `… and ${formatNumber(lines.length - end)} more lines, in the job summary`
  return [kept, ...closingLines(kept), '', `${rest}\n`].join('\n')
}

/** A fence can be inside a collapsed section, never around it. */
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
