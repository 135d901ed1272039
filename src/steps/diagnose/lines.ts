import { Problem } from '../../base/problem.ts'

const LINE_FEED = 0x0a

/** No record of the platform comes near it. */
const LONGEST_LINE_BYTES = 16 * 1024 * 1024

/** The lines of a text that comes in chunks, without their ends. @throws Problem for a line that is too long to be held */
export async function* lines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let begun: Buffer[] = []
  let begunBytes = 0
  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      yield Buffer.concat([...begun, chunk.subarray(start, end)]).toString()
      begun = []
      begunBytes = 0
      start = end + 1
    }
    begun.push(Buffer.from(chunk.subarray(start)))
    begunBytes += chunk.length - start
    if (begunBytes > LONGEST_LINE_BYTES) throw tooLong()
  }
  if (begunBytes > 0) yield Buffer.concat(begun).toString()
}

function tooLong(): Problem {
  return new Problem(`Cannot read which rows the platform rejected: a line has more than ${LONGEST_LINE_BYTES} bytes`, {
    remedy: 'Look at the rejected rows in the Experience Platform user interface.',
  })
}
