import { type RunContext, runPhase } from './run.ts'
import { compileSource } from '../../check/schema-source.ts'
import { type ChosenBase, absent, baseOfPullRequest, basePublished } from '../../diff/base-commit.ts'
import { readBaseFiles } from '../../diff/base-files.ts'
import { refuseStrays } from '../../diff/base-tree.ts'
import { type FilesDiff, type RepeatedRows, diffFiles } from '../../diff/diff-files.ts'
import { diffLines, everyRowChanges } from '../../diff/describe.ts'
import { withRepeatedKeys } from '../../diff/repeated-keys.ts'
import type { DiffAbsence, PublishWay, RowDiff } from '../../diff/row-diff.ts'
import { type ChosenKey, chooseKey } from '../../diff/row-key.ts'
import type { CheckedFile } from '../../files/read.ts'
import type { Inputs } from '../../inputs/inputs.ts'
import { Problem, codeOf, nameOf } from '../../lib/errors.ts'
import { count, formatNumber, joinFirst } from '../../lib/text.ts'
import type { Target } from '../../publish/dataset.ts'
import { findPublished } from '../../publish/published/find.ts'
import { createRequest } from '../../publish/request.ts'
import { activePublishes } from '../../publish/row-guard.ts'
import { publicationName } from '../../publish/tags.ts'

/** The current files and their dataset, which is undefined where the run does not ask the platform. */
export type RowsToCompare = {
  readonly inputs: Inputs
  readonly files: readonly CheckedFile[]
  readonly target: Target | undefined
}

/**
 * Compares the current rows with those that the dataset holds or, without a connection, with those before the pull
 * request, and notes the result. A reason that keeps rows from being compared is logged and does not stop the run.
 *
 * @throws the signal's reason
 */
export async function compareRows(rows: RowsToCompare, context: RunContext): Promise<RowDiff | DiffAbsence> {
  return await runPhase('Compare rows', context, async () => {
    const { diff, ...found } = await orAbsent(() => compare(rows, context), context)
    context.recorder.note({ diff })
    noteRepeated({ diff, ...found }, rows, context)
    for (const line of diffLines(diff)) context.log.info(line)
    const advice = diff.kind === 'compared' ? everyRowChanges(diff) : undefined
    if (advice !== undefined) context.log.warning(advice)
    return diff
  })
}

const NOTHING_REPEATED: RepeatedRows = { repeated: [], repeatedIn: new Map() }

type Compared = RepeatedRows & {
  readonly diff: RowDiff | DiffAbsence
  readonly key: ChosenKey['key'] | undefined
}

async function orAbsent(work: () => Promise<Compared>, { signal }: RunContext): Promise<Compared> {
  try {
    return await work()
  } catch (error) {
    signal.throwIfAborted()
    const isKnown = error instanceof Problem
    const reason = isKnown ? error.message : `unexpected error (please report it): ${codeOf(error) || nameOf(error)}`
    return { diff: absent(reason, isKnown ? error.remedy : undefined), ...NOTHING_REPEATED, key: undefined }
  }
}

async function compare(rows: RowsToCompare, context: RunContext): Promise<Compared> {
  const key = keyOf(rows, context)
  const base = await findBase(rows, context)
  if (base.kind === 'absent') {
    // Rows that share a key are findings, even without a base.
    const alone = key.plan.kind === 'whole-row' ? undefined : await diffWith([], { ...rows, key }, context)
    const { repeated, repeatedIn } = alone ?? NOTHING_REPEATED
    return { diff: base, repeated, repeatedIn, key: key.key }
  }
  const { repeated, repeatedIn, ...found } = await diffWith(base.files, { ...rows, key }, context)
  const diff = { kind: 'compared', base: base.base, way: wayOf(rows.inputs), ...found } as const
  return { diff, repeated, repeatedIn, key: key.key }
}

function keyOf({ inputs, files }: RowsToCompare, { recorder }: RunContext): ChosenKey {
  const { source } = recorder.facts()
  const schema = source === undefined ? undefined : compileSource(source)
  return chooseKey({ given: inputs.key, schema, isMapped: files[0]?.mapping !== undefined })
}

