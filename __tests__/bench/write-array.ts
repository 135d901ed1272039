import { open } from 'node:fs/promises'
import { checkRow } from './check-schema.ts'

export type ArrayShape = 'compact' | 'pretty'

const AT_ONCE = 5_000

/** An array in one line, or as a pretty-printer with two blanks writes it; some thousand records again and again. */
export async function writeArray(path: string, shape: ArrayShape, mostBytes: number): Promise<void> {
  const records = Array.from({ length: AT_ONCE }, (_, number) => arrayRecord(checkRow(number), shape))
  const block = Buffer.from(`${records.join(',')},`)
  await using file = await open(path, 'w')
  await file.writeFile('[')
  for (let written = 0; written + block.length < mostBytes; written += block.length) await file.writeFile(block)
  await file.writeFile(`${arrayRecord(checkRow(0), shape)}${shape === 'pretty' ? '\n' : ''}]`)
}

/** As it stands in the array, with the line end and the blanks before it. */
export function arrayRecord(record: unknown, shape: ArrayShape): string {
  return shape === 'compact' ? JSON.stringify(record) : `\n${JSON.stringify(record, null, 2).replace(/^/gm, '  ')}`
}
