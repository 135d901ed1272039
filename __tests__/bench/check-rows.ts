import { open } from 'node:fs/promises'

const AT_ONCE = 10_000

/** Writes rows to a file, and says how many bytes they are. */
export async function writeRows(path: string, rows: number, row: (number: number) => string): Promise<number> {
  await using file = await open(path, 'a')
  for (let first = 0; first < rows; first += AT_ONCE) {
    const length = Math.min(AT_ONCE, rows - first)
    await file.writeFile(Array.from({ length }, (_, index) => row(first + index)).join(''))
  }
  return (await file.stat()).size
}
