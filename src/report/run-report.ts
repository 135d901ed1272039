import type { ValidatedFile } from '../check/findings.ts'
import type { Counts } from '../platform/records.ts'
import type { Diagnosis } from '../publish/rejected/diagnose.ts'
import type { BatchFact, RunEnd, RunFacts } from './facts.ts'
import { type MatchedFindings, type ReportedRejection, matchFindings } from './findings.ts'
import { type RunVerdict, countsOf, judgeRun } from './headline.ts'
import { newNotes } from './notes.ts'

/** Why the platform rejected rows of a batch, and which. */
export type ReportedDiagnosis = Omit<Diagnosis, 'rejections'> & { readonly rejections: readonly ReportedRejection[] }

export type ReportedBatch = Omit<BatchFact, 'diagnosis'> & {
  /** Undefined where no row was rejected, or nobody looked. */
  readonly diagnosis: ReportedDiagnosis | undefined
  /** What the platform counted; undefined where it didn't. */
  readonly counts: Counts | undefined
  /** Notes of its outcome that are told nowhere else, neither in the verdict nor with the rejected rows. */
  readonly notes: readonly string[]
}

/**
 * All that is said of a run, decided once: whatever renders it (log, summary, annotations, JSON, SARIF, outputs) decides
 * nothing. It holds values of rejected rows only where they may be shown.
 */
export type RunReport = Omit<RunFacts, 'batches'> &
  RunVerdict & {
    readonly batches: readonly ReportedBatch[]
    /** What was found in rows and the platform did not confirm at every place. */
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
