import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readWorkflows, type Step } from '../workflows/read-workflows.ts'
import { exampleFiles, isOurs, readExample, type Example, type ExampleJob } from './read-example.ts'
import { refuseUnknown } from './refuse-unknown.ts'

const WRITING: readonly unknown[] = ['publish', 'revert']

const examples = exampleFiles.map(readExample)
const { inputs } = parse(read('../../action.yml')) as { readonly inputs: Readonly<Record<string, unknown>> }
const tests = globSync('*.test.ts', { cwd: import.meta.dirname }).map((file) => read(file))

describe.each(examples)('$file', (example) => {
  const jobs = Object.values(example.jobs)
  const steps = jobs.flatMap((job) => job.steps)

  it('is a whole workflow that is understood, and that a test runs', () => {
    expect(() => refuseUnknown(example)).not.toThrow()
    expect(example.name).toMatch(/^[A-Z]/)
    expect(steps.filter(isOurs).length).toBeGreaterThan(0)
    expect(tests.filter((text) => text.includes(`runExample('${example.file}'`))).not.toEqual([])
  })

  it('may do no more than it needs: read the repository, where it checks out', () => {
    const checksOut = steps.some(({ uses }) => uses?.startsWith('actions/checkout@'))
    const comments = steps.some((step) => isOurs(step) && step.with?.['comment'] !== undefined)
    const expected = { ...(checksOut && { contents: 'read' }), ...(comments && { 'pull-requests': 'write' }) }
    expect(example.permissions).toEqual(expected)
  })

  it('pins what is not ours as our own workflows do, and keeps no token in the checkout', () => {
    const pins = new Set(readWorkflows().flatMap(({ text }) => text.match(/\bactions\/checkout@.*$/gm) ?? []))
    const used = example.text.match(/(?<=\buses: ).*$/gm) ?? []
    expect(used).toHaveLength(steps.filter(({ uses }) => uses).length)
    expect(used.filter((uses) => !pins.has(uses) && !isOurs({ uses }))).toEqual([])
    const checkouts = steps.filter((step) => step.uses && !isOurs(step))
    for (const checkout of checkouts) expect(checkout.with?.['persist-credentials']).toBe(false)
  })

  it('gives the action inputs that it has, and the secret by its name alone', () => {
    const given = steps.filter(isOurs).flatMap((step) => Object.entries(step.with ?? {}))
    expect(given.filter(([name]) => !(name in inputs))).toEqual([])
    const secrets = given.filter(([name, value]) => name === 'client-secret' || String(value).includes('secrets.'))
    for (const secret of secrets) expect(secret).toEqual(['client-secret', '${{ secrets.AEP_CLIENT_SECRET }}'])
  })

  it('hands the secret to the jobs of an environment alone, whose rules say which branches get it', () => {
    for (const job of jobs)
      expect(typeof job.environment).toBe(/secrets\./.test(JSON.stringify(job)) ? 'string' : 'undefined')
  })

  it('is set off by nothing that brings secrets to the content of strangers', () => {
    const events = Object.keys(example.on)
    expect(events).not.toContain('pull_request_target')
    if (events.includes('pull_request')) expect(JSON.stringify(example.jobs)).not.toMatch(/secrets|vars/)
  })

  it.each(Object.entries(example.jobs))('its job "%s" is alone at its dataset, and is not cut short', (_, job) => {
    for (const step of job.steps.filter(isWriting)) expectAlone(example, job, step)
  })
})

it('no workflow uses the group of a dataset for another one', () => {
  const datasets = new Map<string | undefined, unknown>()
  for (const example of examples) {
    for (const job of Object.values(example.jobs)) {
      for (const { with: given = {} } of job.steps.filter(isWriting)) {
        const group = groupOf(example, job)
        expect(datasets.get(group) ?? given['dataset']).toBe(given['dataset'])
        datasets.set(group, given['dataset'])
      }
    }
  }
})

function isWriting(step: Step): boolean {
  return isOurs(step) && WRITING.includes(step.with?.['mode'] ?? 'publish')
}

/** One group for the dataset, or for the dataset of this name in this environment; time enough for the action to end by itself. */
function expectAlone(example: Example, job: ExampleJob, { with: given = {} }: Step): void {
  const dataset = String(given['dataset']).toLowerCase().replaceAll(' ', '-')
  // An id is one of all sandboxes; a name is another dataset in each.
  const place = /^[0-9a-f]{24}$/.test(dataset) ? [] : [job.environment]
  expect(groupOf(example, job)).toBe(['publish', dataset, ...place].join('-'))
  expect(job.concurrency ?? example.concurrency).toMatchObject({ 'cancel-in-progress': false, queue: 'max' })
  expect(job['timeout-minutes']).toBeGreaterThan(Number(given['timeout-minutes'] ?? '60'))
}

function groupOf(example: Example, job: ExampleJob): string | undefined {
  return (job.concurrency ?? example.concurrency)?.group
}

function read(path: string): string {
  return readFileSync(new URL(path, import.meta.url), 'utf8')
}
