import { readChunks } from './read-chunks.ts'
import type { StoredFile } from './stored-file.ts'

const NEWLINE = 0x0a

/** Far above any record of the platform. Without a limit, an endless line would be held in memory as a whole. */
const LONGEST_LINE_BYTES = 16 << 20

/** The text of a file in blocks of whole lines. A line above the limit is cut off, so it can't be read as a row. */
export async function* readTextBlocks(file: StoredFile): AsyncGenerator<string> {
  let begun: Buffer[] = []
  let begunBytes = 0
  for await (const chunk of readChunks(file)) {
    const end = chunk.lastIndexOf(NEWLINE) + 1
    if (end > 0) {
      yield begunBytes > LONGEST_LINE_BYTES
        ? cutOff(begun, chunk.subarray(0, end))
        : text([...begun, chunk.subarray(0, end)])
      begun = []
      begunBytes = 0
    }
    if (begunBytes <= LONGEST_LINE_BYTES) begun.push(chunk.subarray(end))
    begunBytes += chunk.length - end
  }
  if (begunBytes > 0) yield text(begun)
}

function cutOff(begun: readonly Buffer[], rest: Buffer): string {
  return text([...begun, rest.subarray(rest.indexOf(NEWLINE))])
}

function text(pieces: readonly Buffer[]): string {
  return Buffer.concat(pieces).toString('utf8')
}
