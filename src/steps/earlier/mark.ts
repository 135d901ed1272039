import type { BatchRecord } from '../../platform/batch-record.ts'

/** What the tags of a batch say of where it came from. */
export type Mark = {
  readonly repositoryId: string
  readonly publication: string
  /** Fingerprint of the whole publish that it is of. */
  readonly publish: string
  readonly part: { readonly number: number; readonly of: number }
  readonly fingerprint: string
  readonly names: string
  readonly files: string
  readonly ref: string
  /** Runs of one repository are numbered upwards. */
  readonly runId: number
  readonly attempt: number
  readonly run: string
}

/** A name that nobody chose. */
export function isDefaultName(publication: string): boolean {
  return publication.startsWith('glob:')
}

/** @returns undefined for a batch that no publish of this action made. */
export function readMark({ tags }: BatchRecord): Mark | undefined {
  const tag = (name: string) => tags[`gh_${name}`]?.[0] ?? ''
  const part = /^(\d+)\/(\d+)$/.exec(tag('part'))
  if (tag('repository_id') === '' || tag('publish') === '' || part === null) return undefined
  return {
    repositoryId: tag('repository_id'),
    publication: tag('publication'),
    publish: tag('publish'),
    part: { number: Number(part[1]), of: Number(part[2]) },
    fingerprint: tag('fingerprint'),
    names: tag('names'),
    files: tag('files'),
    ref: tag('ref'),
    runId: Number(tag('run_id')),
    attempt: Number(tag('attempt')),
    run: tag('run'),
  }
}
