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

/** The recent speed of one request, measured next to those that run at the same time. */
export type Pace = {
  /** Records a request that sent this many bytes and was answered. */
  note(bytes: number, ms: number): void
  /** Records a request that ended before it had sent this many bytes. */
  noteLess(bytes: number, ms: number): void
  /** How many bytes a request sends in this time; undefined before the first measurement. */
  carries(ms: number): number | undefined
}

/** The newest request counts as much as all earlier ones, because the connection can change during a large upload. */
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

/** Converts the pace of a single request with the whole bandwidth into that of `requests` concurrent ones. */
export function sharedPace(pace: Pace, requests: number): Pace {
  return {
    ...pace,
    note: (bytes, ms) => pace.note(bytes, ms * requests),
    noteLess: (bytes, ms) => pace.noteLess(bytes, ms * requests),
  }
}

/** The size of the next chunk of a file, at most `mostBytes`. */
export function nextChunkBytes(pace: Pace, mostBytes: number): number {
  return Math.min(pace.carries(CHUNK_TARGET_MS) ?? CHUNK_FIRST_BYTES, mostBytes)
}

/** Whether a file can be sent in one request, as far as the speed is known. */
export function goesWhole(bytes: number, pace: Pace): boolean {
  return bytes <= Math.max(pace.carries(WHOLE_FILE_TARGET_MS) ?? Infinity, PACE_LEAST_BYTES)
}

/**
 * Chooses the file to send first and alone, to measure the speed before several large files are sent at once: the smallest
 * one that gives a useful measurement. Undefined if the speed is known, or with fewer than two large files.
 */
export function scoutOf(transfers: readonly Transfer[], pace: Pace): Transfer | undefined {
  const isKnown = pace.carries(1) !== undefined
  const large = transfers.filter(({ content, how }) => how === 'whole' && content.size > CHUNK_FIRST_BYTES)
  if (isKnown || large.length < 2) return undefined
  const telling = transfers.filter(({ content }) => content.size >= PACE_LEAST_BYTES)
  return telling.toSorted((a, b) => a.content.size - b.content.size)[0]
}

/** Counts the bytes sent, and logs them every few seconds. */
export type Progress = {
  /**
   * Returns the same content, observed. Its progress is the position up to which it was read: sending a part again moves
   * the count back. Its parts must be read one after the other.
   */
  track(content: Content): Content
}

const EVERY_MS = 5_000

/**
 * Logs only when bytes were read and the last line is some seconds old. So small uploads and stalled ones are silent; the
 * code that sends a request reports what delays it.
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

/** Observes a part that begins at `start` of its file. `reach` receives each position up to which the file was read. */
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
