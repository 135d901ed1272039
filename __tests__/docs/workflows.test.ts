import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { seededCredential } from '../../emulator/seed.ts'
import { loyaltySchema } from '../../emulator/seed/loyalty-schema.ts'
import { logs, outcomes } from '../examples/outcomes.ts'
import type { Example } from '../examples/read-example.ts'
import type { Files, Repository } from '../examples/repository.ts'
import { runWorkflow, type JobEnd, type Trigger } from '../examples/run-example.ts'
import { membersIn, MEMBERS, strangersPlatform, strangersRepository } from '../examples/stranger.ts'
import type { LocalPlatform } from '../support/emulator/local-platform.ts'
import { membersParquet } from '../support/files/members-parquet.ts'
import { badMember } from '../support/files/members.ts'
import { member } from '../support/runs/platform-inputs.ts'
import type { Step } from '../workflows/read-workflows.ts'
import { blocksOf, readPages } from './read-pages.ts'

/** Page → how each of its blocks of YAML ends, in turn; `part` is of a workflow, and is not one to run. */
const ENDS: Readonly<Record<string, readonly string[]>> = {
  'README.md': ['published'],
  'docs/api-calls-and-permissions.md': ['part'],
  'docs/credentials.md': ['published', 'validated', 'published, published'],
  'docs/csv-and-mapping.md': ['published', 'published'],
  'docs/datasets.md': ['published'],
  'docs/deployments.md': ['published'],
  'docs/files-and-formats.md': ['published'],
  'docs/inputs.md': ['published'],
  'docs/large-data.md': ['published; published; published; published; published; published; published; published'],
  'docs/networks-and-ghes.md': ['published'],
  'docs/outputs-and-outcomes.md': ['published', 'published'],
  'docs/plan.md': ['planned'],
  'docs/profile-updates.md': ['published', 'published'],
  'docs/rejected-rows.md': ['published'],
  'docs/replace-and-rerun.md': ['published', 'part', 'submitted; published'],
  'docs/report.md': ['published'],
  'docs/revert-and-rollback.md': ['reverted'],
  'docs/validation.md': ['validated', 'validated'],
}

const SHOP = 'acme/loyalty-data'

const SAMPLES = new URL('../../samples/members-csv/', import.meta.url)

const FILES: Files = {
  'data/members/a.jsonl': member('1') + member('2'),
  'data/members/drafts/b.jsonl': 'unfinished',
  'data/members/tiers.parquet': membersParquet(['1']),
  'data/crm/members.csv': readFileSync(new URL('members.csv', SAMPLES)),
  'mappings/members.json': readFileSync(new URL('mapping.json', SAMPLES)),
  'data/partners/a.jsonl': member('p1'),
  'data/products/a.csv': 'sku,name,category,price,stock,active\nA-1,Mug,kitchen,7.50,12,true\n',
  'schemas/members.json': JSON.stringify(loyaltySchema),
  ...Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`data/history/${index}.jsonl`, member(`h${index}`)])),
}

const blocks = readPages().flatMap((page) =>
  blocksOf(page, 'yaml').map((yaml, index) => ({ page: page.path, index, yaml, end: ENDS[page.path]?.[index] })),
)

describe('every block of YAML in README.md and docs/', () => {
  it.each(blocks)('$page, $index: $end', async ({ page, yaml, end }) => {
    if (end === 'part') {
      expect(Object.keys(parse(yaml) as object).every((key) => ['permissions', 'concurrency'].includes(key))).toBe(true)
      return
    }
    await using platform = await strangersPlatform()
    if (end === 'reverted') await run(platform, yamlOf('docs/replace-and-rerun.md'))
    const ends = await run(platform, yaml, { on: page === 'docs/plan.md' ? 'pull_request' : undefined })
    expect(Object.values(outcomes(ends)).join('; '), logs(ends)).toBe(end)
    expect(ends.filter(({ result }) => result !== 'success')).toEqual([])
  })

  it('ends as this test says, and no other is in the pages', () => {
    expect(blocks.filter(({ end }) => end === undefined)).toEqual([])
    for (const [page, ends] of Object.entries(ENDS))
      expect([page, blocks.filter((block) => block.page === page).length]).toEqual([page, ends.length])
  })
})

it('the step in docs/csv-and-mapping.md publishes every row of the CSV file as a record', async () => {
  await using platform = await strangersPlatform()
  await run(platform, yamlOf('docs/csv-and-mapping.md'))
  expect(await membersIn(platform, MEMBERS)).toHaveLength(9)
})

it('the script in docs/report.md prints each rejected row at its line', async () => {
  await using platform = await strangersPlatform()
  const files = { 'data/members/a.jsonl': member('1') + badMember('2') }
  const steps = (parse(yamlOf('docs/report.md')) as readonly Step[]).map((step) =>
    step.id === 'publish' ? { ...step, with: { ...step.with, validation: 'warn' } } : step,
  )
  const [end] = await run(platform, JSON.stringify(steps), { files })
  expect(end?.printed).toMatch(/^data\/members\/a\.jsonl:2 \d+ \/_emutenant\/loyalty\/\w+\n$/)
})

type Way = { readonly on?: string | undefined; readonly files?: Files }

async function run(platform: LocalPlatform, yaml: string, { on, files = FILES }: Way = {}): Promise<readonly JobEnd[]> {
  const { workflow, event } = workflowOf(yaml)
  return runWorkflow(workflow, repositoryWith(platform, files), triggerOf(on ?? event))
}

/** Beside the environment, with the credential that can only read, which pull requests may have. */
function repositoryWith(platform: LocalPlatform, files: Files): Repository {
  const repository = strangersRepository(platform, files)
  const vars = { ...repository.keeps.vars, AEP_READER_CLIENT_ID: seededCredential.clientId }
  return {
    ...repository,
    keeps: { platform, vars, secrets: { AEP_READER_CLIENT_SECRET: seededCredential.secrets[0] } },
  }
}

/** A page shows a whole workflow, its jobs alone, or the steps of one. */
function workflowOf(yaml: string): { readonly workflow: Example; readonly event: string } {
  const whole = parse(yaml) as Partial<Example> | readonly Step[]
  const parts = 'length' in whole ? { jobs: { publish: jobOf(whole) } } : whole
  const workflow = { file: 'page', text: yaml, name: 'Page', on: { push: null }, permissions: {}, jobs: {}, ...parts }
  return { workflow, event: 'workflow_dispatch' in workflow.on ? 'workflow_dispatch' : 'push' }
}

function jobOf(steps: readonly Step[]) {
  const checkout = { uses: 'actions/checkout@v5', with: { 'persist-credentials': false } }
  return { 'runs-on': 'ubuntu-latest', environment: 'dev', 'timeout-minutes': 75, steps: [checkout, ...steps] }
}

function triggerOf(event: string): Trigger {
  const pullRequest = { pull_request: { head: { repo: { full_name: SHOP } } } }
  return { event, run: 1001, github: { event_name: event, actor: 'ada', repository: SHOP, event: pullRequest } }
}

function yamlOf(path: string, index = 0): string {
  const block = blocks.find((one) => one.page === path && one.index === index)
  if (block === undefined) throw new Error(`${path} has no such block`)
  return block.yaml
}
