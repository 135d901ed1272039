import { readFileSync } from 'node:fs'
import { parse, parseDocument } from 'yaml'
import { RULES } from '../../src/schema/rules.ts'

const text = readFileSync('action.yml', 'utf8')
const { inputs, outputs } = parse(text)

/** The twelve inputs that most steps need, in the order of the README. */
const MAIN_INPUTS = [
  'dataset',
  'glob',
  'publication',
  'replay-predecessors',
  'sandbox',
  'org-id',
  'client-id',
  'client-secret',
  'mode',
  'validation',
  'error-threshold',
  'upsert',
]

/** The page of docs/ with the details. */
const PAGES = {
  dataset: 'datasets.md',
  glob: 'files-and-formats.md#patterns',
  format: 'files-and-formats.md#formats',
  mapping: 'csv-and-mapping.md',
  upsert: 'profile-updates.md',
  'replay-predecessors': 'replace-and-rerun.md',
  publication: 'replace-and-rerun.md#publications',
  schema: 'datasets.md#create-a-dataset',
  'client-id': 'credentials.md',
  'batch-id': 'revert-and-rollback.md#revert-a-batch',
  validation: 'validation.md#what-findings-do',
  'schema-file': 'validation.md#store-a-schema',
  'if-unchanged': 'replace-and-rerun.md#what-is-sent',
  'allow-pull-request': 'api-calls-and-permissions.md#which-events-can-publish',
  'max-shrink-percent': 'replace-and-rerun.md#guards',
  'show-values': 'validation.md#values-stay-hidden',
  'error-threshold': 'validation.md#what-findings-do',
  'max-rejected-rows': 'outputs-and-outcomes.md#how-rows-are-counted',
  'multiline-json': 'files-and-formats.md#formats',
  'csv-delimiter': 'csv-and-mapping.md#the-file',
  'large-files': 'large-data.md#large-files',
  shard: 'large-data.md#shards',
  tags: 'replace-and-rerun.md#tags-on-every-batch',
  'chunk-size-mib': 'large-data.md#slow-connections',
  wait: 'replace-and-rerun.md#publish-without-waiting',
  'timeout-minutes': 'outputs-and-outcomes.md#how-the-action-waits',
  'poll-interval-seconds': 'outputs-and-outcomes.md#how-the-action-waits',
  matrix: 'replace-and-rerun.md#an-earlier-attempt-of-this-step',
  'job-id': 'replace-and-rerun.md#an-earlier-attempt-of-this-step',
  'deployment-environment': 'deployments.md',
  'rejected-rows-path': 'rejected-rows.md#a-file-of-rejected-rows',
}

const OUTPUT_PAGES = {
  outcome: '#outcomes',
  'report-path': 'report.md',
  'sarif-path': 'validation.md#code-scanning',
  'summary-path': 'report.md#the-job-summary',
}

/** The inputs, grouped by the comments of action.yml; `name` is the group's anchor. */
export function inputGroups() {
  const pairs = parseDocument(text).get('inputs').items
  const groups = []
  for (const { key } of pairs) {
    const title = key.commentBefore?.trim() ?? (groups.length === 0 ? firstComment() : undefined)
    if (title !== undefined) groups.push({ name: title.toLowerCase().replaceAll(' ', '-'), inputs: [] })
    groups.at(-1).inputs.push(key.value)
  }
  return groups
}

/** The parser attaches the comment above the first input to the enclosing map, so it is read here. */
function firstComment() {
  return /^inputs:\n {2}# (.*)$/m.exec(text)[1]
}

export function mainInputsTable() {
  return asTable([
    ['Input', 'Default', 'Description'],
    ...MAIN_INPUTS.map((name) => [code(name), valued(inputs[name]), marked(inputs[name].description)]),
  ])
}

export function inputsTable(names) {
  return asTable([
    ['Input', 'Default', 'Description'],
    ...names.map((name) => [linked(name, PAGES), valued(inputs[name]), marked(inputs[name].description)]),
  ])
}

export function outputsTable() {
  return asTable([['Output', 'Type', 'Value', 'Empty'], ...Object.entries(outputs).map(outputRow)])
}

export function rulesTable() {
  return asTable([
    ['Code', 'Level', 'Fate', 'Meaning'],
    ...Object.entries(RULES).map(([name, { level, fate, line }]) => [code(name), level, fate ?? 'kept', line]),
  ])
}

/** A Markdown table without padding, which would make each cell as wide as the widest of its column. */
export function asTable([head, ...rows]) {
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)
  return lines.join('\n').replaceAll('|  |', '| |')
}

function valued({ default: value }) {
  return value ? code(value) : ''
}

/** `Type: Value. Empty when …` or `Type: Value. Never empty.`, as in action.yml. */
function outputRow([name, { description }]) {
  const [, type, value, when] = /^(.*?): (.*) (?:Empty (when .*)|Never empty)\.$/.exec(description)
  const kind = type.startsWith('JSON') ? type : type.toLowerCase()
  return [linked(name, OUTPUT_PAGES), kind, marked(value), when ? marked(when) : 'never']
}

function linked(name, pages) {
  return pages[name] === undefined ? code(name) : `[${code(name)}](${pages[name]})`
}

/** Formats quoted words, and input names that contain a hyphen, as code. */
function marked(description) {
  const names = Object.keys(inputs).filter((name) => name.includes('-'))
  const pattern = new RegExp(`"([^"]+)"|(?<![\\w-])(${names.join('|')})(?![\\w-])`, 'g')
  return description.replace(pattern, (_, quoted, name) => code(quoted ?? name)).replaceAll('|', '\\|')
}

function code(words) {
  return `\`${words}\``
}
