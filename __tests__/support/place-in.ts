/** Where in a text something stands first, as a report says it: line and column from 1. */
export function placeIn(text: string, needle: string): { readonly line: number; readonly column: number } {
  const at = text.indexOf(needle)
  if (at === -1) throw new Error(`There is no ${needle}`)
  const before = text.slice(0, at).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
