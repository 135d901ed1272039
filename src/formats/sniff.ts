import { CARRIAGE_RETURN, LINE_FEED, SPACE, TAB } from '../lib/text.ts'

/** What the first bytes of a file betray, whatever its name says. */
export type Suspicion =
  | { readonly kind: 'empty' }
  | { readonly kind: 'lfs-pointer' }
  | { readonly kind: 'html' }
  | { readonly kind: 'utf-16' }
  | { readonly kind: 'byte-order-mark' }
  | { readonly kind: 'compressed'; readonly by: string }
  | { readonly kind: 'parquet' }

/** How many bytes {@link sniff} wants to see. */
export const SNIFF_BYTES = 512

/** Looks at the first {@link SNIFF_BYTES} bytes of a file, or at all of a shorter one. */
export function sniff(head: Uint8Array): Suspicion | undefined {
  if (head.length === 0) return { kind: 'empty' }
  const by = COMPRESSED.find(({ magic }) => startsWith(head, magic))?.by
  if (by !== undefined) return { kind: 'compressed', by }
  if (startsWith(head, [0xef, 0xbb, 0xbf])) return { kind: 'byte-order-mark' }
  if (isUtf16(head)) return { kind: 'utf-16' }
  if (isParquet(head)) return { kind: 'parquet' }
  return ofText(Buffer.from(head).toString('latin1'))
}

/** Each long enough that no CSV or JSON text begins with it. */
const COMPRESSED: readonly { readonly by: string; readonly magic: readonly number[] }[] = [
  { by: 'gzip', magic: [0x1f, 0x8b] },
  { by: 'zip', magic: [0x50, 0x4b, 0x03, 0x04] },
  { by: 'zip', magic: [0x50, 0x4b, 0x05, 0x06] },
  { by: 'xz', magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] },
  { by: 'zstd', magic: [0x28, 0xb5, 0x2f, 0xfd] },
  { by: 'lz4', magic: [0x04, 0x22, 0x4d, 0x18] },
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((level) => ({
    by: 'bzip2',
    magic: [0x42, 0x5a, 0x68, 0x30 + level, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59],
  })),
]

function startsWith(head: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, at) => head[at] === byte)
}

/** By its mark, or by the NUL that UTF-16 puts beside the ASCII character every JSON and nearly every CSV begins with. */
function isUtf16(head: Uint8Array): boolean {
  if (startsWith(head, [0xff, 0xfe]) || startsWith(head, [0xfe, 0xff])) return true
  return head.length >= 2 && (head[0] === 0) !== (head[1] === 0)
}

/** A column of a CSV may be called PAR1; a Parquet file goes on with a binary byte. */
function isParquet(head: Uint8Array): boolean {
  const next = head[4]
  const magic = startsWith(head, [0x50, 0x41, 0x52, 0x31]) || startsWith(head, [0x50, 0x41, 0x52, 0x45])
  return magic && next !== undefined && next < SPACE && ![TAB, LINE_FEED, CARRIAGE_RETURN].includes(next)
}

function ofText(text: string): Suspicion | undefined {
  if (text.startsWith('version https://git-lfs.github.com/spec/')) return { kind: 'lfs-pointer' }
  if (/^\s*(?:<!--[^]*?-->\s*)?<(?:!doctype\s+html|html|head|body)\b/i.test(text)) return { kind: 'html' }
  return undefined
}
