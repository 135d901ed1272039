import { InvalidFiles } from '../../../../src/files/discover.ts'
import { datasetOf, runInfoOf, factsOf, fileOf, spansOf } from '../../../support/facts.ts'
import type { Situation } from './situation.ts'

const error = new InvalidFiles([
  { path: 'data/a.json', reason: 'is empty', remedy: 'Exclude the file, or look at why its export wrote nothing.' },
  {
    path: 'data/b.json',
    reason: 'is malformed JSON at line 31, column 8: expected "," or "}", found the end of the file',
    remedy: 'Correct the file at that place, or look at the tool that wrote it.',
    place: { line: 31, column: 8 },
  },
  {
    path: 'data/c|d.parquet',
    reason: 'is a git-LFS pointer, not the file it points to',
    remedy: 'Check out with "lfs: true" in actions/checkout.',
  },
])

export const refusedFiles: Situation = {
  facts: factsOf({
    runInfo: runInfoOf({ glob: 'data/*' }),
    dataset: datasetOf(),
    found: ['data/a.json', 'data/b.json', 'data/c|d.parquet', 'data/e.json'].map((path) => fileOf(path)),
    spans: spansOf([['Find the dataset and the files', 1_300]]),
  }),
  end: { kind: 'stopped', error },
}
