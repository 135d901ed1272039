/**
 * What a file of our own is called, unlike all others by its number. That also keeps it from being a device of Windows
 * (`con`, `aux.json`), which drops a dot at the end as well.
 */
export function scratchName(count: number, name: string): string {
  const safe = name.replace(/[^A-Za-z0-9._-]|\.$/g, '-')
  return `${count}-${safe.slice(-80)}`
}
