import { cancelled } from './cancelled.ts'
import { failed } from './failed.ts'
import { invalid } from './invalid.ts'
import { flatRows } from './flat-rows.ts'
import { mapped } from './mapped.ts'
import { partiallyPublished } from './partially-published.ts'
import { planned } from './planned.ts'
import { published } from './published.ts'
import { publishedWithErrors } from './published-with-errors.ts'
import { refusedFiles } from './refused-files.ts'
import { replayFailed } from './replay-failed.ts'
import { reverted } from './reverted.ts'
import { severalBatches } from './several-batches.ts'
import type { Situation } from './situation.ts'
import { skipped } from './skipped.ts'
import { timedOut } from './timed-out.ts'
import { upsertEnabled } from './upsert-enabled.ts'

/** By the name of the file beside this one that shows the summary. */
export const SITUATIONS: Readonly<Record<string, Situation>> = {
  published,
  'published-with-errors': publishedWithErrors,
  skipped,
  'partially-published': partiallyPublished,
  failed,
  invalid,
  'flat-rows': flatRows,
  mapped,
  'refused-files': refusedFiles,
  cancelled,
  'timed-out': timedOut,
  'several-batches': severalBatches,
  'replay-failed': replayFailed,
  'upsert-enabled': upsertEnabled,
  planned,
  reverted,
}
