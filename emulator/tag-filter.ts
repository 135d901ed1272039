/** `a:x,b:*`: every pair must hold; `*` at the end of a value is a prefix. Tag names hold no colon, values may. */
export function matchesTags(valuesOf: (key: string) => readonly string[], wanted: string): boolean {
  return wanted.split(',').every((pair) => {
    const colon = pair.indexOf(':')
    const key = colon < 0 ? pair : pair.slice(0, colon)
    const value = colon < 0 ? '*' : pair.slice(colon + 1)
    return valuesOf(key).some((held) => (value.endsWith('*') ? held.startsWith(value.slice(0, -1)) : held === value))
  })
}
