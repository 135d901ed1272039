/**
 * How many names the objects of a JSON text have, for `"name":` as programs write it. A string may hold the like,
 * escaped, and a blank may stand before the colon: a count that differs from the members that were read only says that
 * the text is worth a closer look.
 */
export function countNames(text: string): number {
  let names = 0
  // Looking for the quote as well would stop at every quote, which takes twice as long.
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) {
    if (text.charCodeAt(at - 1) === QUOTE) names++
  }
  return names
}

const QUOTE = 34
