/** As much as fits into a line or a cell that people read; the report has the whole. */
const LONGEST = 1_000

/** The beginning of a text that goes on for long. */
export function brief(text: string, most: number = LONGEST): string {
  return text.length <= most ? text : `${text.slice(0, most).replace(/[\ud800-\udbff]$/, '')}…`
}
