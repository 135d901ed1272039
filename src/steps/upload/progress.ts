import type { Clock } from '../../base/clock.ts'
import type { Content } from '../../base/content.ts'
import { formatBytes, formatDuration } from '../../base/words.ts'
import type { Say } from '../discover.ts'

/** Counts what has gone out, and says so every few seconds. */
export type Progress = {
  /**
   * The same content. What counts of it is how far the reading has come: what is sent again, in part or from the start,
   * takes back what was sent of it before. Its parts are read one after the other.
   */
  watch(content: Content): Content
}

export type ProgressTools = { readonly clock: Clock; readonly say: Say }

const EVERY_MS = 5_000

/**
 * Speaks when bytes move and the last word is some seconds old; so it says nothing of small uploads, and nothing while
 * nothing moves: what holds up an attempt is said by whoever makes it.
 */
export function createProgress(totalBytes: number, { clock, say }: ProgressTools): Progress {
  const startMs = clock.now()
  let saidMs = startMs
  let sentBytes = 0
  const tell = () => {
    const nowMs = clock.now()
    if (nowMs - saidMs < EVERY_MS) return
    saidMs = nowMs
    say.info(progressLine({ sentBytes, totalBytes, ms: nowMs - startMs }))
  }
  return {
    watch(file) {
      let before = 0
      return followed(file, 0, (position) => {
        sentBytes += position - before
        before = position
        tell()
      })
    },
  }
}

export type Sent = { readonly sentBytes: number; readonly totalBytes: number; readonly ms: number }

/** `Uploading: 45 %, 1.2 GB of 2.7 GB, 57.7 MB/s, 25.7 s left`. */
export function progressLine({ sentBytes, totalBytes, ms }: Sent): string {
  const percent = totalBytes === 0 ? 100 : Math.floor((sentBytes * 100) / totalBytes)
  const bytesPerSecond = ms === 0 ? 0 : (sentBytes / ms) * 1_000
  const done = `Uploading: ${percent} %, ${formatBytes(sentBytes)} of ${formatBytes(totalBytes)}`
  if (bytesPerSecond === 0) return done
  const leftMs = ((totalBytes - sentBytes) / bytesPerSecond) * 1_000
  return `${done}, ${formatBytes(Math.round(bytesPerSecond))}/s, ${formatDuration(leftMs)} left`
}

/** A part that begins at `start` of its file; `reach` is told each position up to which the file has been read. */
function followed(content: Content, start: number, reach: (position: number) => void): Content {
  return {
    size: content.size,
    slice: (from, to) => followed(content.slice(from, to), start + from, reach),
    async *bytes() {
      let position = start
      reach(position)
      for await (const chunk of content.bytes()) {
        yield chunk
        position += chunk.length
        reach(position)
      }
    },
  }
}
