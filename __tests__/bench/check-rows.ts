import { open } from 'node:fs/promises'
import { checkRow } from './check-schema.ts'

const AT_ONCE = 10_000

/** Writes rows to a file; returns their size in bytes. */
export async function writeRows(path: string, rows: number, row: (number: number) => string): Promise<number> {
  await using file = await open(path, 'a')
  for (let first = 0; first < rows; first += AT_ONCE) {
    const length = Math.min(AT_ONCE, rows - first)
    await file.writeFile(Array.from({ length }, (_, index) => row(first + index)).join(''))
  }
  return (await file.stat()).size
}

/** Repeats some ten thousand rows: making all of them distinct would take longer than publishing them. */
export async function writeRepeatedRows(path: string, mostBytes: number): Promise<void> {
  const block = Buffer.from(
    Array.from({ length: AT_ONCE }, (_, number) => `${JSON.stringify(checkRow(number))}\n`).join(''),
  )
  await using file = await open(path, 'w')
  for (let leftBytes = mostBytes; leftBytes > 0; leftBytes -= block.length) {
    const end = leftBytes < block.length ? block.lastIndexOf('\n', leftBytes) + 1 : block.length
    await file.writeFile(block.subarray(0, end))
  }
}
