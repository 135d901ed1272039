import { count, formatNumber, joinFirst } from '../lib/text.ts'
import { shortSha } from './base-commit.ts'
import type { DiffAbsence, DiffBase, DiffKey, FilePlace, PublishWay, RowDiff, RowSample } from './row-diff.ts'

/** `1 row added, 12 changed, 3 removed, 1,184 unchanged` */
function countsText({ added, changed, removed, unchanged }: RowDiff): string {
  return `${count(added, 'row')} added, ${formatNumber(changed)} changed, ${formatNumber(removed)} removed, ${formatNumber(unchanged)} unchanged`
}

/** One sentence: what changes, and what that means for the way of publishing. */
export function diffHeadline(diff: RowDiff): string {
  const { added, changed, removed } = diff
  if (added + changed + removed === 0) {
    const among = diff.unreadable === 0 ? 'No row changes' : 'No row that can be read changes'
    return `${among} (${count(diff.unchanged, 'row')})${EFFECTS[diff.way](diff)}`
  }
  return `${countsText(diff)}${EFFECTS[diff.way](diff)}`
}

/** What happens to rows that are already in the dataset. */
const EFFECTS: Readonly<Record<PublishWay, (diff: RowDiff) => string>> = {
  replace: () => '',
  unknown: () => '',
  append: ({ changed, removed, unchanged }) => {
    const effects = [
      ...(unchanged === 0 ? [] : [`${count(unchanged, 'row')} would be in the dataset twice`]),
      ...(changed === 0 ? [] : [`${count(changed, 'row')} in an old and a new form`]),
      ...(removed === 0 ? [] : ['removed rows stay']),
    ]
    return effects.length === 0 ? '' : `. Nothing is replaced: ${effects.join(', ')}`
  },
  upsert: ({ removed }) => (removed === 0 ? '' : '. Removed rows stay in Profile'),
}

const BASES: Readonly<Record<DiffBase['kind'], string>> = {
  published: 'from which the dataset was published',
  'first-parent': 'the base of this pull request',
  'merge-base': 'the merge base of this pull request',
}

/** `commit 0a1b2c3, the base of this pull request` */
export function baseText({ commit, kind, isProved, isPartial }: DiffBase): string {
  const unproved = isPartial ? 'of which the dataset holds only a part' : 'which is not what was published'
  const what = kind === 'published' && !isProved ? unproved : BASES[kind]
  return `commit ${shortSha(commit)}, ${what}`
}

/**
 * Whether any row changes.
 *
 * @returns undefined if that is unknown: other data than the base was published, or no readable row changes and some
 * rows cannot be read
 */
export function rowsChange(diff: RowDiff | DiffAbsence | undefined): boolean | undefined {
  if (diff?.kind !== 'compared' || (diff.base.kind === 'published' && !diff.base.isProved)) return undefined
  if (diff.added + diff.changed + diff.removed > 0) return true
  return diff.unreadable === 0 ? false : undefined
}

const KEYS: Readonly<Record<DiffKey['kind'], string>> = {
  input: 'by key',
  identity: 'by primary identity',
  'identity-map': 'by the primary identity in',
  'primary-key': 'by primary key',
  'event-id': 'by',
  'whole-row': 'without a key, as whole rows: a changed row counts as one removed and one added',
}

export function keyText({ kind, paths }: DiffKey): string {
  return paths.length === 0 ? KEYS[kind] : `${KEYS[kind]} ${paths.join(', ')}`
}

const MOST_FIELDS = 10

/** All lines of the log about a comparison. */
export function diffLines(diff: RowDiff | DiffAbsence): readonly string[] {
  if (diff.kind === 'absent') return [`Rows not compared: ${diff.reason}`]
  const { base, key, fields, samples } = diff
  const changed = fields.map(({ path, rows }) => `${path === '' ? 'others' : path} (${formatNumber(rows)})`)
  return [
    `Rows compared with ${baseText(base)}, ${keyText(key)}`,
    diffHeadline(diff),
    ...(changed.length === 0 ? [] : [`Changed fields, and in how many rows: ${joinFirst(changed, MOST_FIELDS)}`]),
    ...CHANGES.flatMap((change) => sampleLine(change, samples)),
    ...diffNotes(diff),
  ]
}

const CHANGES = ['added', 'changed', 'removed'] as const

function sampleLine(change: RowSample['change'], samples: readonly RowSample[]): readonly string[] {
  const own = samples.filter((one) => one.change === change).map(placeText)
  return own.length === 0 ? [] : [`First rows ${change}: ${own.join(', ')}`]
}

/** Notes on the limits of a comparison. */
export function diffNotes(diff: RowDiff): readonly string[] {
  const { base, key, keyless, unreadable, duplicateKeys } = diff
  return [
    // For a proved base, all inputs that change what is sent are proved, too.
    ...(base.isProved ? [] : [READ_TODAY]),
    ...keyNotes(diff),
    ...(keyless === 0 ? [] : [`${count(keyless, 'row')} without a value of the key, compared as whole rows`]),
    ...(unreadable === 0 ? [] : [unreadableText(diff)]),
    ...(duplicateKeys === 0
      ? []
      : [`${count(duplicateKeys, 'row')} with the key of an earlier row (${key.paths.join(', ')})`]),
  ]
}

/** The workflow's inputs at that commit are unknown: an expression may give them. */
const READ_TODAY = 'The base was read with the inputs of this run: other inputs in its workflow are no change of rows'

function unreadableText({ unreadable, unreadableBase: base }: RowDiff): string {
  const where =
    base === undefined ? '' : `; ${formatNumber(base.rows)} of them in the base, the first at ${placeText(base)}`
  return `${count(unreadable, 'row')} that cannot be read, not compared${where}`
}

/** `"data/a.jsonl":3` */
export function placeText({ file, line }: FilePlace): string {
  return `${JSON.stringify(file)}:${line}`
}

/** What `max-removed-percent` counts, if that is not rows. */
function keyNotes({ key, baseKeys, removedKeys, changed, removed, unchanged }: RowDiff): readonly string[] {
  if (key.kind === 'whole-row' || baseKeys === changed + removed + unchanged) return []
  return [`Rows of the base share keys: ${formatNumber(removedKeys)} of ${count(baseKeys, 'distinct key')} removed`]
}

/** The number of rows may differ by this share, and the files still look alike. */
const ALIKE_SHARE = 0.1

/** Fewer rows may all change in a day's work. */
const FEW_ROWS = 10

/**
 * A changed key or format makes every row differ, although the files look alike.
 *
 * @returns what to look at; undefined if some row is unchanged, or if the number of rows is not about the same
 */
export function everyRowChanges(diff: RowDiff): string | undefined {
  const { added, changed, removed, unchanged, fields, base } = diff
  const [before, now] = [changed + removed, added + changed]
  const isAlike = Math.abs(before - now) <= ALIKE_SHARE * before
  if (unchanged > 0 || before < FEW_ROWS || !isAlike) return undefined
  const everywhere = fields.filter(({ rows, path }) => rows === changed && path !== '').map(({ path }) => path)
  const where =
    everywhere.length === 0 ? '' : ` These fields change in every row: ${joinFirst(everywhere, MOST_FIELDS)}.`
  const what = changed === 0 ? 'no row has the key of a row of' : 'every row differs from'
  return `The files have about as many rows as before, and ${what} commit ${shortSha(base.commit)}.${where} Check that the key and the format of the values are meant to change`
}
