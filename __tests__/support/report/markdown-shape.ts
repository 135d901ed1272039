import { expect } from 'vitest'
/** Tags that a summary writes itself. */
const OURS = /<\/?(?:details|summary|code)>|<span>(?:[@#:.-]|[0-9a-f]{1,6})<\/span>/gi
/** The link to a dataset's page, on the id of a batch. */
const PAGE = /\]\(https:\/\/experience\.adobe\.com\/#\/[\w@:./-]*\)/g

export type Line = { readonly kind: string; readonly text: string }

/** How GitHub renders each line: its kind and, for a table row, the number of cells. A fenced block counts as one line. */
export function linesOf(markdown: string): readonly Line[] {
  const lines: Line[] = []
  let fence: string | undefined
  for (const text of markdown.split(/\r\n?|\n/)) {
    if (fence !== undefined) {
      if (text.trimEnd().startsWith(fence) && /^`+$/.test(text.trimEnd())) fence = undefined
    } else if (/^ {0,3}(?:`{3}|~{3})/.test(text)) {
      fence = /^[`~]+/.exec(text)?.[0]
      lines.push({ kind: `block of ${text.replace(/^`+/, '')}`, text: '' })
    } else {
      lines.push({ kind: kindOf(text), text })
    }
  }
  if (fence !== undefined) lines.push({ kind: 'never closed', text: fence })
  return lines
}

function kindOf(line: string): string {
  if (line.trim() === '') return 'blank'
  if (/^ {0,3}#{1,6}(?: |$)/.test(line)) return 'heading'
  if (line.startsWith('|')) return `row of ${line.match(/(?<!\\)\|/g)?.length ?? 0}`
  if (/^ {4}|^\t/.test(line)) return 'indented'
  if (/^- {2,}|^- *(?:[-+*]|\d+[.)])(?: |$)/.test(line)) return 'item in an item'
  if (/^ {0,3}(?:[-+*]|\d+[.)]) /.test(line)) return 'item'
  if (/^ {0,3}(?:=+|-+|(?:[*_-] *){3,})\s*$/.test(line)) return 'rule'
  if (line.startsWith('<details>')) return 'begins to fold'
  return line === '</details>' ? 'ends to fold' : 'text'
}

/** Markup in a line that the summary did not write itself: tags, links, emphasis, entities. */
export function markupIn({ text }: Line): readonly string[] {
  const plain = text
    .replace(/`[^`]*`/g, '·')
    .replace(PAGE, '')
    .replace(OURS, '·')
    .replace(/&#\d+;/g, '·')
    .replace(/^#+ |^\*\*What to do:\*\*|^\[/, '')
    .replace(/^\| \[/, '|')
  return plain.match(/[<>`*_~$\\[\]!#{}]|:\/\/|www\.|@|:[\w+-]+:/gi) ?? []
}

/** Expects every fence and every folded section to be closed. */
export function expectClosed(text: string): void {
  const kinds = linesOf(text).map(({ kind }) => kind)
  const count = (sought: string) => kinds.filter((kind) => kind === sought).length
  expect(kinds).not.toContain('never closed')
  expect(count('begins to fold')).toBe(count('ends to fold'))
}
