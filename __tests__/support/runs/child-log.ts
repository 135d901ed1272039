import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'

/**
 * What a child process writes to standard output and standard error until it ends, as one log of whole lines: the two
 * arrive in chunks that end anywhere, so that a line of one could otherwise stand in the middle of a line of the other.
 * `onLines` is called with the log so far whenever it has more lines; the log is complete when it has ended its work.
 */
export async function logOf(child: ChildProcess, onLines: (log: string) => unknown = () => undefined): Promise<string> {
  let log = ''
  const acts: unknown[] = []
  const take = (lines: string) => {
    if (lines === '') return
    log += lines
    acts.push(onLines(log))
  }
  for (const stream of [child.stdout, child.stderr]) if (stream !== null) takeLines(stream, take)
  await once(child, 'close')
  await Promise.all(acts)
  return log
}

/** The last line may have no end. */
function takeLines(stream: Readable, take: (lines: string) => void): void {
  let begun = ''
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    const text = begun + chunk
    const end = text.lastIndexOf('\n') + 1
    begun = text.slice(end)
    take(text.slice(0, end))
  })
  stream.on('end', () => take(begun))
}