function wayOf({ mode, upsert, replayPredecessors }: Inputs): PublishWay {
  if (upsert !== 'false') return 'upsert'
  if (replayPredecessors.kind !== 'nothing') return 'replace'
  return mode === 'validate' ? 'unknown' : 'append'
}

type FoundBase = { readonly kind: 'found'; readonly base: RowDiff['base']; readonly files: readonly CheckedFile[] }

async function findBase(rows: RowsToCompare, context: RunContext): Promise<FoundBase | DiffAbsence> {
  const { inputs, files, target } = rows
  const choice = await chooseBase(rows, context)
  if (choice.kind === 'absent') return choice
  // A published base is proved by its fingerprint. Every difference from a pull request's base counts as the pull
  // request's own.
  const strays = choice.base.kind === 'published' ? undefined : await refuseStrays(files, context)
  if (strays !== undefined) return strays
  const read = await readBaseFiles(choice.base.commit, { inputs, files, mapping: files[0]?.mapping }, context)
  if (read.kind === 'absent') return read
  const isProved = target !== undefined && isPublished(read.files, { ...rows, target, choice }, context)
  return { kind: 'found', base: { ...choice.base, isProved }, files: read.files }
}

async function chooseBase({ inputs, target }: RowsToCompare, context: RunContext): Promise<ChosenBase | DiffAbsence> {
  if (target === undefined) return await baseOfPullRequest(context)
  const place = { dataset: target.dataset.id, repositoryId: context.github.run.repositoryId }
  const active = activePublishes(publicationName(inputs), await findPublished(place, context))
  // The step that validates may use another publication name than the one that publishes.
  return active.length === 0 && inputs.mode === 'validate' ? await baseOfPullRequest(context) : basePublished(active)
}

type Proof = RowsToCompare & { readonly target: Target; readonly choice: ChosenBase }

/** Whether the base has the fingerprint of a publish run of the same data, by the current formula or an earlier one. */
function isPublished(files: readonly CheckedFile[], { inputs, target, choice }: Proof, context: RunContext): boolean {
  const { github, batchMost } = context
  const setting = { inputs, target, run: github.run, batchMost }
  const { publishFingerprint, knownAs } = createRequest({ files, rowCounts: [], filesHash: '' }, setting)
  const { fingerprint = '' } = choice
  return fingerprint === publishFingerprint || knownAs.get(fingerprint) === publishFingerprint
}

type Keyed = RowsToCompare & { readonly key: ChosenKey }

async function diffWith(
  base: readonly CheckedFile[],
  { files: head, inputs, key }: Keyed,
  context: RunContext,
): Promise<FilesDiff> {
  const { source } = context.recorder.facts()
  const schema = source === undefined ? undefined : compileSource(source)
  return await diffFiles(
    { base, head, key, schema, showValues: inputs.showValues },
    {
      keep: (name) => context.workspace.keep(name),
      openDigests: (setup) => context.openChecker(setup),
      signal: context.signal,
    },
  )
}

/** The most files with repeated keys that the log names. */
const MOST_FILES = 20

/**
 * Adds the repeated keys to the findings of each file. Warns without validation, or if the findings do not show them
 * all.
 */
function noteRepeated({ repeated, repeatedIn, key }: Compared, { files }: RowsToCompare, context: RunContext): void {
  const { validated } = context.recorder.facts()
  if (repeated.length === 0 || key === undefined) return
  const all = Array.from(repeatedIn.values()).reduce((sum, rows) => sum + rows, 0)
  if (validated === undefined || all > repeated.length) {
    const which = `${count(all, 'row')} with the key of an earlier row (${key.paths.join(', ')})`
    const named = Array.from(repeatedIn, ([file, rows]) => `${JSON.stringify(file)} (${formatNumber(rows)})`)
    context.log.warning(
      `${which}: ${joinFirst(named.toSorted(), MOST_FILES)}. In Profile, the last one that is ingested wins`,
    )
  }
  context.recorder.note({ validated: validated && withRepeatedKeys(validated, { repeated, repeatedIn, key, files }) })
}
