import { createHash } from 'node:crypto'
import type { FoundFile } from '../discover.ts'
import type { Format } from '../discover/choose-format.ts'

/** Everything but the files that decides what the platform makes of them. */
export type Reading = {
  readonly dataset: string
  readonly sandbox: string
  readonly format: Format
  readonly upsert: boolean
  /** Options that change the bytes that travel, or how the platform reads them; of this format alone. */
  readonly options: Readonly<Record<string, string>>
}

/** A source file: its name in the batch and the SHA-256 of its own bytes, whatever form they travel in. */
export type Source = { readonly name: string; readonly sha256: string }

/** A new formula must never give an old content a new fingerprint by accident; it gets a new number. */
const FORMULA = 1

/** SHA-256, in hexadecimal, over the content and its reading. Sources come in the order of their names. */
export function fingerprint(reading: Reading, sources: readonly Source[]): string {
  const { dataset, sandbox, format, upsert, options } = reading
  const sorted = Object.entries(options).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return digest(
    JSON.stringify([
      FORMULA,
      dataset,
      sandbox,
      format,
      upsert,
      sorted,
      sources.map(({ name, sha256 }) => [name, sha256]),
    ]),
  )
}

/** `gh_names`: which files there are, whatever is in them. */
export function namesHash(names: readonly string[]): string {
  return digest(JSON.stringify(names))
}

/** `gh_files`: names and sizes, in bytes, of all files found, before they are shared out. */
export function filesHash(found: readonly FoundFile[]): string {
  return digest(JSON.stringify(found.map(({ name, content }) => [name, content.size])))
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
