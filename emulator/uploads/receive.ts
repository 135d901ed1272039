import { createHash } from 'node:crypto'
import { problem } from '../http/answers.ts'
import { Refusal } from '../http/exchange.ts'
import type { StoredBytes } from './storage.ts'

export type Received = { readonly size: number; readonly sha256: string | undefined }

export type Receipt = { readonly position: number; readonly maxBytes: number; readonly hashed: boolean }

/** Stores and hashes a body. Throws a {@link Refusal} with 413 as soon as it is too long. */
export async function receive(
  stored: StoredBytes,
  body: AsyncIterable<Uint8Array>,
  receipt: Receipt,
): Promise<Received> {
  const hash = receipt.hashed ? createHash('sha256') : undefined
  const size = await stored.write(receipt.position, watched(body, receipt.maxBytes, hash))
  return { size, sha256: hash?.digest('hex') }
}

type Hash = { update(chunk: Uint8Array): unknown }

async function* watched(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
  hash: Hash | undefined,
): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > maxBytes) throw tooLarge(maxBytes)
    hash?.update(chunk)
    yield chunk
  }
}

export function tooLarge(maxBytes: number): Refusal {
  return new Refusal(problem(413, `The request body is longer than ${maxBytes} bytes.`))
}
