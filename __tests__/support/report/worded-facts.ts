import { Problem } from '../../../src/lib/errors.ts'
import type { BatchFact, MappingFact, RunEnd, RunFacts } from '../../../src/report/facts.ts'
import { InvalidFiles } from '../../../src/files/refusal.ts'
import {
  at,
  batchOf,
  countsOf,
  datasetOf,
  diagnosis,
  runInfoOf,
  factsOf,
  fileOf,
  mappingFact,
  rejection,
  spansOf,
} from './facts.ts'
import { validatedFile, finding } from '../check/validated-file.ts'
import { batchId, RUN } from '../make.ts'
import { rowDiff } from '../diff/row-diff.ts'

export type Word = () => string

/** The facts of a run that knows everything, with a word in every place that takes external text. */
export function wordedFacts(word: Word): RunFacts {
  const path = word()
  const files = [fileOf(path), fileOf(word())]
  return factsOf({
    runInfo: runInfoOf(
      { glob: word(), publication: word() },
      { run: { ...RUN, repository: word(), ref: word(), sha: word(), runId: word(), workflow: word() } },
    ),
    dataset: datasetOf({
      name: word(),
      tags: { unifiedProfile: ['enabled:true'], acp_granular_plugin_validation_flags: ['profile:disabled', word()] },
    }),
    found: files,
    files,
    validated: [validatedFile(path, finding({ path: word(), expected: word(), received: word(), hint: word() }))],
    mapping: wordedMapping(word),
    mappedRecords: [[{ path: word(), value: word() }, { path: word() }]],
    proposal: {
      file: path,
      mappings: [{ column: word(), target: word(), certainty: 'guess' }],
      unmatched: [word()],
      missing: [word()],
      text: JSON.stringify({ mappings: [{ source: word() }] }),
    },
    schema: { title: word(), entity: 'profile', behaviour: 'record', isUnion: true },
    publish: { publication: word(), publishFingerprint: word() },
    preview: {
      creates: word(),
      enables: true,
      aborts: [batchId('A')],
      waitsFor: [batchId('W')],
      sends: [{ part: { number: 1, of: 1 }, files: 2, rows: 1, bytes: 1 }],
      keeps: [batchId('K')],
      replaces: [batchId('R')],
      warnings: [word()],
      why: word(),
    },
    diff: rowDiff({
      base: { commit: word(), kind: 'published', isProved: false },
      key: { kind: 'input', paths: [word()] },
      way: 'append',
      added: 1,
      changed: 2,
      removed: 3,
      unchanged: 4,
      baseKeys: 7,
      removedKeys: 2,
      duplicateKeys: 5,
      keyless: 6,
      unreadable: 7,
      unreadableBase: { rows: 3, file: word(), line: 9 },
      fields: [{ path: `/${word()}`, rows: 2 }],
      samples: [{ change: 'added', file: word(), line: 8 }],
    }),
    batches: [worded('01JNDQA', word), worded('01JNDQB', word)],
    spans: spansOf([
      ['Upload', 1_000],
      ['Wait for ingestion', 1_000],
    ]),
  })
}

function wordedMapping(word: Word): MappingFact {
  const { counts, ...fact } = mappingFact({ name: word(), id: word(), version: 3, unmapped: [word(), 'remarks'] })
  return { ...fact, counts: counts.map((one) => ({ ...one, source: word(), target: word() })) }
}

function worded(id: string, word: Word): BatchFact {
  const place = { kind: 'row', row: 3 } as const
  const reasons = [{ code: word(), texts: [word()], rows: 2, sampled: 2, explanation: undefined }]
  const rejections = [
    rejection(word(), at(word(), 3), { pointer: word(), message: word(), record: word() }),
    rejection(word(), { kind: 'found', file: word(), place }, { pointer: word(), message: word() }),
    rejection(word(), { kind: 'ambiguous', places: [{ file: word(), place }], count: 2 }, { message: word() }),
  ]
  const counts = countsOf({ read: 2, written: 1, failed: 1 })
  const outcome = { kind: 'failed', status: word(), counts, notes: [word(), word()] } as const
  const told = diagnosis(batchId(id), { reasons, rejections, notes: [word()] })
  return batchOf(id, { status: word(), diagnosis: told, outcome, replaced: [batchId('01JNDQC')] })
}

/** Endings that contain external text. */
export function wordedEnds(word: Word): readonly RunEnd[] {
  const refusal = () => ({ path: word(), reason: word(), remedy: word() })
  const stops = [new InvalidFiles([refusal(), refusal()]), new Problem(word(), { remedy: word() }), new Error(word())]
  return [
    { kind: 'judged', verdict: { fails: true, why: word() } },
    ...stops.map((error) => ({ kind: 'stopped', error }) as const),
  ]
}
