import { InvalidFiles, type Refusal } from '../files/discover.ts'
import { Cancelled, Problem } from '../lib/errors.ts'
import { formatBytes, formatDuration } from '../lib/text.ts'
import { STATUS, stateOf } from '../platform/batch-state.ts'
import type { Tags } from '../platform/records.ts'
import { profileState, profileTagsOf } from '../publish/profile/tags.ts'
import type { Preview, PreviewedBatch } from '../publish/published/preview.ts'
import type { BatchFact, RunEnd, RunInfo, RunFacts, Span } from './facts.ts'
import { DETAILS, type Detail, block, brief, cell, code, cut, folded, some, table } from './markdown.ts'
import { batchNotes, batchTable, fileTable, findingTable, rejected } from './tables.ts'
import { closingLine, headline, remedy } from './verdict.ts'

/** What a cancel left of each batch; nothing for any other ending. */
function cancelled({ batches }: RunFacts, ending: RunEnd, most: number): readonly string[] {
  if (ending.kind !== 'stopped' || !(ending.error instanceof Cancelled)) return []
  if (batches.length === 0) return ['Cancelled before any batch was created or changed: the dataset is as it was.']
  const list = (shown: readonly BatchFact[]) => shown.map((batch) => `- ${code(batch.id)} ${whatBecame(batch)}`)
  return [some(batches, { most, noun: 'batches' }, (shown) => ['What became of it:', ...list(shown)].join('\n'))]
}

function whatBecame({ status, isCompleted, outcome, openedMs }: BatchFact): string {
  if (outcome !== undefined) return 'had ended before.'
  if (isCompleted) return 'was completed, or may have been: the platform goes on with it. `mode: wait` follows it.'
  if (openedMs === undefined) return 'was there before this run, and what becomes of it was not seen. Run again to see.'
  if (status === STATUS.aborted) return 'was aborted: nothing of it reached the dataset.'
  return 'could not be aborted in time: none of its rows is in the dataset, and the post step tries again.'
}

/** `mode: plan`: what a publish would do, and why. */
function intended({ intent }: RunFacts, most: number): readonly string[] {
  if (intent === undefined) return []
  const { sends, why, warnings } = intent
  const draw = (shown: readonly PreviewedBatch[]) =>
    table(['Batch to send', 'Files:', 'Rows:', 'Size:'], shown.map(row))
  return [
    ['A publish would', ...stepsOf(intent, most).map((step) => `- ${step}`)].join('\n'),
    `Why: ${cell(why)}.`,
    ...(sends.length === 0 ? [] : [some(sends, { most, noun: 'batches' }, draw)]),
    ...warnings.slice(0, most).map((warning) => `⚠️ ${cell(warning)}`),
  ]
}

function stepsOf(intent: Preview, most: number): readonly string[] {
  const { creates, enables, aborts, waitsFor, sends, keeps, replaces } = intent
  const list = (ids: readonly string[]) =>
    `${ids.slice(0, most).map(code).join(', ')}${ids.length > most ? ` and ${ids.length - most} more` : ''}`
  const step = (what: string, ids: readonly string[]) => (ids.length === 0 ? [] : [`${what} ${list(ids)}`])
  return [
    ...(creates === undefined ? [] : [`create the dataset ${cell(JSON.stringify(creates))}`]),
    ...(enables ? ['enable the dataset for profile updates'] : []),
    ...step('abort what earlier attempts left open:', aborts),
    ...step('wait for', waitsFor),
    ...step('keep', keeps),
    sending(sends),
    ...step('replace', replaces),
  ]
}

function row({ part, files, rows, bytes }: PreviewedBatch): readonly string[] {
  return [
    `${part.number} of ${part.of}`,
    files.toLocaleString('en-US'),
    rows?.toLocaleString('en-US') ?? '?',
    formatBytes(bytes),
  ]
}

function sending({ length }: readonly PreviewedBatch[]): string {
  if (length === 0) return 'send nothing'
  return length === 1 ? 'send one batch' : `send ${length} batches`
}

const YES = '✅'
const NO = '❌'
const UNKNOWN = '❔ not looked at:'

