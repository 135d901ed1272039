import { concurrently } from '../base/concurrently.ts'
import { Problem } from '../base/problem.ts'
import { count } from '../base/words.ts'
import { checkFile, type RecordLayout } from '../rows/check-file.ts'
import type { FileFindings } from '../rows/merged-result.ts'
import type { SliceChecker } from '../rows/slice-checker.ts'
import { checkColumns } from '../xdm/check-columns.ts'
import { compileSchema } from '../xdm/compile.ts'
import { checkHeader } from '../xdm/check-header.ts'
import type { Say } from './discover.ts'
import type { Inputs } from './inputs.ts'
import type { CheckedFile } from './preflight.ts'
import { predict } from './predict.ts'
import type { CheckSetup } from './row-check.ts'

/** What the check of one file found. */
export type Examined = FileFindings & { readonly path: string }

/** Rows must not be sent; nothing was. */
export class InvalidRecords extends Problem {
  override readonly name = 'InvalidRecords'
}

export type ExamineTools = {
  /** Checks rows here or in threads, for this setup. To be disposed of by who asked for it. */
  readonly openChecker: (setup: CheckSetup) => SliceChecker
  readonly say: Say
  readonly signal: AbortSignal
}

/** Checks every row of every file against the schema. */
export async function examine(
  files: readonly CheckedFile[],
  setup: CheckSetup,
  tools: ExamineTools,
): Promise<readonly Examined[]> {
  const schema = compileSchema(setup.source.schema, setup.source.descriptors)
  for (const note of schema.notes) tools.say.info(`Schema ${JSON.stringify(schema.title)}: ${note}`)
  await using checker = tools.openChecker(setup)
  return concurrently(files, { width: 2, signal: tools.signal }, async (file, signal) => {
    const found = await checkFile({ content: file.source, layout: layoutOf(file) }, { checker, signal })
    return { path: file.path, ...found }
  })
}
