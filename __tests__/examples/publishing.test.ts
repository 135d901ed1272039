import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loyaltySchema } from '../../emulator/seed/loyalty-schema.ts'
import type { LocalPlatform } from '../support/emulator/local-platform.ts'
import { membersParquet } from '../support/files/members-parquet.ts'
import { badMember } from '../support/files/members.ts'
import { member } from '../support/runs/platform-inputs.ts'
import { logs, outcomes } from './outcomes.ts'
import type { Files } from './repository.ts'
import { runExample } from './run-example.ts'
import { MEMBERS, membersIn, strangersPlatform, strangersRepository } from './stranger.ts'

describe('publish-on-merge.yml', () => {
  const push = (run: number) => ({ event: 'push', run })

  it('lets the dataset hold what main holds, and sends nothing when a job is run again', async () => {
    await using platform = await strangersPlatform()
    const merge = (files: Files, run: number) =>
      runExample('publish-on-merge.yml', strangersRepository(platform, files), push(run))
    const first = { 'data/members/a.jsonl': member('1') + member('2'), 'data/members/b.jsonl': member('3') }
    expect(outcomes(await merge(first, 1001))).toEqual({ publish: 'published' })
    expect(await membersIn(platform, MEMBERS)).toEqual(['1', '2', '3'])
    const second = { 'data/members/a.jsonl': member('2') + member('4') }
    expect(outcomes(await merge(second, 1002))).toEqual({ publish: 'published' })
    expect(await membersIn(platform, MEMBERS)).toEqual(['2', '4'])
    expect(outcomes(await merge(second, 1003))).toEqual({ publish: 'skipped' })
  })
})

describe('publish-csv.yml', () => {
  const SAMPLES = new URL('../../samples/members-csv/', import.meta.url)
  const mapping = readFileSync(new URL('mapping.json', SAMPLES), 'utf8')
  const csv = readFileSync(new URL('members.csv', SAMPLES), 'utf8')
  const merge = (platform: LocalPlatform, files: Files, run: number) =>
    runExample('publish-csv.yml', strangersRepository(platform, files), { event: 'push', run })

  it('publishes the rows as records, and sends nothing when only the spelling of the mapping changes', async () => {
    await using platform = await strangersPlatform()
    const files = { 'data/crm/a.csv': csv, 'mappings/members.json': mapping }
    const ends = await merge(platform, files, 1001)
    expect(outcomes(ends), logs(ends)).toEqual({ publish: 'published' })
    expect(await membersIn(platform, MEMBERS)).toEqual(Array.from({ length: 9 }, (_, index) => `L200${index + 1}`))
    const respelled = { ...files, 'mappings/members.json': JSON.stringify(JSON.parse(mapping)) }
    expect(outcomes(await merge(platform, respelled, 1002))).toEqual({ publish: 'skipped' })
  })

  it('publishes nothing when a value cannot be converted, and shows its place in the CSV file', async () => {
    await using platform = await strangersPlatform()
    const files = { 'data/crm/a.csv': csv.replace('29/02/1992', '29/02/1993'), 'mappings/members.json': mapping }
    const ends = await merge(platform, files, 1001)
    expect(outcomes(ends)).toEqual({ publish: 'invalid' })
    expect(logs(ends)).toMatch(/^::error .*file=data\/crm\/a\.csv,line=5,/m)
    expect(await platform.emulator.batches()).toEqual([])
  })
})

