// Writes the parts of README.md that are made of other files; with --check it only says whether they are what it would write.
import { readFileSync, writeFileSync } from 'node:fs'
import { format } from 'prettier'
import { parse } from 'yaml'
import { RULES } from '../src/schema/rules.ts'

/** The chapter that says more. */
const CHAPTERS = {
  inputs: {
    dataset: 'datasets',
    glob: 'files',
    format: 'formats',
    upsert: 'profile-updates',
    'replay-predecessors': 'replacing',
    publication: 'publications',
    schema: 'creating-a-dataset',
    'batch-id': 'taking-back-what-was-published',
    validation: 'checking-rows',
    'schema-file': 'storing-a-schema',
    'if-unchanged': 'what-is-sent',
    'allow-pull-request': 'which-events-may-publish',
    'max-shrink-percent': 'replacing',
    'show-values': 'rejected-rows',
    'max-rejected-rows': 'waiting-and-verdicts',
    wait: 'without-waiting',
    matrix: 'publications',
    'job-id': 'publications',
    'deployment-environment': 'deployments',
    'rejected-rows-path': 'a-file-of-the-rejected-rows',
  },
  outputs: { outcome: 'waiting-and-verdicts', 'report-path': 'the-report', 'sarif-path': 'code-scanning' },
}

const { inputs, outputs } = parse(readFileSync('action.yml', 'utf8'))

const PARTS = {
  minimal: () => `\`\`\`yaml\n${readFileSync('examples/publish-on-merge.yml', 'utf8')}\`\`\`\n`,
  inputs: () =>
    asTable([
      ['Input', 'Default', 'Meaning'],
      ...Object.entries(inputs).map(([name, row]) => [named('inputs', name), valued(row), marked(row.description)]),
    ]),
  outputs: () => asTable([['Output', 'Type', 'Value', 'Empty'], ...Object.entries(outputs).map(outputRow)]),
  findings: () =>
    asTable([
      ['Code', 'Level', 'Fate', 'Meaning'],
      ...Object.entries(RULES).map(([name, { level, fate, line }]) => [code(name), level, fate ?? 'kept', line]),
    ]),
}

const readme = readFileSync('README.md', 'utf8')
let written = readme
for (const [name, make] of Object.entries(PARTS)) written = withPart(written, name, await make())
if (!process.argv.includes('--check')) writeFileSync('README.md', written)
else if (written !== readme) {
  console.error('README.md is not what its sources make of it. Run "npm run readme" and commit it.')
  process.exitCode = 1
}

function withPart(text, name, part) {
  const [begin, end] = [`<!-- ${name}:begin, written by "npm run readme" -->`, `<!-- ${name}:end -->`]
  const [from, to] = [text.indexOf(begin) + begin.length, text.indexOf(end)]
  if (from < begin.length || to < from) throw new Error(`README.md has no "${begin}" before "${end}"`)
  return `${text.slice(0, from)}\n\n${part}\n${text.slice(to)}`
}

function asTable([head, ...rows]) {
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)
  return format(lines.join('\n'), { parser: 'markdown' })
}

function valued(row) {
  return row.default ? code(row.default) : ''
}

/** `Type: Value. Empty when …` or `Type: Value. Never empty.`, as action.yml has it. */
function outputRow([name, { description }]) {
  const [, type, value, when] = /^(.*?): (.*) (?:Empty (when .*)|Never empty)\.$/.exec(description)
  const kind = type.startsWith('JSON') ? type : type.toLowerCase()
  return [named('outputs', name), kind, marked(value), when ? marked(when) : 'never']
}

function named(part, name) {
  const chapter = CHAPTERS[part][name]
  return chapter ? `[${code(name)}](#${chapter})` : code(name)
}

/** Words in quotes, and the names of inputs that no other word looks like, as code. */
function marked(text) {
  const names = Object.keys(inputs).filter((name) => name.includes('-'))
  const pattern = new RegExp(`"([^"]+)"|(?<![\\w-])(${names.join('|')})(?![\\w-])`, 'g')
  return text.replace(pattern, (_, quoted, name) => code(quoted ?? name)).replaceAll('|', '\\|')
}

function code(text) {
  return `\`${text}\``
}
