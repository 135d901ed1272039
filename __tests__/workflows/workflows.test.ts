import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readPrograms } from '../support/repository/bundle.ts'
import { readWorkflow } from './read-workflow.ts'
import { readWorkflows, type Job, type Step } from './read-workflows.ts'

const workflows = readWorkflows()

/** What may be written, and where: all else only reads. */
const WRITES: Readonly<Record<string, readonly string[]>> = {
  'codeql.yml/analyze': ['security-events'],
  'release.yml/attest': ['id-token', 'attestations'],
  'release.yml/release': ['contents'],
}

it('there is a workflow for each of our checks, and for a release', () => {
  const files = ['codeql.yml', 'end-to-end.yml', 'nightly.yml', 'release.yml', 'test.yml', 'workflows.yml']
  expect(workflows.map(({ file }) => file).toSorted()).toEqual(files)
})

describe.each(workflows)('$file', (workflow) => {
  const jobs = Object.entries(workflow.jobs)
  const steps = jobs.flatMap(([, job]) => job.steps ?? [])

  it('is set off by nothing that brings secrets to the code of strangers', () => {
    const harmless = ['push', 'pull_request', 'workflow_call', 'schedule']
    expect(Object.keys(workflow.on).filter((event) => !harmless.includes(event))).toEqual([])
    expect(workflow.text).not.toMatch(/\bsecrets\b *[.[]|secrets: *inherit/)
  })

  it('pins every action of others to a commit, and names its version', () => {
    const used = workflow.text.match(/^.*\buses: .*$/gm) ?? []
    expect(used).toHaveLength(steps.filter(({ uses }) => uses).length + jobs.filter(([, { uses }]) => uses).length)
    const pin = /uses: (?:\.\/\S*|[\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/
    expect(used.filter((line) => !pin.test(line))).toEqual([])
  })

  it('gives away no permission but to a job, and each with its reason', () => {
    expect(workflow.permissions).toEqual({})
    for (const [, { permissions }] of jobs) expect(permissions).toBeDefined()
    const granted = workflow.text.match(/^ {6}[a-z-]+: (?:read|write).*$/gm) ?? []
    expect(granted).toHaveLength(jobs.flatMap(([, { permissions = {} }]) => Object.keys(permissions)).length)
    expect(granted.filter((line) => !/# to \w/.test(line))).toEqual([])
  })

  it('lets nothing be written but where that is meant', () => {
    const writing = jobs.flatMap(([name, { permissions = {} }]) => writesOf(`${workflow.file}/${name}`, permissions))
    expect(Object.fromEntries(writing)).toEqual(
      Object.fromEntries(Object.entries(WRITES).filter(([place]) => place.startsWith(`${workflow.file}/`))),
    )
  })

  it('installs nothing, and runs no code but that of GitHub and of its own shell, where something may be written', () => {
    for (const [, job] of jobs.filter(([name]) => `${workflow.file}/${name}` in WRITES)) {
      for (const { uses = 'actions/' } of job.steps ?? []) expect(uses).toMatch(/^(?:actions|github)\/(?!setup-)/)
      expect(scriptsOf(job)).not.toMatch(/\b(?:npm|npx|node|yarn|pnpm|pip|apt|apt-get|curl|wget|docker)\b|\.\//)
    }
  })

  it('ends every job in time, and keeps runs apart', () => {
    for (const [, job] of jobs) expect(job.uses ?? job['timeout-minutes']).toBeDefined()
    const { concurrency = jobs.find(([, job]) => job.concurrency)?.[1].concurrency } = workflow
    expect(concurrency?.group).toMatch(/^[a-z-]+(?:-\$\{\{ github\.ref \}\})?$/)
    expect(concurrency?.['cancel-in-progress']).toBeDefined()
  })

  it('keeps no token in the checkout, and restores no cache that a stranger may have filled', () => {
    for (const step of steps) {
      if (step.uses?.startsWith('actions/checkout@')) expect(step.with?.['persist-credentials']).toBe(false)
      if (step.uses?.startsWith('actions/setup-node@')) expect(step.with?.['package-manager-cache']).toBe(false)
    }
    expect(workflow.text).not.toContain('actions/cache')
  })

  it('puts no expression into a script, where it would be read as code', () => {
    expect(steps.filter(({ run }) => run?.includes('${{'))).toEqual([])
  })
})

function writesOf(place: string, permissions: Readonly<Record<string, string>>): [string, string[]][] {
  const written = Object.keys(permissions).filter((name) => permissions[name] !== 'read')
  return written.length === 0 ? [] : [[place, written]]
}

describe('release.yml', () => {
  const { jobs, on, concurrency } = readWorkflow('release.yml')

  it('starts with the tag of a whole version alone', () => {
    expect(on).toEqual({ push: { tags: ['v[0-9]+.[0-9]+.[0-9]+'] } })
  })

  it('is never cancelled by the next, nor held up by one that waits for its reviewer', () => {
    const { approve, release } = jobs
    expect(release?.concurrency).toEqual({ group: 'release', 'cancel-in-progress': false, queue: 'max' })
    expect(approve).toMatchObject({ environment: 'release', permissions: {} })
    expect([concurrency, approve?.concurrency, release?.environment]).toEqual([undefined, undefined, undefined])
  })

  it('releases what was tested, and attested after it was built in another job that may sign nothing', () => {
    expect(jobs['release']).toMatchObject({ needs: ['attest', 'approve'] })
    expect(jobs['approve']).toMatchObject({ needs: 'attest' })
    expect(jobs['attest']).toMatchObject({ needs: ['tag', 'test', 'end-to-end', 'build'] })
    expect(scriptsOf(jobs['release'])).toContain('gh release create "$GITHUB_REF_NAME" --verify-tag')
    expect(jobs['build']?.permissions).toEqual({ contents: 'read' })
    expect(scriptsOf(jobs['build'])).toContain('npm ci --ignore-scripts\nnode scripts/build.mjs')
  })
})

it('every program that action.yml starts is attested, with what it loads, and the tarball of the command line', () => {
  const { runs } = parse(readFileSync(new URL('../../action.yml', import.meta.url), 'utf8')) as {
    readonly runs: Readonly<Record<string, string>>
  }
  const started = Object.values(runs).filter((value) => value.startsWith('dist/'))
  const attests = readWorkflow('release.yml').jobs['attest']?.steps?.find(({ uses }) =>
    uses?.startsWith('actions/attest@'),
  )
  const subjects = String(attests?.with?.['subject-path']).trim().split('\n')
  expect(subjects).toEqual(['dist/*.js', '${{ runner.temp }}/packed/*.tgz'])
  const programs = [...readPrograms().keys()].map((name) => `dist/${name}`)
  expect(programs).toEqual(expect.arrayContaining([...started, 'dist/main-thread.js', 'dist/packages.js']))
})

describe('end-to-end.yml', () => {
  const { jobs } = readWorkflow('end-to-end.yml')

  it('holds every run of the action against what should have become of it', () => {
    for (const { steps = [] } of Object.values(jobs)) {
      for (const [index, step] of steps.entries()) if (step.uses === './') expectChecked(step, steps[index + 1])
    }
  })

  it('gives the action inputs that it has', () => {
    const { inputs } = parse(readFileSync(new URL('../../action.yml', import.meta.url), 'utf8')) as {
      readonly inputs: Readonly<Record<string, unknown>>
    }
    const given = Object.values(jobs).flatMap(({ steps = [] }) => steps.filter(({ uses }) => uses === './'))
    expect(given.length).toBeGreaterThan(4)
    for (const step of given) expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(step.with ?? {})))
  })

  it('runs success, failure, cancel and proxy', () => {
    expect(Object.keys(jobs)).toEqual(['success', 'failure', 'cancel', 'proxy'])
  })
})

function expectChecked(step: Step, next: Step | undefined): void {
  expect(next?.run).toMatch(/^node __tests__\/workflows\/e2e\/expect\.ts \w+$/)
  expect(next?.env).toEqual({ STEP: `\${{ toJSON(steps.${step.id}) }}` })
}

describe('dependabot.yml', () => {
  it('lets new versions of everything that we use ripen for a week', () => {
    const { updates } = parse(readFileSync(new URL('../../.github/dependabot.yml', import.meta.url), 'utf8')) as {
      readonly updates: readonly Readonly<Record<string, unknown>>[]
    }
    expect(updates.map((update) => update['package-ecosystem'])).toEqual(['npm', 'github-actions'])
    for (const { cooldown } of updates) expect(cooldown).toMatchObject({ 'default-days': 7 })
  })
})

function scriptsOf(job: Job | undefined): string {
  return (job?.steps ?? []).map(({ run = '' }) => run).join('\n')
}
