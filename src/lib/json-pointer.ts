/** The JSON pointer (RFC 6901) of a value: the member names and item indexes that lead to it from the root. */
export function pointer(segments: readonly (string | number)[]): string {
  return segments.map((segment) => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** The names and indexes that a {@link pointer} consists of. */
export function pointerSegments(written: string): readonly string[] {
  const escaped = written.split('/').slice(1)
  return escaped.map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
}
