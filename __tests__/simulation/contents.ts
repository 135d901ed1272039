import { bytesContent } from '../../src/base/content.ts'
import type { WorkspaceFile } from '../../src/github/describe-file.ts'

export type Kind = 'lines' | 'array' | 'csv'

/** One version of what a publication holds. */
export type Contents = {
  /** Unlike that of any other contents in a story, as all its row ids are. */
  readonly name: string
  readonly kind: Kind
  readonly files: readonly ContentFile[]
}

type ContentFile = {
  readonly path: string
  readonly text: string
  /** What the platform must get of it, byte for byte. */
  readonly travels: string
  /** Ids of the rows that the platform can take, and of those it can't. */
  readonly good: readonly string[]
  readonly bad: readonly string[]
}

export type ContentWish = {
  readonly name: string
  readonly folder: string
  readonly kind: Kind
  readonly files: number
  readonly rowsPerFile: number
  readonly badRows: number
  /** Filler of every row, in bytes. */
  readonly weight: number
}

const EXTENSIONS = { lines: 'jsonl', array: 'json', csv: 'csv' } as const

export function makeContents(wish: ContentWish): Contents {
  const files = Array.from({ length: wish.files }, (_, file) => makeFile(wish, file))
  return { name: wish.name, kind: wish.kind, files }
}

function makeFile(wish: ContentWish, file: number): ContentFile {
  const { kind, name, folder, rowsPerFile } = wish
  const ids = Array.from({ length: rowsPerFile }, (_, row) => `${name}-${file}-${row}`)
  const bad = file === 0 && kind !== 'csv' ? ids.slice(0, wish.badRows) : []
  const rows = ids.map((id) => member(id, bad.includes(id), wish.weight))
  const path = `${folder}/part-${file}.${EXTENSIONS[kind]}`
  const good = ids.filter((id) => !bad.includes(id))
  return { path, good, bad, ...texts(kind, ids, rows) }
}

function member(id: string, isBad: boolean, weight: number): unknown {
  const filler = weight === 0 ? {} : { tags: ['x'.repeat(weight)] }
  return { _emutenant: { loyalty: { loyaltyId: id, points: isBad ? 'many' : 3, ...filler } } }
}

function texts(kind: Kind, ids: readonly string[], rows: readonly unknown[]) {
  if (kind === 'csv') {
    const text = `sku,name\n${ids.map((id) => `${id},n\n`).join('')}`
    return { text, travels: text }
  }
  const lines = rows.map((row) => `${JSON.stringify(row)}\n`).join('')
  return kind === 'lines'
    ? { text: lines, travels: lines }
    : { text: JSON.stringify(rows, undefined, 1), travels: lines }
}

export function goodRows({ files }: Contents): readonly string[] {
  return files.flatMap(({ good }) => good)
}

export function badRows({ files }: Contents): readonly string[] {
  return files.flatMap(({ bad }) => bad)
}

/** The id of a row that the platform holds. */
export function rowId(row: unknown): string {
  const text = JSON.stringify(row) ?? ''
  return /"(?:loyaltyId|sku)":"([^"]*)"/.exec(text)?.[1] ?? text
}

export function checkedOut({ files }: Contents): readonly WorkspaceFile[] {
  return files.map(({ path, text }) => ({
    path,
    identity: path,
    isLinked: false,
    content: bytesContent(new TextEncoder().encode(text)),
  }))
}
