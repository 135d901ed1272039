import { Problem } from '../base/problem.ts'
import type { Answer } from '../http/client.ts'
import { HttpFailure } from '../http/failure.ts'

/** A file of Data Access; `bytes` is undefined where the platform doesn't say. */
export type RemoteFile = { readonly id: string; readonly bytes: number | undefined }

/** Of a file that may be larger, only so much is held at once. */
const PIECE_BYTES = 4 * 1024 * 1024

/** Asks for the file with these headers. */
export type Get = (headers: Readonly<Record<string, string>>) => Promise<Answer>

/**
 * A short file in one request; of another one piece after the other, unless the platform sends all of it at once. Nothing of
 * a file that is not there. @throws Problem
 */
export async function* filePieces({ id, bytes }: RemoteFile, get: Get): AsyncGenerator<Uint8Array> {
  const isShort = bytes !== undefined && bytes <= PIECE_BYTES
  let total = bytes ?? Infinity
  for (let start = 0; start < total;) {
    const answer = await orEnd(() => get(isShort ? {} : { range: `bytes=${start}-${start + PIECE_BYTES - 1}` }))
    const piece = answer?.bytes() ?? new Uint8Array()
    const range = answer?.status === 206 ? rangeOf(answer) : undefined
    if (range?.from !== undefined && range.from !== start) throw anotherPart(id, start, range.from)
    if (piece.length > 0) yield piece
    if (range === undefined || piece.length === 0) return
    total = range.total ?? total
    start += piece.length
  }
}

/** 416: the last piece ended where the file does. */
async function orEnd(get: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await get()
  } catch (error) {
    const status = error instanceof HttpFailure ? error.refusal.status : undefined
    if (status === 404 || status === 410 || status === 416) return undefined
    throw error
  }
}

function rangeOf({ headers }: Answer): { readonly from: number | undefined; readonly total: number | undefined } {
  const [, from, total] = /^bytes (\d+)-\d+\/(\d+)/.exec(headers['content-range'] ?? '') ?? []
  return { from: numberOf(from), total: numberOf(total) }
}

function numberOf(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits)
}

/** Data Access API, "Retrieve a file": the range of an answer may be another one than was asked for. */
function anotherPart(id: string, start: number, from: number): Problem {
  return new Problem(`Cannot read ${JSON.stringify(id)} on from byte ${start}: the answer begins at byte ${from}`, {
    remedy: 'Look at the rejected rows in the Experience Platform user interface.',
  })
}
