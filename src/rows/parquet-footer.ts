import type { FileMetaData } from 'hyparquet'
import { parquetMetadata } from 'hyparquet/src/metadata.js'
import type { Content } from '../base/content.ts'
import { readAll } from './read-all.ts'
import { refusal, type Refusal } from './refusal.ts'

export type ParquetFooter = {
  readonly kind: 'footer'
  readonly metadata: FileMetaData
  /** Where the footer begins, and what the columns hold ends. */
  readonly dataEnd: number
}

/** Length and magic, at the very end. */
const TAIL_BYTES = 8

/** The magic at both ends and the length of a footer, and not a byte between them. */
const SMALLEST_BYTES = 12

/** The footer of a file with a hundred thousand column chunks takes some 20 MiB. */
const LARGEST_FOOTER_BYTES = 64 * 1024 * 1024

/** Reads a Parquet file's footer, and nothing else of it. */
export async function parquetFooter(content: Content): Promise<ParquetFooter | Refusal> {
  const tail = await readAll(content.slice(Math.max(0, content.size - TAIL_BYTES), content.size))
  const refused = await refuseMagic(content, tail)
  if (refused !== undefined) return refused
  const footerBytes = Buffer.from(tail).readUInt32LE(0)
  const dataEnd = content.size - TAIL_BYTES - footerBytes
  if (dataEnd < 4) return refusal('parquet-footer', { found: 'it would be longer than the file' })
  if (footerBytes > LARGEST_FOOTER_BYTES) return refusal('parquet-footer', { found: 'it is longer than 64 MiB' })
  const metadata = readFooter(await readAll(content.slice(dataEnd, content.size)))
  if (metadata === undefined) return refusal('parquet-footer', { found: 'it is not what Parquet writes' })
  return { kind: 'footer', metadata, dataEnd }
}

async function refuseMagic(content: Content, tail: Uint8Array): Promise<Refusal | undefined> {
  const first = ascii(await readAll(content.slice(0, Math.min(4, content.size))))
  const last = ascii(tail.subarray(-4))
  if (first === 'PARE' || (first === 'PAR1' && last === 'PARE')) return refusal('parquet-encrypted')
  if (first !== 'PAR1') return refusal('not-parquet')
  return last === 'PAR1' && content.size >= SMALLEST_BYTES ? undefined : refusal('parquet-truncated')
}

function ascii(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1')
}

function readFooter(footer: Uint8Array): FileMetaData | undefined {
  try {
    return parquetMetadata(footer, { geoparquet: false })
  } catch {
    // The reader stumbles over what is missing, each time in another way; all of them mean the same.
    return undefined
  }
}
