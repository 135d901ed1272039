import { printable } from '../base/printable.ts'
import { brief } from './brief.ts'
import { harmless } from './harmless.ts'

/**
 * Text from anywhere as the inside of a table cell or a line: it can't end the cell, open markup or make a link. An entity
 * keeps no address from becoming a link, since it is read before GitHub looks for them; an element around its `@` does.
 */
export function cell(text: string): string {
  return oneLine(text).replace(/[\\`*_{}[\]<>#!|~&$]|@|:(?=\/\/|[\w+-]+:)|(?<=www)\.|^[-+=]|^\d+[.)]/gi, (found) =>
    found === '@' ? '<span>@</span>' : entities(found),
  )
}

/** Text as it is, in the type of code: a name, a place, an id. */
export function code(text: string): string {
  const line = oneLine(text)
  if (line === '') return ''
  return /[`|]/.test(line) ? `<code>${cell(line)}</code>` : `\`${line}\``
}

/**
 * A head that ends in a colon stands to the right, as in Markdown's own second line. Columns that say nothing in any row
 * are left out, but for the first.
 */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const shown = head.flatMap((_, at) => (at === 0 || rows.some((cells) => says(cells[at])) ? [at] : []))
  const line = (cells: readonly string[]) => `| ${shown.map((at) => cells[at] ?? '').join(' | ')} |`
  const names = head.map((name) => name.replace(/:$/, ''))
  return [line(names), line(head.map((name) => (name.endsWith(':') ? '---:' : '---'))), ...rows.map(line)].join('\n')
}

function says(text = ''): boolean {
  return text !== '' && text !== '?'
}

/** Text as it is, to be copied: nothing in it can end the block. */
export function block(text: string, language = 'text'): string {
  const runs = Array.from(text.matchAll(/`+/g), ([run]) => run.length)
  const fence = '`'.repeat(runs.reduce((longest, run) => Math.max(longest, run), 2) + 1)
  return [fence + language, ...text.split('\n').map((line) => harmless(printable(line))), fence].join('\n')
}

/** Folded away; `summary` is Markdown that is safe already. */
export function folded(summary: string, content: string): string {
  return `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`
}

/** The first `most` of a list, and how many more there are. */
export function some<T>(
  all: readonly T[],
  { most, noun }: { readonly most: number; readonly noun: string },
  draw: (shown: readonly T[]) => string,
): string {
  const more = all.length > most ? `\n\n… and ${(all.length - most).toLocaleString('en-US')} more ${noun}` : ''
  return draw(all.slice(0, most)) + more
}

function oneLine(text: string): string {
  return harmless(printable(brief(text)).replace(/\s+/g, ' ').trim())
}

function entities(text: string): string {
  return Array.from(text, (character) => `&#${character.charCodeAt(0)};`).join('')
}
