import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { stateOf } from '../../src/platform/batch-state.ts'
import { readWorkflows } from '../workflows/read-workflows.ts'

type Step = { readonly uses?: string; readonly with?: Readonly<Record<string, unknown>> }

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

/** As the best read: what it is, a job that works, what one sees, the words, the recipes, the rest for when one needs it. */
const ORDER = [
  'A minimal workflow',
  'What you will see',
  'Inputs',
  'Outputs',
  'Recipes',
  'API calls and permissions',
  'Waiting and verdicts',
  'Limits',
  'Not now',
  'Proxies, self-hosted runners, GHES',
  'Troubleshooting',
  'Versions',
  'Licence',
]

const PIN = /(?<=\buses: )[\w-]+\/[\w./-]+@[0-9a-f]{40} # v[\d.]+$/gm

const ROOT = new URL('../../', import.meta.url)
const readme = read('README.md')
const action = parse(read('action.yml')) as Action
const examples = Array.from(readme.matchAll(/^```yaml\n([^]*?)^```$/gm), ([, yaml]) => yaml ?? '')
const [minimal = ''] = examples

describe('README.md', () => {
  it('tells in this order what a stranger asks', () => {
    const headings = Array.from(readme.matchAll(/^## (.*)$/gm), ([, heading = '']) => heading)
    expect(headings.filter((heading) => ORDER.includes(heading))).toEqual(ORDER)
    // Without the credential that it tells of no recipe works.
    expect(headings[headings.indexOf('Recipes') + 1]).toBe('API calls and permissions')
    expect(readme).toMatch(/^# Publish to Experience Platform\n\n[^.\n]+\.\n\n/)
  })

  it('leads to every recipe, and to nothing else in their folder', () => {
    const named = Array.from(
      section('## Recipes').matchAll(/^\| \[[^\]]+\]\(examples\/([^)]+)\)/gm),
      ([, file]) => file,
    )
    expect(new Set(named)).toEqual(new Set(readdirSync(new URL('examples/', ROOT))))
  })

  it('explains exactly the outcomes that the output can have', () => {
    const explained = tableAfter(readme, '| Outcome ').map(([outcome]) => unquoted(outcome))
    expect(explained.toSorted()).toEqual(quotedIn(action.outputs['outcome']?.description ?? '').toSorted())
  })

  it('names statuses that the action knows', () => {
    const named = tableAfter(readme, '| Status at the platform ').flatMap(([statuses = '']) => codeIn(statuses))
    expect(named.length).toBeGreaterThan(10)
    expect(named.filter((status) => stateOf({ status }).kind === 'unknown')).toEqual([])
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

  it('pins what is not ours as our own workflows do, and keeps no token in a checkout', () => {
    const pins = readWorkflows().flatMap(({ text }) => Array.from(text.matchAll(PIN), ([pin]) => pin))
    const used = examples.flatMap((yaml) => yaml.match(/(?<=\buses: ).*$/gm) ?? []).filter((uses) => !isOurs({ uses }))
    expect(used.length).toBeGreaterThan(4)
    expect(used.map(repositoryAndPin).filter((pin) => !pins.map(repositoryAndPin).includes(pin))).toEqual([])
    const checkouts = examples.flatMap(stepsOf).filter(({ uses }) => uses?.startsWith('actions/checkout@'))
    for (const checkout of checkouts) expect(checkout.with?.['persist-credentials']).toBe(false)
  })

  it('says what it does not do now', () => {
    const text = section('## Not now')
    for (const words of ['maps no CSV columns into XDM', 'changes no schemas']) expect(text).toContain(words)
  })
})

describe.each(['README.md', 'CONTRIBUTING.md', 'BENCHMARKS.md', 'CHANGELOG.md', 'SECURITY.md'])(
  'the links of %s',
  (file) => {
    const links = Array.from(read(file).matchAll(/\]\(([^)]+)\)/g), ([, link]) => link ?? '')

    it('lead to files that exist', () => {
      const paths = links.filter((link) => !/^(https:|#)/.test(link)).map((link) => link.replace(/#.*$/, ''))
      expect(paths.filter((path) => !existsSync(new URL(path, ROOT)))).toEqual([])
    })

    it('lead to headings that exist', () => {
      const headings = Array.from(read(file).matchAll(/^#+ (.*)$/gm), ([, heading = '']) => `#${anchorOf(heading)}`)
      expect(links.filter((link) => link.startsWith('#') && !headings.includes(link))).toEqual([])
    })
  },
)

function stepsOf(yaml: string): readonly Step[] {
  const example = parse(yaml) as readonly Step[] | Workflow
  return 'jobs' in example ? Object.values(example.jobs).flatMap(({ steps }) => steps) : example
}

/** Without the path of an action among several of a repository, which all have its commit. */
function repositoryAndPin(uses: string): string {
  return uses.replace(/^([^/]+\/[^/@]+)[^@]*/, '$1')
}

function isOurs({ uses }: Step): boolean {
  return uses?.startsWith('OWNER/publish-to-experience-platform@') ?? false
}

function read(path: string): string {
  return readFileSync(new URL(path, ROOT), 'utf8')
}

/** From a heading to the next of its rank. */
function section(heading: string): string {
  const [, text = ''] = readme.split(`\n${heading}\n`)
  return text.split('\n## ')[0] ?? ''
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
