import { existsSync, globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readInputs } from '../src/steps/inputs.ts'
import { readShard } from '../src/steps/inputs/shard.ts'
import { statusKind } from '../src/steps/watch/status.ts'
import { RULES } from '../src/xdm/rules.ts'

type Step = { readonly uses?: string; readonly with?: Readonly<Record<string, string>> }

type Workflow = {
  readonly on: Readonly<Record<string, unknown>>
  readonly permissions: unknown
  readonly concurrency: unknown
  readonly jobs: Readonly<Record<string, Job>>
}

type Job = {
  readonly steps: readonly Step[]
  readonly strategy?: { readonly matrix: { readonly shard: readonly number[] } }
}

type Action = { readonly inputs: Declared; readonly outputs: Declared }

type Declared = Readonly<Record<string, { readonly description: string }>>

const ROOT = new URL('../', import.meta.url)
const readme = read('README.md')
const action = parse(read('action.yml')) as Action
const examples = Array.from(readme.matchAll(/^```yaml\n([^]*?)^```$/gm), ([, yaml]) => yaml ?? '')
const [minimal = ''] = examples

describe('README.md', () => {
  it.each(['inputs', 'outputs'] as const)('lists the %s of action.yml, in their order', (part) => {
    const names = rowsUnder(part === 'inputs' ? '## Inputs' : '## Outputs').map(([name]) => unquoted(name))
    expect(names).toEqual(Object.keys(action[part]))
  })

  it('gives every output a type and says when it is empty', () => {
    for (const [name, type, value, empty] of rowsUnder('## Outputs')) {
      const [, declared] = /^(.*?): /.exec(action.outputs[unquoted(name)]?.description ?? '') ?? []
      expect(type).toBe(declared?.replace(/^[SW]/, (letter) => letter.toLowerCase()))
      expect(value).toMatch(/\.$/)
      expect(empty === 'never').toBe(/Never empty/.test(action.outputs[unquoted(name)]?.description ?? ''))
    }
  })

  it('explains exactly the outcomes that the output can have', () => {
    const explained = tableAfter(readme, '| Outcome ').map(([outcome]) => unquoted(outcome))
    expect(explained.toSorted()).toEqual(quotedIn(action.outputs['outcome']?.description ?? '').toSorted())
  })

  it('names statuses that the action knows', () => {
    const named = tableAfter(readme, '| Status at the platform ').flatMap(([statuses = '']) => codeIn(statuses))
    expect(named.length).toBeGreaterThan(10)
    expect(named.filter((status) => statusKind(status) === 'unknown')).toEqual([])
  })

  it('shows a minimal workflow that is a whole one', () => {
    const workflow = parse(minimal) as Workflow
    expect(workflow.permissions).toEqual({ contents: 'read' })
    expect(workflow.concurrency).toMatchObject({ 'cancel-in-progress': false })
    const [checkout, publish] = stepsOf(minimal)
    expect(checkout?.uses).toMatch(/^actions\/checkout@/)
    expect(Object.keys(publish?.with ?? {})).toEqual(expect.arrayContaining(['dataset', 'glob', 'sandbox', 'org-id']))
  })

  it('uses inputs in its examples that the action has', () => {
    const ours = examples.flatMap(stepsOf).filter(isOurs)
    expect(ours.length).toBeGreaterThan(4)
    for (const step of ours)
      expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(step.with ?? {})))
  })

  it('shows a check of pull requests that needs no secrets, and gives it all that it needs', () => {
    const offline = examples.find((yaml) => yaml.includes('schema-file')) ?? ''
    const workflow = parse(offline) as Workflow
    expect(Object.keys(workflow.on)).toEqual(['pull_request'])
    expect(workflow.permissions).toEqual({ contents: 'read' })
    expect(offline).not.toMatch(/secrets|vars/)
    const given = stepsOf(offline).find(isOurs)?.with ?? {}
    expect(readInputs((name) => given[name] ?? '').mode).toBe('validate')
  })

  it('shows a job matrix that has every share once', () => {
    const sharded = examples.find((yaml) => yaml.includes('matrix.shard')) ?? ''
    const { strategy } = (parse(sharded) as Workflow).jobs['publish'] ?? {}
    const numbers = strategy?.matrix.shard ?? []
    const given = stepsOf(sharded).find(isOurs)?.with?.['shard'] ?? ''
    const shards = numbers.map((number) => readShard(given.replace('${{ matrix.shard }}', String(number))))
    expect(shards).toEqual(
      numbers.map((_, index) => ({ kind: 'read', value: { number: index + 1, of: numbers.length } })),
    )
    expect(numbers.length).toBeGreaterThan(1)
  })

  it('lists every rule of the check with its level and meaning', () => {
    const rules = Object.entries(RULES).map(([code, { level, line }]) => [`\`${code}\``, level, line])
    expect(tableAfter(readme, '| Code ')).toEqual(rules)
  })
})

