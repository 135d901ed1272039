import { createHash } from 'node:crypto'

/** `key=value`: a partition, whose value the platform reads from the name. */
const PARTITION = /^[^=]+=[^=]*$/

const OUTSIDE = /[^A-Za-z0-9._=-]/gu
const LONGEST_SEGMENT = 200

/**
 * The name of a file inside its batch: its path from the workspace. What is not `[A-Za-z0-9._=-]` becomes `-`, and a name
 * that was changed gets 8 hexadecimal digits of its path's hash before its extension, so that it stays unlike others.
 * macOS may spell a name decomposed (`e` and an accent) that is composed elsewhere: both have one remote name.
 */
export function remoteName(given: string): string {
  const path = given.normalize('NFC')
  const segments = path.split('/')
  const safe = segments.map((segment) => shortened(segment.replace(OUTSIDE, '-'))).join('/')
  return safe === path ? path : withHash(safe, createHash('sha256').update(path).digest('hex').slice(0, 8))
}

/** A partition's value must arrive as it is. @returns the first directory whose value would be changed. */
export function changedPartition(path: string): string | undefined {
  const folders = path.split('/').slice(0, -1)
  return folders.find(
    (folder) => PARTITION.test(folder) && (folder.search(OUTSIDE) >= 0 || folder.length > LONGEST_SEGMENT),
  )
}

/** The extension stays: people and tools go by it. */
function shortened(segment: string): string {
  if (segment.length <= LONGEST_SEGMENT) return segment
  const extension = /\.[^.]{1,16}$/.exec(segment)?.[0] ?? ''
  return segment.slice(0, LONGEST_SEGMENT - extension.length) + extension
}

function withHash(name: string, hash: string): string {
  const [, stem = name, extension = ''] = /^(.*?)(\.[^./]*)?$/s.exec(name) ?? []
  return `${stem}-${hash}${extension}`
}
