import { bytesContent, type Content } from '../../base/content.ts'
import { joinedContent } from '../../base/joined-content.ts'
import type { CheckedFile } from '../preflight.ts'
import { MOST_BYTES_PART } from './limits.ts'

/** Files that go in one part each, in their order. */
export function packs(files: readonly CheckedFile[]): readonly (readonly CheckedFile[])[] {
  const groups: CheckedFile[][] = []
  let bytes = 0
  for (const file of files) {
    const last = groups.at(-1)
    const size = packedBytes(file)
    if (last !== undefined && bytes + size <= MOST_BYTES_PART) {
      last.push(file)
      bytes += size
    } else {
      groups.push([file])
      bytes = size
    }
  }
  return groups
}

const LINE_END = bytesContent(new Uint8Array([0x0a]))

/** The files' lines one behind the other. Without its last line end, a file would share a line with the next one. */
export function pack(files: readonly CheckedFile[]): Content {
  return joinedContent(
    files.flatMap(({ content, packing }) => (packing === 'with a line end' ? [content, LINE_END] : [content])),
  )
}

function packedBytes({ content, packing }: CheckedFile): number {
  return content.size + (packing === 'with a line end' ? LINE_END.size : 0)
}
