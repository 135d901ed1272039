import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { isOurs } from '../examples/read-example.ts'
import { readWorkflows, type Step } from '../workflows/read-workflows.ts'
import { blocksOf, readOtherPages, readPage, readPages } from './read-pages.ts'

const SUBJECTS = [
  'credentials',
  'inputs',
  'outputs-and-outcomes',
  'replace-and-rerun',
  'validation',
  'csv-and-mapping',
  'plan',
  'revert-and-rollback',
  'profile-updates',
  'files-and-formats',
  'large-data',
  'rejected-rows',
  'report',
  'deployments',
  'networks-and-ghes',
  'api-calls-and-permissions',
  'limits',
  'troubleshooting',
  'local-platform',
  'command-line',
]

const PIN = /(?<=\buses: )[\w-]+\/[\w./-]+@[0-9a-f]{40} # v[\d.]+$/gm

const { inputs } = parse(readPage('action.yml').text) as { readonly inputs: Readonly<Record<string, unknown>> }
const pages = readPages().filter(({ path }) => path !== 'README.md')
const examples = readPages().flatMap((page) => blocksOf(page, 'yaml'))

describe('docs/', () => {
  it('has a page for each subject', () => {
    const names = pages.map(({ path }) => path.replace(/^docs\/(.*)\.md$/, '$1'))
    expect(SUBJECTS.filter((subject) => !names.includes(subject))).toEqual([])
  })

  it.each(pages)('$path begins with an example, or the table that one looks up', ({ text }) => {
    const [, before = ''] = /^# [^\n]+\n([^]*?)^(?:```|## |<!-- (?:log|limits))/m.exec(text) ?? []
    expect(text).toMatch(/^# [A-Z][^\n]+\n\n[A-Z]/)
    expect(text.slice(text.indexOf(before) + before.length)).toMatch(/^(?:```|<!-- (?:log|limits))/)
    expect(before.split(/\s+/).length).toBeLessThan(130)
  })
})

describe.each([...readPages(), ...readOtherPages()])('the tables of $path', ({ text }) => {
  const rows = text.split('\n').filter((line) => /^ *\|/.test(line))

  it('are as wide as their words: no cell is padded', () => {
    expect(rows.filter((row) => / {2,}\||\| {2,}|-{4,}/.test(row.trim()))).toEqual([])
  })

  it('have as many cells in a row as in their head', () => {
    const widths = text.split(/\n(?! *\|)/).map((part) =>
      part
        .split('\n')
        .filter((line) => /^ *\|/.test(line))
        .map(cellsIn),
    )
    expect(widths.filter((table) => new Set(table).size > 1)).toEqual([])
  })
})

describe('the examples of README.md and docs/', () => {
  it('use inputs that the action has', () => {
    const ours = examples.flatMap(stepsOf).filter(isOurs)
    expect(ours.length).toBeGreaterThan(20)
    for (const step of ours) expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(step.with ?? {})))
  })

  it('pin what is not ours as our own workflows do, and keep no token in a checkout', () => {
    const pins = readWorkflows().flatMap(({ text }) => Array.from(text.matchAll(PIN), ([pin]) => repositoryAndPin(pin)))
    const used = examples.flatMap((yaml) => yaml.match(/(?<=\buses: ).*$/gm) ?? []).filter((uses) => !isOurs({ uses }))
    expect(used.length).toBeGreaterThan(4)
    expect(used.map(repositoryAndPin).filter((pin) => !pins.includes(pin))).toEqual([])
    const checkouts = examples.flatMap(stepsOf).filter(({ uses }) => uses?.startsWith('actions/checkout@'))
    for (const checkout of checkouts) expect(checkout.with?.['persist-credentials']).toBe(false)
  })
})

function stepsOf(yaml: string): readonly Step[] {
  const example = parse(yaml) as
    readonly Step[] | { readonly jobs?: Readonly<Record<string, { readonly steps: Step[] }>> }
  return 'length' in example ? example : Object.values(example.jobs ?? {}).flatMap(({ steps }) => steps)
}

/** Without the path of an action among several of a repository, which all have its commit. */
function repositoryAndPin(uses: string): string {
  return uses.replace(/^([^/]+\/[^/@]+)[^@]*/, '$1')
}

function cellsIn(row: string): number {
  return row
    .trim()
    .replaceAll('\\|', '')
    .replace(/`[^`]*`/g, '')
    .split('|').length
}
