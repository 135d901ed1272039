import { printable } from '../base/printable.ts'

/** Text from anywhere as the inside of a table cell or a line: it can't end the cell, open markup or make a link. */
export function cell(text: string): string {
  return printable(text)
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]<>#!|~@&$]|:(?=\/\/|\w+:)|(?<=www)\.|^[-+=]|^\d+[.)]/gi, entities)
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function entities(text: string): string {
  return Array.from(text, (character) => `&#${character.charCodeAt(0)};`).join('')
}
