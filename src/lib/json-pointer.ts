/** The JSON pointer (RFC 6901) of a value: the names of members and places of items that lead to it from the root. */
export function pointer(segments: readonly (string | number)[]): string {
  return segments.map((segment) => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** The names and places that a {@link pointer} is made of. */
export function pointerSegments(written: string): readonly string[] {
  const escaped = written.split('/').slice(1)
  return escaped.map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
}
