import { createHash } from 'node:crypto'
import { ENCODED_NAME_MOST_CHARACTERS, NAME_SEGMENT_MOST_CHARACTERS } from '../platform/limits.ts'
import type { FileRefusal } from './refusal.ts'

/**
 * The name of a file inside its batch: its path from the workspace. Characters outside `[A-Za-z0-9._=-]` become `-`,
 * and a changed name gets 8 hexadecimal digits of its path's hash before its extension, so that it stays unique. macOS
 * may decompose a name (`e` and an accent) that other systems compose: both forms have one remote name.
 */
export function remoteName(given: string): string {
  const path = given.normalize('NFC')
  const segments = path.split('/')
  const safe = segments.map((segment) => shorten(segment.replace(OUTSIDE, '-'))).join('/')
  return safe === path ? path : withHash(safe, createHash('sha256').update(path).digest('hex').slice(0, 8))
}

const OUTSIDE = /[^A-Za-z0-9._=-]/gu

/** Keeps the extension: people and tools rely on it. */
function shorten(segment: string): string {
  if (segment.length <= NAME_SEGMENT_MOST_CHARACTERS) return segment
  const extension = /\.[^.]{1,16}$/.exec(segment)?.[0] ?? ''
  return segment.slice(0, NAME_SEGMENT_MOST_CHARACTERS - extension.length) + extension
}

function withHash(name: string, hash: string): string {
  const { stem, extension } = splitExtension(name)
  return `${stem}-${hash}${extension}`
}

/** `a/b.json` → `a/b` and `.json`. */
export function splitExtension(name: string): { readonly stem: string; readonly extension: string } {
  const [, stem = name, extension = ''] = /^(.*?)(\.[^./]*)?$/s.exec(name) ?? []
  return { stem, extension }
}

/** `key=value`: a partition, whose value the platform reads from the name. The value may hold another `=`. */
const PARTITION = /^[^=]+=/

export function partitionRefusal(path: string): readonly FileRefusal[] {
  const folder = findChangedPartition(path)
  if (folder === undefined) return []
  const reason = `is in the partition directory ${JSON.stringify(folder)}, whose value would be changed during the upload`
  return [
    { path, reason, remedy: 'Use only letters, digits, ".", "_" and "-" in the names of "key=value" directories.' },
  ]
}

/** A partition's value must arrive unchanged. @returns the first directory whose value would be changed. */
export function findChangedPartition(path: string): string | undefined {
  const folders = path.split('/').slice(0, -1)
  return folders.find(
    (folder) => PARTITION.test(folder) && (folder.search(OUTSIDE) >= 0 || folder.length > NAME_SEGMENT_MOST_CHARACTERS),
  )
}

/** The partitions of a path: its folders of the form `key=value`. */
export function partitionsOf(path: string): string {
  const folders = path.split('/').slice(0, -1)
  return folders.filter((folder) => PARTITION.test(folder)).join('/')
}

export function lengthRefusal(path: string): readonly FileRefusal[] {
  if (remoteName(path).split('/').map(encodeURIComponent).join('/').length <= ENCODED_NAME_MOST_CHARACTERS) return []
  return [{ path, reason: 'has a path that is too long for a URL', remedy: 'Shorten the names of its folders.' }]
}
