import type { Content } from '../../base/content.ts'
import type { CheckedFile } from '../preflight.ts'
import { MOST_BYTES_PART, MOST_BYTES_WHOLE } from './limits.ts'
import { pack, packs } from './pack.ts'
import { unusedPrefix } from './unused-prefix.ts'

/** One file of a batch, as it travels: several files packed in one, or a piece of one, look like any other. */
export type Transfer = {
  readonly remoteName: string
  readonly content: Content
  /** The files whose records it holds. */
  readonly sources: readonly CheckedFile[]
  readonly how: 'whole' | 'chunked'
}

/** What is never spread over several batches. */
export type Load = readonly Transfer[]

/** More files than this travel packed: as many requests are soon made, and a part is a file that people can look for. */
const MOST_UNPACKED = 100

/** What carries each file, in the order of the files. */
export function loads(files: readonly CheckedFile[]): readonly Load[] {
  const names = files.map(({ name }) => name)
  const small = files.filter(isPackable)
  if (small.length <= MOST_UNPACKED) return files.map((file) => loadOf(file, names))
  const prefix = unusedPrefix('packed-', names)
  const packed = packs(small).map((sources, index) => [
    transfer(`${prefix}${numbered(index)}.json`, pack(sources), sources),
  ])
  return [...packed, ...files.filter((file) => !isPackable(file)).map((file) => loadOf(file, names))]
}

function isPackable({ packing, content }: CheckedFile): boolean {
  return packing !== 'alone' && content.size < MOST_BYTES_PART
}

function loadOf(file: CheckedFile, names: readonly string[]): Load {
  const { name, content, pieces } = file
  if (pieces.length === 0) return [transfer(name, content, [file])]
  const [, stem = name, extension = ''] = /^(.*?)(\.[^./]*)?$/s.exec(name) ?? []
  const prefix = unusedPrefix(`${stem}-part-`, names)
  return pieces.map((piece, index) => transfer(`${prefix}${numbered(index)}${extension}`, piece, [file]))
}

function transfer(remoteName: string, content: Content, sources: readonly CheckedFile[]): Transfer {
  return { remoteName, content, sources, how: content.size > MOST_BYTES_WHOLE ? 'chunked' : 'whole' }
}

/** Five digits: in the order of their names they are in the order of their numbers. */
function numbered(index: number): string {
  return String(index + 1).padStart(5, '0')
}
