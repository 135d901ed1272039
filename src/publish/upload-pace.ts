import type { Context } from '../context.ts'
import type { Transfer } from '../files/plan.ts'
import type { Content } from '../lib/content.ts'
import { formatBytes, formatDuration } from '../lib/text.ts'
import {
  CHUNK_FIRST_BYTES,
  CHUNK_TARGET_MS,
  PACE_LEAST_BYTES,
  PACE_LEAST_MS,
  WHOLE_FILE_TARGET_MS,
} from '../platform/limits.ts'

/** How fast one request has carried bytes lately, beside those that run at the same time. */
export type Pace = {
  /** A request has carried so many bytes, and was answered. */
  note(bytes: number, ms: number): void
  /** A request was ended before it had carried so many. */
  noteLess(bytes: number, ms: number): void
  /** How many bytes a request carries in this time; undefined while nothing was measured. */
  carries(ms: number): number | undefined
}

/** The newest request counts as much as all before it: lines change while a large file is on its way. */
export function createPace(): Pace {
  let bytesPerMs: number | undefined
  return {
    note(bytes, ms) {
      if (bytes < PACE_LEAST_BYTES) return
      const latest = bytes / Math.max(ms, 1)
      bytesPerMs = bytesPerMs === undefined ? latest : (bytesPerMs + latest) / 2
    },
    noteLess(bytes, ms) {
      if (bytes < PACE_LEAST_BYTES || ms < PACE_LEAST_MS) return
      bytesPerMs = Math.min(bytesPerMs ?? Infinity, bytes / Math.max(ms, 1))
    },
    carries: (ms) => (bytesPerMs === undefined ? undefined : Math.floor(bytesPerMs * ms)),
  }
}

/** Of a request that has the line to itself, for requests of which so many will share it. */
export function sharedPace(pace: Pace, requests: number): Pace {
  return {
    ...pace,
    note: (bytes, ms) => pace.note(bytes, ms * requests),
    noteLess: (bytes, ms) => pace.noteLess(bytes, ms * requests),
  }
}

/** How large the next chunk of a file should be, where at most `mostBytes` may travel in one. */
export function nextChunkBytes(pace: Pace, mostBytes: number): number {
  return Math.min(pace.carries(CHUNK_TARGET_MS) ?? CHUNK_FIRST_BYTES, mostBytes)
}

/** Whether a file will arrive in one request, as far as anything is known of the line. */
export function goesWhole(bytes: number, pace: Pace): boolean {
  return bytes <= Math.max(pace.carries(WHOLE_FILE_TARGET_MS) ?? Infinity, PACE_LEAST_BYTES)
}

/**
 * What goes first and alone, to tell how fast the line is before several large files are on it at once: the smallest that
 * tells anything. None where that is known, or where nothing is large.
 */
export function scoutOf(transfers: readonly Transfer[], pace: Pace): Transfer | undefined {
  const isKnown = pace.carries(1) !== undefined
  const large = transfers.filter(({ content, how }) => how === 'whole' && content.size > CHUNK_FIRST_BYTES)
  if (isKnown || large.length < 2) return undefined
  const telling = transfers.filter(({ content }) => content.size >= PACE_LEAST_BYTES)
  return telling.toSorted((a, b) => a.content.size - b.content.size)[0]
}

/** Counts what has gone out, and says so every few seconds. */
export type Progress = {
  /**
   * The same content. What counts of it is how far the reading has come: what is sent again, in part or from the start,
   * takes back what was sent of it before. Its parts are read one after the other.
   */
  track(content: Content): Content
}

const EVERY_MS = 5_000

/**
 * Speaks when bytes move and the last word is some seconds old; so it says nothing of small uploads, and nothing while
 * nothing moves: what holds up an attempt is said by whoever makes it.
 */
export function createProgress(totalBytes: number, { clock, log }: Context): Progress {
  const startMs = clock.now()
  let saidMs = startMs
  let sentBytes = 0
  const tell = () => {
    const nowMs = clock.now()
    if (nowMs - saidMs < EVERY_MS) return
    saidMs = nowMs
    log.info(progressLine({ sentBytes, totalBytes, ms: nowMs - startMs }))
  }
  return {
    track(file) {
      let before = 0
      return observeReading(file, 0, (position) => {
        sentBytes += position - before
        before = position
        tell()
      })
    },
  }
}

export type UploadProgress = { readonly sentBytes: number; readonly totalBytes: number; readonly ms: number }

/** `Uploading: 45 %, 1.2 GB of 2.7 GB, 57.7 MB/s, 25.7 s left`. */
export function progressLine({ sentBytes, totalBytes, ms }: UploadProgress): string {
  const percent = totalBytes === 0 ? 100 : Math.floor((sentBytes * 100) / totalBytes)
  const bytesPerSecond = ms === 0 ? 0 : (sentBytes / ms) * 1_000
  const done = `Uploading: ${percent} %, ${formatBytes(sentBytes)} of ${formatBytes(totalBytes)}`
  if (bytesPerSecond === 0) return done
  const leftMs = ((totalBytes - sentBytes) / bytesPerSecond) * 1_000
  return `${done}, ${formatBytes(Math.round(bytesPerSecond))}/s, ${formatDuration(leftMs)} left`
}

/** A part that begins at `start` of its file; `reach` is told each position up to which the file has been read. */
function observeReading(content: Content, start: number, reach: (position: number) => void): Content {
  return {
    size: content.size,
    slice: (from, to) => observeReading(content.slice(from, to), start + from, reach),
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
