/**
 * Whether two paths name one file on some system: Windows and macOS tell neither upper from lower case nor a composed `é`
 * from a decomposed one, and Windows takes `\` for `/`.
 */
export function mayBeOneFile(one: string, other: string): boolean {
  return folded(one) === folded(other)
}

function folded(path: string): string {
  const segments = path.split(/[/\\]/).filter((segment) => segment !== '' && segment !== '.')
  return segments.join('/').normalize('NFC').toLowerCase()
}
