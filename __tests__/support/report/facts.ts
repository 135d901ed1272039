import { bytesContent } from '../../../src/lib/content.ts'
import {
  createRunFactsRecorder,
  type BatchFact,
  type RunInfo,
  type MappingFact,
  type RunFacts,
  type Span,
} from '../../../src/report/facts.ts'
import type { MappingCounts } from '../../../src/mapping/counts.ts'
import type { DatasetRecord } from '../../../src/platform/records.ts'
import type { BatchId } from '../../../src/platform/ids.ts'
import { explain, type Reason } from '../../../src/publish/rejected/explain.ts'
import type { Diagnosis, Rejection } from '../../../src/publish/rejected/diagnose.ts'
import type { FoundPlace } from '../../../src/publish/rejected/locate.ts'
import type { ValidatedFile } from '../../../src/check/findings.ts'
import type { CheckedFile } from '../../../src/files/read.ts'
import type { Outcome } from '../../../src/publish/outcome.ts'
import { batchId, datasetId, RUN } from '../make.ts'
import { checkedFile } from '../check/checked-file.ts'

/** The start of the runs in these tests: 2026-03-02, 02:00 UTC. */
export const START_MS = Date.UTC(2026, 2, 2, 2)

/** The facts of a run; facts that are not given are those of a run that knows nothing. */
export function factsOf(more: Partial<RunFacts>): RunFacts {
  return { ...createRunFactsRecorder().facts(), ...more }
}

export function runInfoOf(given: Readonly<Record<string, string>> = {}, more: Partial<RunInfo> = {}): RunInfo {
  const usual = { dataset: '5c8c3c555033b814b69f947f', glob: 'data/**/*.jsonl', sandbox: 'prod' }
  return {
    run: { ...RUN, sha: '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567', attempt: 1 },
    platformUrl: 'https://platform.adobe.io',
    sandbox: 'prod',
    showValues: false,
    given: Object.entries({ ...usual, ...given }).map(([name, value]) => ({ name, value })),
    ...more,
  }
}

export function datasetOf(more: Partial<DatasetRecord> = {}): DatasetRecord {
  return {
    id: datasetId('5c8c3c555033b814b69f947f'),
    name: 'Loyalty members',
    schemaId: 'https://ns.adobe.com/acme/schemas/0a1b2c',
    tags: {},
    isManaged: false,
    version: '1.0.0',
    updatedMs: undefined,
    storedFormat: 'parquet',
    ...more,
  }
}

type Size = { readonly rows: number | undefined; readonly bytes: number }

/** A file of JSON Lines; `bytes` is only a number, no data of that size is created. */
export function fileOf(path: string, more: Partial<Size> = {}): CheckedFile {
  const { rows, bytes }: Size = { rows: 100, bytes: 20_000, ...more }
  const content = { ...bytesContent(new Uint8Array()), size: bytes }
  return checkedFile(path, content, { sha256: '9f86d081884c7d659a2feaa0c55ad015', rows })
}

/** A batch that, by default, was sent, completed and seen to finish. */
export function batchOf(id: string, more: Partial<BatchFact> = {}): BatchFact {
  return {
    id: batchId(id),
    part: { number: 1, of: 1 },
    rows: 100,
    bytes: 20_000,
    replaced: [],
    openedMs: START_MS + 4_200,
    completedMs: START_MS + 6_900,
    finishedMs: START_MS + 96_900,
    diagnosis: undefined,
    isCompleted: true,
    status: 'success',
    outcome: undefined,
    ...more,
  }
}

type Numbers = { readonly read?: number; readonly written?: number; readonly failed?: number }

export function countsOf({ read, written, failed }: Numbers = {}) {
  return { read, written, failed }
}

export function published(rows: number, notes: readonly string[] = []): Outcome {
  const counts = countsOf({ read: rows, written: rows, failed: 0 })
  return { kind: 'published', status: 'success', counts, notes }
}

export function reason(code: string, more: Partial<Omit<Reason, 'code' | 'explanation'>> = {}): Reason {
  return { code, texts: [], rows: undefined, sampled: 0, explanation: explain(code), ...more }
}

type Told = { readonly pointer?: string; readonly message?: string; readonly record?: string }

export function rejection(
  code: string,
  found: FoundPlace,
  { pointer = '', message = '', record }: Told = {},
): Rejection {
  return { code, pointer, found, quoted: { message, pointer, record } }
}

export function at(file: string, line: number, column = 1): FoundPlace {
  return { kind: 'found', file, place: { kind: 'text', line, column } }
}

export function diagnosis(batch: BatchId, more: Partial<Omit<Diagnosis, 'batch'>>): Diagnosis {
  return { batch, reasons: [], rejections: [], isWhole: true, notes: [], ...more }
}

/** Consecutive phases without gaps. */
export function spansOf(phases: readonly (readonly [phase: Span['phase'], ms: number])[]): readonly Span[] {
  let now = START_MS
  return phases.map(([phase, ms]) => {
    const startMs = now
    now += ms
    return { phase, startMs, endMs: now }
  })
}

/** Validated files without findings. */
export function withoutFindings(files: readonly CheckedFile[]): readonly ValidatedFile[] {
  return files.map(({ path, rows = 0 }) => ({ path, rows, badRows: 0, rejectedRows: 0, findings: [] }))
}

/** The result of mapping ten rows with a set of two mappings. */
export function mappingFact(more: Partial<MappingFact> = {}): MappingFact {
  return {
    name: 'mappings/members.json',
    id: undefined,
    version: undefined,
    formula: 'f'.repeat(64),
    counts: [
      countOf({ mapping: 1, source: 'first_name', target: 'person.name.firstName', values: 9, nulls: 1 }),
      countOf({ mapping: 2, source: 'date(born, "dd/MM/yyyy")', target: 'person.birthDate', values: 8, errors: 2 }),
    ],
    unmapped: ['remarks', 'fax'],
    ...more,
  }
}

function countOf(more: Partial<MappingCounts>): MappingCounts {
  return {
    mapping: 1,
    source: '',
    target: '',
    values: 0,
    nulls: 0,
    errors: 0,
    ambiguousDates: 0,
    emptyParts: 0,
    ...more,
  }
}
