/** A list is written one value a line; empty lines and the blanks around a value mean nothing. */
export function lines(text: string): readonly string[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