describe('the troubleshooting of README.md', () => {
  const sources = globSync('src/**/*.ts', { cwd: ROOT, exclude: ['src/emulator/**'] })
    .map(read)
    .join('\n')
  const rows = tableAfter(readme.slice(readme.indexOf('\n## Troubleshooting\n')), '| ')
  const messages = rows.flatMap(([cell = '']) => codeIn(cell)).filter((code) => code.includes(' '))

  it('explains many a message', () => {
    expect(messages.length).toBeGreaterThan(30)
  })

  it.each(messages)('quotes "%s" as the action says it', (message) => {
    const parts = message.split('…').map((part) => part.trim())
    expect(parts.filter((part) => !sources.includes(part))).toEqual([])
  })
})

describe.each(['README.md', 'CONTRIBUTING.md', 'BENCHMARKS.md', 'CHANGELOG.md'])('the links of %s', (file) => {
  const links = Array.from(read(file).matchAll(/\]\(([^)]+)\)/g), ([, link]) => link ?? '')

  it('lead to files that exist', () => {
    const paths = links.filter((link) => !/^(https:|#)/.test(link)).map((link) => link.replace(/#.*$/, ''))
    expect(paths.filter((path) => !existsSync(new URL(path, ROOT)))).toEqual([])
  })

  it('lead to headings that exist', () => {
    const headings = Array.from(read(file).matchAll(/^#+ (.*)$/gm), ([, heading = '']) => `#${anchorOf(heading)}`)
    expect(links.filter((link) => link.startsWith('#') && !headings.includes(link))).toEqual([])
  })
})

function stepsOf(yaml: string): readonly Step[] {
  const example = parse(yaml) as readonly Step[] | Workflow
  return 'jobs' in example ? Object.values(example.jobs).flatMap(({ steps }) => steps) : example
}

function isOurs({ uses }: Step): boolean {
  return uses?.startsWith('OWNER/publish-to-experience-platform@') ?? false
}

function read(path: string): string {
  return readFileSync(new URL(path, ROOT), 'utf8')
}

function rowsUnder(heading: string): readonly (readonly string[])[] {
  return tableAfter(readme.slice(readme.indexOf(`\n${heading}\n`)), '| ')
}

/** The cells of the first table whose head begins so. */
function tableAfter(text: string, head: string): readonly (readonly string[])[] {
  const lines = text.slice(text.indexOf(`\n${head}`) + 1).split('\n')
  const end = lines.findIndex((line) => !line.startsWith('|'))
  return lines.slice(2, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

function codeIn(text: string): readonly string[] {
  return Array.from(text.matchAll(/`([^`]+)`/g), ([, code]) => code ?? '')
}

function quotedIn(text: string): readonly string[] {
  return Array.from(text.matchAll(/"([^"]+)"/g), ([, word]) => word ?? '')
}

function unquoted(cell = ''): string {
  return cell.replace(/^`(.*)`$/, '$1')
}

/** As GitHub makes it of a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
}
