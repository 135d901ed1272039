import type { Expectation } from '../expectation.ts'
import { accessAndLabels } from './access-and-labels.ts'
import { batches } from './batches.ts'
import { dataPrep } from './data-prep.ts'
import { datasets } from './datasets.ts'
import { ingestion } from './ingestion.ts'
import { schemas } from './schemas.ts'
import { systemJobs } from './system-jobs.ts'
import { tokensAndSandboxes } from './tokens-and-sandboxes.ts'

/** Every request of other clients that the README names, each with the answer that the documents promise. */
export const allExpectations: readonly Expectation[] = [
  ...tokensAndSandboxes,
  ...schemas,
  ...datasets,
  ...batches,
  ...ingestion,
  ...accessAndLabels,
  ...dataPrep,
  ...systemJobs,
]
