import type { Run } from '../../github/context.ts'

export type Tag = { readonly key: string; readonly value: string }

/** What the tags of a batch tell later runs, and people who look at it in the platform's user interface. */
export type Marks = {
  readonly publication: string
  /** Fingerprint of the whole publish, whichever way it was cut. */
  readonly publish: string
  readonly part: { readonly number: number; readonly of: number }
  /** Fingerprint of this batch. */
  readonly fingerprint: string
  readonly namesHash: string
  readonly filesHash: string
}

export type Tags = Readonly<Record<string, readonly string[]>>

export function batchTags(run: Run, marks: Marks, more: readonly Tag[]): Tags {
  const own = Map.groupBy(more, ({ key }) => key)
  return {
    gh_repository: [run.repository],
    gh_repository_id: [run.repositoryId],
    gh_ref: [run.ref],
    gh_sha: [run.sha],
    gh_run_id: [run.runId],
    gh_attempt: [String(run.attempt)],
    gh_run: [run.url],
    gh_workflow: [run.workflow],
    gh_publication: [marks.publication],
    gh_publish: [marks.publish],
    gh_part: [`${marks.part.number}/${marks.part.of}`],
    gh_fingerprint: [marks.fingerprint],
    gh_names: [marks.namesHash],
    gh_files: [marks.filesHash],
    ...Object.fromEntries(Array.from(own, ([key, tags]) => [key, tags.map(({ value }) => value)])),
  }
}

/**
 * Names one creation of a batch, so that a lost answer can be looked up. Only characters that are safe in the filter of a
 * look-up, which Adobe's notification schema allows in ingestion ids; `salt` makes it unlike that of any other creation.
 */
export function externalId(run: Run, part: number, salt: string): string {
  return ['gh', run.repository, run.runId, run.attempt, part, salt].join('/').replace(/[^0-9A-Za-z._/-]/g, '-')
}
