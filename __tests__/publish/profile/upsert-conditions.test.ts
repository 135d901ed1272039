import { describe, expect, it } from 'vitest'
import { eventsSchema } from '../../../emulator/seed/events-schema.ts'
import { loyaltySchema } from '../../../emulator/seed/loyalty-schema.ts'
import { seededDescriptors } from '../../../emulator/seed/descriptors.ts'
import { compileSchema } from '../../../src/schema/compile.ts'
import { requireUpsert, type UpsertCase } from '../../../src/publish/profile/upsert-conditions.ts'
import { PROFILE_TAGS } from '../../../src/publish/profile/tags.ts'
import { Problem } from '../../../src/lib/errors.ts'
import { heard } from '../../support/runs/heard.ts'

const SCHEMA = compileSchema(loyaltySchema, seededDescriptors)
const GOOD: UpsertCase = { tags: PROFILE_TAGS, schema: SCHEMA, files: [], examined: [], rows: 1 }

/** The lines of the message, without the first, and those of its remedy. */
function faults(more: Partial<UpsertCase>): readonly string[] {
  try {
    requireUpsert({ ...GOOD, ...more }, heard())
  } catch (error) {
    if (error instanceof Problem) return [...error.message.split('\n').slice(1), ...error.remedy.split('\n')]
    throw error
  }
  return []
}

describe('the number of rows', () => {
  it.each<readonly [number | undefined, boolean]>([
    [0, false],
    [1_999_999, false],
    [2_000_000, true],
    [Number.MAX_SAFE_INTEGER, true],
    [undefined, false],
  ])('%s is never refused; warned of: %s', (rows, isWarned) => {
    const log = heard()
    requireUpsert({ ...GOOD, rows }, log)
    expect(log.warnings.some((text) => /rows to update: Adobe advises fewer than 2,000,000/.test(text))).toBe(isWarned)
  })
})

describe('all that is missing', () => {
  it('is named at once, with one remedy for each', () => {
    const schema = { ...SCHEMA, isUnion: false }
    const lines = faults({ tags: {}, schema })
    expect(lines.filter((line) => line.startsWith('- '))).toHaveLength(2)
    expect(lines).toHaveLength(4)
  })

  it('is nothing in the tags where they are to be set first', () => {
    expect(faults({ tags: undefined })).toEqual([])
  })

  it('is record data where the schema holds events: whether they take part in Profile is not asked then', () => {
    const schema = { ...compileSchema(eventsSchema, seededDescriptors), isUnion: false }
    expect(faults({ schema })).toEqual([
      '- the schema "Store Events" is for time-series data',
      'Only record data can be updated: set "upsert: false".',
    ])
  })
})
