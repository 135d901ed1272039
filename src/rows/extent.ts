/** How far a text reaches: its line feeds, and the UTF-16 code units behind the last of them (SARIF's `utf16CodeUnits`). */
export type Extent = { readonly lines: number; readonly columns: number }

export const NOTHING: Extent = { lines: 0, columns: 0 }

export function extentOf(text: string): Extent {
  let lines = 0
  let lineStart = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', lineStart)) {
    lines++
    lineStart = at + 1
  }
  return { lines, columns: text.length - lineStart }
}

/** Of one text with another behind it. */
export function joined(first: Extent, second: Extent): Extent {
  if (second.lines === 0) return { lines: first.lines, columns: first.columns + second.columns }
  return { lines: first.lines + second.lines, columns: second.columns }
}
