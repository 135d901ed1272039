const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const

/** `1234567` → `1.2 MB`; decimal units, as the platform's own limits are. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`
  // 999,950 bytes would be rounded to "1000.0 kB".
  const power = Math.min(Math.floor(Math.log10(bytes / 0.99995) / 3), UNITS.length - 1)
  return `${(bytes / 1000 ** power).toFixed(1)} ${UNITS[power]}`
}

/** `90400` → `1 min 30 s`. */
export function formatDuration(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** `count(2, 'file')` → `2 files`. */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`
}

/** The same order on every machine, whatever its locale. */
export function bytewise(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

const MOST_LISTED = 20

/** `"a", "b" and 3 more`. */
export function listed(paths: readonly string[]): string {
  const shown = paths.slice(0, MOST_LISTED).map((path) => JSON.stringify(path))
  const more = paths.length - shown.length
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