describe('nightly-refresh.yml', () => {
  const night = (run: number) => ({ event: 'schedule', run })
  /** An export that finds these members, and fails when there are none. */
  const exporting = (ids: readonly string[]): Files => ({
    'export-members.sh': `#!/bin/sh\n${ids.length === 0 ? 'exit 3' : 'mkdir -p data'}\ncat export.txt > "$1"\n`,
    'export.txt': ids.map((id) => member(id)).join(''),
  })

  it("replaces last night's rows by tonight's", async () => {
    await using platform = await strangersPlatform()
    const refresh = (ids: readonly string[], run: number) =>
      runExample('nightly-refresh.yml', strangersRepository(platform, exporting(ids)), night(run))
    expect(outcomes(await refresh(['1', '2', '3', '4', '5'], 1001))).toEqual({ refresh: 'published' })
    expect(outcomes(await refresh(['1', '2', '3', '4', '6'], 1002))).toEqual({ refresh: 'published' })
    expect(await membersIn(platform, MEMBERS)).toEqual(['1', '2', '3', '4', '6'])
    expect(outcomes(await refresh(['1', '2', '3', '4', '6'], 1003))).toEqual({ refresh: 'skipped' })
  })

  it('keeps them when the export fails, or brings much less', async () => {
    await using platform = await strangersPlatform()
    const refresh = (ids: readonly string[], run: number) =>
      runExample('nightly-refresh.yml', strangersRepository(platform, exporting(ids)), night(run))
    await refresh(['1', '2', '3'], 1001)
    expect(outcomes(await refresh([], 1002))).toEqual({ refresh: 'failure' })
    const shrunk = await refresh(['1', '2'], 1003)
    expect(outcomes(shrunk)).toEqual({ refresh: 'failed' })
    expect(logs(shrunk)).toContain('"max-shrink-percent" stops at 20')
    expect(await membersIn(platform, MEMBERS)).toEqual(['1', '2', '3'])
  })
})

describe('validate-pull-request.yml', () => {
  const schema = { 'schemas/members.json': JSON.stringify(loyaltySchema) }

  it('passes what may be published, without secrets, and asks nobody', async () => {
    await using platform = await strangersPlatform()
    const files = { ...schema, 'data/members/a.jsonl': member('1') }
    const fork = { commits: { '': files }, keeps: { platform, secrets: {}, vars: {} } }
    const ends = await runExample('validate-pull-request.yml', fork, { event: 'pull_request', run: 1001 })
    expect(outcomes(ends), logs(ends)).toEqual({ check: 'validated' })
    expect(platform.emulator.requests()).toEqual([])
  })

  it('fails where a row is wrong, and shows its line', async () => {
    await using platform = await strangersPlatform()
    const files = { ...schema, 'data/members/a.jsonl': member('1') + badMember('2') }
    const fork = { commits: { '': files }, keeps: { platform, secrets: {}, vars: {} } }
    const ends = await runExample('validate-pull-request.yml', fork, { event: 'pull_request', run: 1001 })
    expect(outcomes(ends)).toEqual({ check: 'invalid' })
    expect(logs(ends)).toMatch(/^::error .*file=data\/members\/a\.jsonl,line=2,/m)
  })
})

describe('upsert-patch.yml', () => {
  it('changes the tier of a profile, and leaves what else is known of it', async () => {
    await using platform = await strangersPlatform()
    const inputs = { dataset: MEMBERS, publication: 'crm', upsert: 'true', validation: 'error' }
    await platform.publish({ inputs, files: { 'data/a.jsonl': member('1', { tier: 'bronze', points: 5 }) } })
    const repository = strangersRepository(platform, { 'data/tiers.parquet': membersParquet(['1']) })
    const ends = await runExample('upsert-patch.yml', repository, { event: 'push', run: 1002 })
    expect(outcomes(ends), logs(ends)).toEqual({ publish: 'published' })
    const profiles = await platform.emulator.profile()
    expect(profiles.map(({ attributes }) => attributes)).toEqual([
      { _emutenant: { loyalty: { loyaltyId: '1', tier: 'gold', points: 5 } } },
    ])
  })

  it('sends nothing into a dataset that is not enabled for it', async () => {
    await using platform = await strangersPlatform()
    const record = platform.emulator.dataset(MEMBERS) ?? {}
    platform.emulator.addDataset({ id: MEMBERS, sandbox: 'dev', record: { ...record, tags: {} } })
    const repository = strangersRepository(platform, { 'data/tiers.parquet': membersParquet(['1']) })
    const ends = await runExample('upsert-patch.yml', repository, { event: 'push', run: 1001 })
    expect(outcomes(ends)).toEqual({ publish: 'failed' })
    expect(logs(ends)).toContain('Set "upsert: enable" for one run')
    expect(await platform.emulator.batches()).toEqual([])
  })
})
