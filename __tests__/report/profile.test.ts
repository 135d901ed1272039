import { describe, expect, it } from 'vitest'
import { jsonReader } from '../../src/lib/json-reader.ts'
import { readDatasetRecord } from '../../src/platform/records.ts'
import type { EnableResult } from '../../src/publish/profile/enable.ts'
import type { Outcome } from '../../src/publish/outcome.ts'
import type { RunFacts } from '../../src/report/facts.ts'
import { profileSection } from '../../src/report/profile.ts'
import { runReport } from '../../src/report/run-report.ts'
import { batchOf, factsOf } from '../support/report/facts.ts'
import { batchId, datasetId } from '../support/make.ts'

const FOR_PROFILE = { unifiedProfile: ['enabled:true'], unifiedIdentity: ['enabled:true'] }
const FOR_UPSERT = { ...FOR_PROFILE, unifiedProfile: ['enabled: true', 'isUpsert: true'] }
const UNION = { title: 'Loyalty', entity: 'profile', behaviour: 'record', isUnion: true } as const
const counts = { read: 1, written: 1, failed: 0 }
const PUBLISHED: Outcome = { kind: 'published', status: 'success', counts, notes: [] }
const REVERTED: Outcome = { kind: 'reverted', status: 'inactive', notes: [] }
const JUDGED = { kind: 'judged', verdict: { fails: false } } as const
const ENABLED: EnableResult = { kind: 'enabled', offMs: 4_000, caught: [batchId('C1'), batchId('C2')] }

type Told = {
  readonly tags?: object
  readonly schema?: RunFacts['schema']
  readonly enabled?: EnableResult
  readonly isUpsert?: boolean
  readonly outcome?: Outcome | undefined
  readonly replaced?: readonly string[]
}

/** The lines of a run with one batch. */
function lines({ tags = FOR_PROFILE, schema, enabled, isUpsert = false, replaced = [], ...more }: Told = {}): string {
  const batch = batchOf('B', {
    replaced: replaced.map((id) => batchId(id)),
    outcome: 'outcome' in more ? more.outcome : PUBLISHED,
  })
  const dataset = readDatasetRecord(
    datasetId('5c8c3c555033b814b69f947f'),
    jsonReader({ name: 'Loyalty', tags }, 'answer'),
  )
  const facts = factsOf({ dataset, schema, enabled, isUpsert, batches: [batch] })
  return profileSection(runReport(facts, JUDGED)).join('\n')
}

const STAYS = 'Profile still contains what was removed from the data lake'

describe('what a summary says of Profile', () => {
  it('is that success in the data lake is not success in Profile', () => {
    expect(lines()).toContain('The rows are in the data lake.')
    expect(lines()).toContain('does not report the result here')
  })

  it.each([
    ['no tags', {}],
    ['other tags', { team: ['crm'] }],
    ['tags that switch it off', { unifiedProfile: ['enabled:false'], unifiedIdentity: ['enabled:false'] }],
  ])('is nothing of a dataset with %s', (_, tags) => {
    expect(lines({ tags })).toBe('')
    expect(lines({ tags, replaced: ['A'] })).toBe('')
  })

  it.each<readonly [string, Outcome | undefined]>([
    ['is not known', undefined],
    ['was submitted', { kind: 'submitted', status: '', notes: [] }],
    ['timed out', { kind: 'timed-out', status: 'staging', notes: [] }],
    ['was reverted', REVERTED],
  ])('promises no rows in the data lake where what became of the batch %s', (_, outcome) => {
    expect(lines({ outcome })).not.toContain('in the data lake.')
  })

  it('is nothing before the dataset is known', () => {
    expect(profileSection(runReport(factsOf({ dataset: undefined, isUpsert: true }), JUDGED))).toEqual([])
  })
})

