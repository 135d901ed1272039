import type { Asked } from '../asked.ts'
import { accessAndLabels } from './access-and-labels.ts'
import { batches } from './batches.ts'
import { dataPrep } from './data-prep.ts'
import { datasets } from './datasets.ts'
import { ingestion } from './ingestion.ts'
import { schemas } from './schemas.ts'
import { tokensAndSandboxes } from './tokens-and-sandboxes.ts'

export const allCalls: readonly Asked[] = [
  ...tokensAndSandboxes,
  ...schemas,
  ...datasets,
  ...batches,
  ...ingestion,
  ...accessAndLabels,
  ...dataPrep,
]
