import type { Content } from '../../../src/lib/content.ts'
import type { CheckedFile } from '../../../src/files/read.ts'

/** A file of JSON Lines that, by default, is uploaded unchanged and by itself. */
export function checkedFile(name: string, content: Content, more: Partial<CheckedFile> = {}): CheckedFile {
  return {
    path: name,
    name,
    format: 'json',
    sentName: more.name ?? name,
    sentFormat: more.format ?? 'json',
    mapping: undefined,
    content,
    chunks: [],
    source: content,
    shape: { format: 'json', kind: 'lines' },
    isMultiLine: false,
    packing: 'alone',
    sourceBytes: content.size,
    sha256: name,
    rows: 1,
    ...more,
  }
}