describe('the conditions for Profile', () => {
  it('are each marked as they hold', () => {
    const all = lines({ tags: FOR_UPSERT, schema: UNION })
    expect(all).toContain('- ✅ the schema is enabled for Profile')
    expect(all).toContain('- ✅ the dataset is enabled for Profile')
    expect(all).toContain('- ✅ and for identities')
    expect(all).toContain('- ✅ records update profiles (`isUpsert`)')
    expect(all).not.toContain('❌')
  })

  it('are marked where they do not hold', () => {
    const some = lines({ tags: { unifiedProfile: ['isUpsert:true'] }, schema: { ...UNION, isUnion: false } })
    expect(some.match(/- ❌/g)).toHaveLength(3)
  })

  it('say of a schema that nobody looked at just that', () => {
    expect(lines()).toContain('❔')
    expect(lines()).not.toMatch(/[✅❌] the schema/)
  })

  it('say that without upsert records replace what the dataset said before', () => {
    expect(lines()).toContain('(no `isUpsert`)')
  })

  it('name the flag that keeps rows out of Profile, as far as people report', () => {
    const flag = (values: readonly string[]) =>
      lines({ tags: { ...FOR_PROFILE, acp_granular_plugin_validation_flags: values } })
    expect(flag(['identity:enabled', 'profile:disabled'])).toContain(
      'identity:enabled, profile:disabled` is set; users',
    )
    expect(flag(['identity:disabled'])).not.toContain('is set')
    expect(flag(['profile:disabled', '`|<b>\n# x'])).not.toMatch(/<b>|\n# x/)
  })
})

describe('a dataset that this run enabled', () => {
  it('was off for a while, which is said, and so are batches whose rows may be lost to Profile', () => {
    const told = lines({ tags: FOR_UPSERT, enabled: ENABLED })
    expect(told).toContain('This run enabled the dataset for profile updates. Profile was off for 4.0 s.')
    expect(told).toContain('may never reach Profile: C1, C2.')
  })

  it('was never off where it was not on before', () => {
    const told = lines({ tags: FOR_UPSERT, enabled: { kind: 'enabled', offMs: 0, caught: [] } })
    expect(told).toMatch(/This run enabled the dataset for profile updates\.$/)
  })

  it('needs no word where it was enabled before', () => {
    expect(lines({ tags: FOR_UPSERT, enabled: { kind: 'was enabled' } })).not.toContain('This run enabled')
  })

  it.each<readonly [string, Outcome | undefined]>([
    ['is not known', undefined],
    ['was submitted', { kind: 'submitted', status: '', notes: [] }],
    ['timed out', { kind: 'timed-out', status: 'staging', notes: [] }],
  ])('is told of though what became of the batch %s', (_, outcome) => {
    expect(lines({ tags: FOR_UPSERT, enabled: ENABLED, outcome })).toContain('Profile was off for 4.0 s')
  })
})

describe('tags that somebody took away during a publish of profile updates', () => {
  it('are marked as missing, and the time that Profile was off is told all the same', () => {
    const told = lines({ tags: {}, isUpsert: true, enabled: ENABLED })
    expect(told.match(/- ❌/g)).toHaveLength(2)
    expect(told).toContain('Profile was off for 4.0 s')
  })

  it('do not keep it from being told where nothing landed', () => {
    expect(lines({ tags: {}, isUpsert: true, enabled: ENABLED, outcome: undefined })).toContain(
      'Profile was off for 4.0 s',
    )
  })
})

describe('what was taken out of the data lake', () => {
  it.each([
    ['by a replay', { replaced: ['A'] }],
    ['by a revert', { outcome: REVERTED }],
  ])('stays in Profile: %s', (_, told) => {
    expect(lines({ ...told, schema: UNION })).toContain(STAYS)
    expect(lines(told)).toContain(STAYS)
  })

  it('is no fragment where the schema is of events', () => {
    expect(lines({ replaced: ['A'], schema: { ...UNION, behaviour: 'time-series' } })).not.toContain(STAYS)
  })

  it('is nothing where content was only added', () => {
    expect(lines({ schema: UNION })).not.toContain(STAYS)
  })

  it('is nothing where the batch that was to replace it never came to its end', () => {
    expect(lines({ replaced: ['A'], outcome: undefined })).not.toContain(STAYS)
  })
})