/**
 * What success means for Real-Time Customer Profile, which takes rows by itself and later: which of its conditions hold, and
 * what of older rows stays there; folded away where all of them do. Nothing where the dataset was never meant for it.
 */
export function profileLines(facts: RunFacts): readonly string[] {
  const { dataset, isUpsert } = facts
  if (dataset === undefined) return []
  const state = profileState(profileTagsOf(dataset.tags))
  const isMeant = state.isForProfile || state.isForUpsert || isUpsert
  if (!isMeant) return []
  const usual = facts.batches.some(holdsRows) ? [IN_THE_LAKE, conditions(facts)] : []
  const more = [...switched(facts), ...remains(facts)]
  if (usual.length + more.length === 0) return []
  const isAsUsual = more.length === 0 && !/❌|❔|⚠️/u.test(usual.join(''))
  return isAsUsual
    ? [folded('Profile takes these rows by itself, later', usual.join('\n\n'))]
    : ['#### Profile', ...usual, ...more]
}

const IN_THE_LAKE =
  'The rows are in the data lake. Real-Time Customer Profile takes them from there by itself, later, and reports nothing here.'

/** One that counts as failed for a predecessor that stayed is in the data lake all the same. */
function holdsRows({ outcome }: BatchFact): boolean {
  if (outcome === undefined) return false
  return IN_THE_LAKE_AS.has(outcome.kind) || (outcome.kind === 'failed' && stateOf(outcome).holdsRows)
}

const IN_THE_LAKE_AS: ReadonlySet<string> = new Set(['published', 'partially-published', 'skipped'])

function conditions({ dataset, schema }: RunFacts): string {
  const tags = dataset?.tags ?? {}
  const { isForProfile, isForIdentity, isForUpsert } = profileState(profileTagsOf(tags))
  const mark = (holds: boolean) => (holds ? YES : NO)
  const lines = [
    `${schema === undefined ? UNKNOWN : mark(schema.isUnion)} the schema takes part in Profile (\`union\`)`,
    `${mark(isForProfile)} the dataset is enabled for Profile (\`unifiedProfile\`)`,
    `${mark(isForIdentity)} and for identities (\`unifiedIdentity\`)`,
    isForUpsert ? CHANGES : REPLACES,
    ...flags(tags),
  ]
  return lines.map((line) => `- ${line}`).join('\n')
}

const CHANGES = '✅ records change profiles (`isUpsert`)'
const REPLACES = '▫️ records replace what this dataset said before (no `isUpsert`)'

/** Reported by users alone, and contradicted by a sample of Adobe's: worth a word, no more. */
function flags(tags: Tags): readonly string[] {
  const set = tags['acp_granular_plugin_validation_flags'] ?? []
  if (!set.includes('profile:disabled')) return []
  return [`⚠️ the flag ${code(set.join(', '))} is set; users report that such rows never reach Profile`]
}

function switched({ enabled }: RunFacts): readonly string[] {
  if (enabled?.kind !== 'enabled') return []
  const off = enabled.offMs === 0 ? '' : ` Profile was off for ${formatDuration(enabled.offMs)} meanwhile.`
  const caught = `⚠️ In work in that time, so that their rows may never reach Profile: ${cell(enabled.caught.join(', '))}.`
  return [`This run enabled the dataset for profile updates.${off}`, ...(enabled.caught.length === 0 ? [] : [caught])]
}

/** Of a publish that failed there was nothing to take out. */
function wasTakenOut({ outcome }: BatchFact): boolean {
  return outcome?.kind === 'reverted' && stateOf(outcome).heldRows
}

/** Replaying and reverting change the data lake alone. */
function remains({ batches, schema }: RunFacts): readonly string[] {
  const hasTakenOut = batches.some((batch) => wasTakenOut(batch) || (holdsRows(batch) && batch.replaced.length > 0))
  if (!hasTakenOut || schema?.behaviour === 'time-series') return []
  return [
    'What was taken out of the data lake stays in Profile: fragments of record data are replaced there by newer ones of the same identity, and this does not remove them.',
  ]
}

