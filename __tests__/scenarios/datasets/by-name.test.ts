import { describe, expect, it } from 'vitest'
import { between } from '../../support/emulator/between.ts'
import { localPlatform, type LocalPlatform } from '../../support/emulator/local-platform.ts'
import { addDataset } from '../../support/emulator/more-datasets.ts'
import { datasets, member } from '../../support/runs/platform-inputs.ts'
import type { ActionResult } from '../../support/runs/run-action.ts'

const files = { 'data/a.jsonl': member('1') }

function publishTo(platform: LocalPlatform, dataset: string): Promise<ActionResult> {
  return platform.publish({ files, inputs: { dataset } })
}

/** Nothing but the token was asked for in writing. */
function expectNothingSent(platform: LocalPlatform, { exitCode, outputs, log }: ActionResult): void {
  expect(exitCode, log).toBe(1)
  expect(outputs).toMatchObject({ outcome: 'failed', 'dataset-id': '', 'batch-ids': '[]' })
  expect(platform.requests('POST', /^\/data\//)).toEqual([])
}

describe('a dataset that is given by its name', () => {
  it.concurrent.each(['strict', 'lenient'] as const)('is found, and its id is an output, %s', async (mode) => {
    await using platform = await localPlatform({ mode })
    const run = await publishTo(platform, 'Loyalty members')
    expect(run.outputs, run.log).toMatchObject({ outcome: 'published', 'dataset-id': datasets.loyalty })
    expect((await platform.batch()).datasetId).toBe(datasets.loyalty)
  })

  it.concurrent('is not one of another case, nor of another sandbox; the nearest names are listed', async () => {
    await using platform = await localPlatform()
    const run = await publishTo(platform, 'loyalty members')
    expectNothingSent(platform, run)
    expect(run.log).toMatch(/^::error::Cannot find a dataset named "loyalty members" in sandbox "dev"/m)
    expect(run.log).toMatch(/Similar names: "Loyalty members", "Loyalty updates"/)
    const elsewhere = await publishTo(platform, 'Loyalty members of production')
    expectNothingSent(platform, elsewhere)
  })

  it.concurrent('is not one that had it when the list was made: somebody has renamed it since', async () => {
    await using platform = await localPlatform()
    const id = addDataset(platform, { name: 'Members' })
    const rename = () => {
      const record = { ...platform.emulator.dataset(id), name: 'Members of old' }
      platform.emulator.addDataset({ id, sandbox: 'dev', record })
      addDataset(platform, { name: 'Members' })
    }
    between(platform, { method: 'GET', target: /\/dataSets\?/, nth: 1, after: rename })
    const run = await publishTo(platform, 'Members')
    expectNothingSent(platform, run)
    expect(run.log).toContain(`Cannot use dataset "${id}": it is listed as "Members", and named "Members of old"`)
  })

  it.concurrent('lists no name of a dataset that the platform manages', async () => {
    await using platform = await localPlatform()
    const run = await publishTo(platform, 'Profile snapshots')
    expect(run.log).toContain('Similar names: ')
    expect(run.log).not.toContain('"Profile snapshot"')
  })

  it.concurrent('and is one of two of that name is ambiguous: both ids are named', async () => {
    await using platform = await localPlatform()
    const twin = addDataset(platform, { name: 'Loyalty members' })
    const run = await publishTo(platform, 'Loyalty members')
    expectNothingSent(platform, run)
    expect(run.log).toMatch(/^::error::Cannot tell which dataset is meant: 2 are named "Loyalty members"/m)
    expect(run.log).toContain(datasets.loyalty)
    expect(run.log).toContain(twin)
  })

  it.concurrent(
    'is refused where only the platform has one of it, and found where a customer has one too',
    async () => {
      await using platform = await localPlatform()
      const refused = await publishTo(platform, 'Profile snapshot')
      expectNothingSent(platform, refused)
      expect(refused.log).toMatch(
        /^::error::Cannot use dataset "650000000000000000000004".*is managed by the platform/m,
      )
      const own = addDataset(platform, { name: 'Profile snapshot' })
      const run = await publishTo(platform, 'Profile snapshot')
      expect(run.outputs, run.log).toMatchObject({ outcome: 'published', 'dataset-id': own })
    },
  )

  it.concurrent('is found on the third page of a list, with 400 others around it', async () => {
    await using platform = await localPlatform()
    const add = (name: string, number: number) =>
      addDataset(platform, { name, created: 1_700_000_000_001 + Math.floor(number / 3) })
    for (let number = 0; number < 230; number++) add(`Before, ${number}`, number)
    const id = add('Members, EU', 230)
    for (let number = 231; number < 400; number++) add(`After, ${number}`, number)
    const run = await publishTo(platform, 'Members, EU')
    expect(run.outputs, run.log).toMatchObject({ outcome: 'published', 'dataset-id': id })
    const starts = platform.requests('GET', /\/dataSets\?/).map(({ target }) => /start=(\d+)/.exec(target)?.[1])
    expect(starts).toEqual(['0', '99', '198', '297', '396'])
  })

  it.concurrent.each([
    ['a comma', 'EU, members', ['EU', ' members']],
    ['an exclamation mark first', '!members', ['others']],
    ['a star', 'Members*', ['Members of EU']],
    ['letters of other scripts', 'Mitglieder «Übersee» 会員 😀', ['Mitglieder']],
    ['marks of a query', 'a&b=c?d#e%41+f', ['a', 'a&b=c?d#eA f']],
    ['quotes and a command', '"::error::x" %0A', ['::error::x']],
    ['23 hexadecimal digits', '65000000000000000000000', ['650000000000000000000001']],
  ])('may hold %s', async (_, name, decoys) => {
    await using platform = await localPlatform()
    for (const decoy of decoys) addDataset(platform, { name: decoy })
    const id = addDataset(platform, { name })
    const run = await publishTo(platform, name)
    expect(run.outputs, run.log).toMatchObject({ outcome: 'published', 'dataset-id': id })
    expect(run.log).not.toMatch(/^::error::/m)
  })
})

describe('a dataset that is given by its id', () => {
  it.concurrent('is never looked up as a name', async () => {
    await using platform = await localPlatform()
    addDataset(platform, { name: datasets.loyalty })
    const run = await publishTo(platform, datasets.loyalty)
    expect(run.outputs, run.log).toMatchObject({ outcome: 'published', 'dataset-id': datasets.loyalty })
    expect(platform.requests('GET', /\/dataSets\?(?!tags=)/)).toEqual([])
  })

  it.concurrent('in upper case is refused with the id that was meant', async () => {
    await using platform = await localPlatform()
    const run = await publishTo(platform, '65ABCDEF00000000000000AB')
    expectNothingSent(platform, run)
    expect(run.log).toMatch(/"dataset" is "65ABCDEF00000000000000AB"; .*did you mean "65abcdef00000000000000ab"\?/)
    expect(platform.emulator.requests()).toEqual([])
  })

  it.concurrent('that nobody knows is told from a name', async () => {
    await using platform = await localPlatform()
    const run = await publishTo(platform, '65ffffffffffffffffffffff')
    expectNothingSent(platform, run)
    expect(run.log).toMatch(/^::error::Cannot find dataset "65ffffffffffffffffffffff" in sandbox "dev"/m)
  })
})

describe('every mode takes a name', () => {
  const dataset = 'Loyalty members'

  it.concurrent('validate', async () => {
    await using platform = await localPlatform()
    const run = await platform.publish({ files, inputs: { dataset, mode: 'validate', validation: 'error' } })
    expect(run.outputs, run.log).toMatchObject({ outcome: 'validated', 'dataset-id': datasets.loyalty })
  })

  it.concurrent('wait and revert', async () => {
    await using platform = await localPlatform()
    const sent = await platform.publish({ files, inputs: { dataset, wait: 'false' } })
    const about = { dataset, 'batch-id': sent.outputs['batch-id'] ?? '' }
    const waited = await platform.publish({ inputs: { ...about, mode: 'resume' } })
    expect(waited.outputs, waited.log).toMatchObject({ outcome: 'published', 'dataset-id': datasets.loyalty })
    const reverted = await platform.publish({ inputs: { ...about, mode: 'revert' } })
    expect(reverted.outputs, reverted.log).toMatchObject({ outcome: 'reverted', 'dataset-id': datasets.loyalty })
    expect((await platform.batch()).stage).toBe('inactive')
  })

  it.concurrent('abort, which says of an unknown one what is near', async () => {
    await using platform = await localPlatform()
    const inputs = { dataset: 'Loyalty member', mode: 'abort', 'batch-id': '01H0' }
    const run = await platform.publish({ inputs })
    expectNothingSent(platform, run)
    expect(run.log).toContain('Similar names: "Loyalty members"')
  })
})
