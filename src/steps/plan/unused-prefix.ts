/** A beginning that none of the names has, so that what is named with it is named like nothing else. */
export function unusedPrefix(wish: string, names: readonly string[]): string {
  return names.some((name) => name.startsWith(wish)) ? unusedPrefix(`${wish}-`, names) : wish
}