/** An input may hold whole lists; a person copies what can be read. */
const LONGEST_VALUE = 4_000

/** What this run had: enough to run the same again, here or against the local platform, and nothing that is secret. */
function reproduce({ runInfo, publish }: RunFacts): readonly string[] {
  if (runInfo === undefined) return []
  const { repository, sha, ref, runId, attempt } = runInfo.run
  const lines = [
    `Commit ${code(sha)} of ${code(repository)} (${code(ref)}), run ${cell(runId)}, attempt ${attempt}.`,
    ...(publish === undefined
      ? []
      : [`Publication ${code(publish.publication)}, content ${code(publish.publishFingerprint)}.`]),
    readsFiles(runInfo) ? WITH_FILES : WITHOUT_FILES,
    block(asYaml(runInfo), 'yaml'),
  ]
  return [folded('How to reproduce', lines.join('\n\n'))]
}

const WITH_FILES = 'With `mode: plan` these inputs say what a publish would do now, and send nothing:'
const WITHOUT_FILES = 'These were the inputs:'

function readsFiles({ given }: RunInfo): boolean {
  return given.every(({ name, value }) => name !== 'mode' || ['validate', 'plan'].includes(value))
}

function asYaml({ given }: RunInfo): string {
  return ['with:', ...given.map(({ name, value }) => `  ${name}: ${scalar(brief(value, LONGEST_VALUE))}`)].join('\n')
}

/** Quoted, so that no id becomes a number; every JSON text is YAML. What GitHub would take for an expression is none. */
function scalar(value: string): string {
  const plain = value.replaceAll('${{', "${{ '${{' }}")
  const lines = plain.split('\n')
  const isList = lines.length > 1 && lines.every((line) => /^[!-~][ -~]*$/.test(line))
  return isList ? ['|', ...lines.map((line) => `    ${line}`)].join('\n') : JSON.stringify(plain)
}

/** Bars that a diagram can show and still be read. */
const MOST_SPANS = 20
const MOST_BATCHES = 10
/** Below that, an axis of whole seconds would say the same at every line. */
const SHORT_MS = 10_000

/** Where the time went: a table, and beside it a diagram where there is room for one. One step alone says nothing. */
export function timeline(facts: RunFacts, hasDiagram: boolean): readonly string[] {
  const { spans } = facts
  const [first] = spans
  const last = spans.at(-1)
  if (first === undefined || last === undefined || first === last) return []
  const took = last.endMs - first.startMs
  const diagram = hasDiagram && took > 0 ? [`\`\`\`mermaid\n${gantt(facts, took)}\n\`\`\``] : []
  return [folded(`Where the time went: ${formatDuration(took)}`, [...diagram, times(spans)].join('\n\n'))]
}

/** What was done several times, as a publish that starts over does, in one row. */
function times(spans: readonly Span[]): string {
  const rows = Array.from(
    Map.groupBy(spans, ({ phase }) => phase),
    ([phase, all]) => {
      const ms = all.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0)
      return [all.length === 1 ? phase : `${phase} (${all.length} times)`, formatDuration(ms)]
    },
  )
  return table(['Step', 'Time:'], rows)
}

/** Names of steps hold nothing that means something in Mermaid. */
function gantt({ spans, batches }: RunFacts, took: number): string {
  return [
    'gantt',
    '  dateFormat x',
    `  axisFormat ${took < SHORT_MS ? '%S.%L s' : '%H:%M:%S'}`,
    '  section This run',
    ...spans.slice(0, MOST_SPANS).map(({ phase, startMs, endMs }) => bar(phase, startMs, endMs)),
    ...batches.slice(0, MOST_BATCHES).flatMap(ofBatch),
  ].join('\n')
}

/** An id is longer than the space there is beside the bars. */
function ofBatch({ part, openedMs, completedMs, settledMs }: BatchFact): readonly string[] {
  const upload = openedMs === undefined || completedMs === undefined ? [] : [bar('upload', openedMs, completedMs)]
  const promotion =
    completedMs === undefined || settledMs === undefined ? [] : [bar('promotion', completedMs, settledMs)]
  const named = part.of === 1 ? 'Batch' : `Batch ${part.number} of ${part.of}`
  return upload.length + promotion.length === 0 ? [] : [`  section ${named}`, ...upload, ...promotion]
}

