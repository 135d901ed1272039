import type { ValidatedFile } from '../check/findings.ts'
import type { Counts } from '../platform/records.ts'
import type { Diagnosis } from '../publish/rejected/diagnose.ts'
import type { BatchFact, RunEnd, RunFacts } from './facts.ts'
import { type MatchedFindings, type ReportedRejection, matchFindings } from './findings.ts'
import { type RunVerdict, countsOf, judgeRun } from './headline.ts'
import { newNotes } from './notes.ts'

/** Why the platform rejected rows of a batch, and which rows. */
export type ReportedDiagnosis = Omit<Diagnosis, 'rejections'> & { readonly rejections: readonly ReportedRejection[] }

export type ReportedBatch = Omit<BatchFact, 'diagnosis'> & {
  /** Undefined if no row was rejected, or the run did not look. */
  readonly diagnosis: ReportedDiagnosis | undefined
  /** The platform's counts; undefined if it gave none. */
  readonly counts: Counts | undefined
  /** Notes of its outcome that appear neither in the verdict nor with the rejected rows. */
  readonly notes: readonly string[]
}

/**
 * Everything that is reported about a run, decided once. The renderers (log, summary, annotations, JSON, SARIF, outputs)
 * make no decisions. It contains values of rejected rows only if they can be shown.
 */
export type RunReport = Omit<RunFacts, 'batches'> &
  RunVerdict & {
    readonly batches: readonly ReportedBatch[]
    /** Validation findings without those that the platform confirmed at every place. */
    readonly unconfirmed: readonly ValidatedFile[]
  }

export function runReport(facts: RunFacts, end: RunEnd): RunReport {
  const rejections = facts.batches.flatMap(({ diagnosis }) => diagnosis?.rejections ?? [])
  const findings = matchFindings(facts.validated ?? [], rejections)
  const showsValues = facts.runInfo?.showValues ?? false
  const verdict = judgeRun(facts, end)
  return {
    ...facts,
    ...verdict,
    batches: facts.batches.map(({ diagnosis, ...batch }) => ({
      ...batch,
      counts: countsOf(batch),
      notes: newNotes({ ...batch, diagnosis }, verdict),
      diagnosis: diagnosis && reportDiagnosis(diagnosis, findings, showsValues),
    })),
    unconfirmed: findings.unconfirmed,
  }
}

function reportDiagnosis(diagnosis: Diagnosis, findings: MatchedFindings, showsValues: boolean): ReportedDiagnosis {
  const rejections = diagnosis.rejections.map((rejection) => {
    const { quoted, ...plain } = rejection
    return { ...plain, message: showsValues ? quoted.message : undefined, finding: findings.findingFor(rejection) }
  })
  return { ...diagnosis, rejections }
}
