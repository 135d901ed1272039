import { InvalidFiles } from '../../../../src/files/refusal.ts'
import { datasetOf, runInfoOf, factsOf, fileOf, spansOf } from '../../../support/report/facts.ts'
import type { Situation } from './situation.ts'

const error = new InvalidFiles([
  { path: 'data/a.json', reason: 'is empty', remedy: 'Exclude the file, or check why its export wrote nothing.' },
  {
    path: 'data/b.json',
    reason: 'is malformed JSON at line 31, column 8: expected "," or "}", found the end of the file',
    remedy: 'Fix the file at that place, or the tool that wrote it.',
    place: { line: 31, column: 8 },
  },
  {
    path: 'data/c|d.parquet',
    reason: 'is a Git LFS pointer instead of the file itself',
    remedy: 'Set "lfs: true" in actions/checkout.',
  },
])

export const refusedFiles: Situation = {
  facts: factsOf({
    runInfo: runInfoOf({ glob: 'data/*' }),
    dataset: datasetOf(),
    found: ['data/a.json', 'data/b.json', 'data/c|d.parquet', 'data/e.json'].map((path) => fileOf(path)),
    spans: spansOf([['Find dataset and files', 1_300]]),
  }),
  end: { kind: 'stopped', error },
}