/** A bar without length is not drawn. */
function bar(name: Span['phase'] | 'upload' | 'promotion', startMs: number, endMs: number): string {
  return `  ${name} :${Math.round(startMs)}, ${Math.round(Math.max(endMs, startMs + 1))}`
}

/** Of a run that failed: what there is to know beyond its verdict, and what a person can do about it. */
function whatNow(facts: RunFacts, ending: RunEnd, most: number): readonly string[] {
  if (ending.kind !== 'stopped') return toDo(ending, most)
  if (ending.error instanceof Cancelled) return []
  return [...whyStopped(ending.error, most), ...toDo(ending, most), ...goesOn(facts)]
}

function whyStopped(error: unknown, most: number): readonly string[] {
  if (error instanceof InvalidFiles) return [some(error.refusals, { most, noun: 'files' }, refused)]
  if (!(error instanceof Problem)) return ['Nobody foresaw this. The log has the whole message; please report it.']
  const more = error.message.split('\n').slice(1)
  return more.length === 0 ? [] : [some(more, { most, noun: 'lines' }, listed)]
}

function refused(refusals: readonly Refusal[]): string {
  const rowOf = ({ path, reason, remedy: way }: Refusal) => [code(path), cell(`The file ${reason}.`), cell(way)]
  return table(['File', 'What is wrong', 'What to do'], refusals.map(rowOf))
}

function listed(lines: readonly string[]): string {
  return block(lines.join('\n'))
}

/** Nothing where each file that was refused has its own. */
function toDo(ending: RunEnd, most: number): readonly string[] {
  const text = remedy(ending)
  if (text === '' || (ending.kind === 'stopped' && ending.error instanceof InvalidFiles)) return []
  const lines = text.split('\n').slice(0, most).map(cell)
  return [['**What to do:**', ...lines].join(lines.length === 1 ? ' ' : '\n- ')]
}

function goesOn({ batches }: RunFacts): readonly string[] {
  const completed = batches.filter(({ isCompleted }) => isCompleted).map(({ id }) => code(id))
  if (completed.length === 0) return []
  return [some(completed, { most: 20, noun: 'batches' }, (ids) => `⚠️ ${GOES_ON}: ${ids.join(', ')}`)]
}

const GOES_ON = 'The platform goes on with what was completed, or may have been'

/** The runner drops a summary above 1 MiB whole; this leaves room for what else a step writes. */
const MOST_BYTES = 1_000_000

/** The job summary: the verdict first. Too long, it is told with less; too long still, it is cut. */
export function summary(facts: RunFacts, ending: RunEnd): string {
  let text = ''
  for (const detail of DETAILS) {
    text = render(facts, ending, detail)
    if (Buffer.byteLength(text) <= MOST_BYTES) return text
  }
  return cut(text, MOST_BYTES)
}

function render(facts: RunFacts, ending: RunEnd, detail: Detail): string {
  const parts = [
    headline(facts, ending),
    block(ticketLine(facts, ending)),
    ...whatNow(facts, ending, detail.notes),
    ...intended(facts, detail.batches),
    ...batchTable(facts, detail.batches),
    ...cancelled(facts, ending, detail.batches),
    ...batchNotes(facts, detail.notes),
    ...rejected(facts, detail.rejections),
    ...findingTable(facts, detail.findings),
    ...fileTable(facts, detail.files),
    ...profileLines(facts),
    ...timeline(facts, detail.diagram),
    ...reproduce(facts),
  ]
  return `${parts.join('\n\n')}\n`
}

/** For a ticket: what happened, and where to read more. */
function ticketLine(facts: RunFacts, ending: RunEnd): string {
  const line = closingLine(facts, ending).replace(/\s+/g, ' ')
  return facts.runInfo === undefined ? line : `${line} — ${facts.runInfo.run.url}`
}
