import { describe, expect, it } from 'vitest'
import { preview, type Preview } from '../../../src/publish/published/preview.ts'
import type { PublishedBatch } from '../../../src/publish/published/find.ts'
import type { DesiredPublish } from '../../../src/publish/request.ts'
import type { BatchPlan } from '../../../src/files/plan.ts'
import { IDS, NOTHING, OTHER, PART, PREVIOUS, SUPERSEDED, THIS_RUN, WHOLE } from '../../support/publish/decided.ts'
import { type Replaces, publishedBatch, named, situation } from '../../support/publish/held.ts'

const GONE: Replaces = { kind: 'ids', named: [named('X', { isActive: false })] }
const LATER = publishedBatch('L', { provenance: { runId: 2000 } })
const OLDER = publishedBatch('D', { provenance: { publishFingerprint: 'older' } })

type More = Partial<DesiredPublish> & { readonly mayWait?: boolean }

function intended(
  batches: readonly PublishedBatch[],
  asked: Replaces,
  { mayWait = true, ...more }: More = {},
): Preview {
  const [want, published] = situation(batches, asked, more)
  return preview(want, published, { cuts: [want.parts, ...want.earlierParts].map((cut) => cut.map(planOf)), mayWait })
}

function planOf(fingerprint: string, index: number, all: readonly string[]): BatchPlan {
  const part = { number: index + 1, of: all.length }
  return { fingerprint, part, transfers: [], sources: [], rows: 3, bytes: 30 }
}

/** `send 1/1 replacing C, since …`. */
function told({ sends, replaces, keeps, waitsFor, aborts, why }: Preview): string {
  const list = (what: string, ids: readonly string[]) => (ids.length === 0 ? [] : [`${what} ${ids.join(' ')}`])
  const sent = sends.map(({ part }) => `${part.number}/${part.of}`)
  const all = [
    ...list('abort', aborts),
    ...list('wait for', waitsFor),
    ...list('send', sent),
    ...list('replacing', replaces),
    ...list('keep', keeps),
  ]
  return `${all.join(' ')}, since ${why}`
}

const NEW = 'the data is new, and nothing is replaced'
const REPLACED = 'the data is new and replaces the earlier data'
const ONCE = 'an earlier attempt of this run published different data, which this attempt replaces'
const THERE = 'the dataset already holds this data'
const TOGETHER = 'what is to be replaced is removed together with what the dataset holds of this data'

describe('a plan says what a publish would do, and why', () => {
  it.each<readonly [string, readonly PublishedBatch[], Replaces, string]>([
    ['nothing', [], NOTHING, `send 1/1, since ${NEW}`],
    ['nothing', [], PREVIOUS, `send 1/1, since ${NEW}`],
    ['nothing', [], IDS, `send 1/1 replacing X, since ${REPLACED}`],
    ['other content by an earlier attempt', [SUPERSEDED], NOTHING, `send 1/1 replacing A, since ${ONCE}`],
    ['other content by an earlier attempt', [SUPERSEDED], PREVIOUS, `send 1/1 replacing A, since ${ONCE}`],
    ['other content by an earlier attempt', [SUPERSEDED], IDS, `send 1/1 replacing A X, since ${ONCE}`],
    ['this content', [WHOLE], NOTHING, `keep B, since ${THERE}`],
    ['this content', [WHOLE], PREVIOUS, `keep B, since ${THERE}`],
    ['this content', [WHOLE], GONE, `keep B, since ${THERE}`],
    ['this content', [WHOLE], IDS, `send 1/1 replacing B X, since ${TOGETHER}`],
    ['this content, parts missing', [PART], PREVIOUS, `send 1/1 replacing P, since ${TOGETHER}`],
    ['this content, parts missing', [PART], IDS, `send 1/1 replacing P X, since ${TOGETHER}`],
    ['one publish with other content', [OTHER], NOTHING, `send 1/1, since ${NEW}`],
    ['one publish with other content', [OTHER], PREVIOUS, `send 1/1 replacing C, since ${REPLACED}`],
    ['one publish with other content', [OTHER], IDS, `send 1/1 replacing X, since ${REPLACED}`],
    ['several publishes', [OTHER, OLDER], NOTHING, `send 1/1, since ${NEW}`],
    ['several publishes', [OTHER, OLDER], IDS, `send 1/1 replacing X, since ${REPLACED}`],
  ])('%s is active', (_, batches, asked, expected) => {
    expect(told(intended(batches, asked))).toBe(expected)
  })

  it('counts on what is in progress, and no more on what that replaces', () => {
    const replacing = publishedBatch('Y', {
      state: 'in progress',
      predecessors: ['B', 'C'],
      provenance: { publishFingerprint: 'other' },
    })
    const sent = `wait for Y send 1/1`
    const [then, added] = ['if what is in progress succeeds, the data is new', 'and nothing is replaced']
    expect(told(intended([OTHER, replacing], PREVIOUS))).toBe(
      `${sent} replacing Y, since ${then} and replaces the earlier data`,
    )
    expect(told(intended([WHOLE, replacing], NOTHING))).toBe(`${sent}, since ${then}, ${added}`)
  })

  it('sends the missing part alone, and keeps the other', () => {
    const parts = ['new#1', 'new#2']
    const intent = intended([PART], NOTHING, { parts })
    expect(told(intent)).toBe('send 2/2 keep P, since the dataset holds this data in part')
    expect(intent.sends).toEqual([{ part: { number: 2, of: 2 }, files: 0, rows: 3, bytes: 30 }])
  })

  it.each([
    ['the first', 1, 'send 2/2'],
    ['the second', 2, 'send 1/2'],
  ])(
    'sends what is missing of a publish that an earlier version cut into more batches: %s is there',
    (_, number, sent) => {
      const held = publishedBatch('P', { provenance: { publishFingerprint: 'new', part: { number, of: 2 } } })
      const intent = intended([held], NOTHING, { parts: ['whole'], earlierParts: [['new#1', 'new#2']] })
      expect(told(intent)).toBe(`${sent} keep P, since the dataset holds this data in part`)
    },
  )

  it('sends nothing where all parts of an earlier cut are there', () => {
    const parts = [1, 2].map((number) =>
      publishedBatch(`P${number}`, { provenance: { publishFingerprint: 'new', part: { number, of: 2 } } }),
    )
    const intent = intended(parts, NOTHING, { parts: ['whole'], earlierParts: [['new#1', 'new#2']] })
    expect(told(intent)).toBe(`keep P1 P2, since ${THERE}`)
  })

  it('sends a part under the number that it has in the cut of what is there, though another cut has the same part', () => {
    const held = [1, 2].map((number) =>
      publishedBatch(`P${number}`, { provenance: { publishFingerprint: 'new', part: { number, of: 3 } } }),
    )
    const cuts = { parts: ['new#1+2', 'new#3'], earlierParts: [['new#1', 'new#2', 'new#3']] }
    expect(told(intended(held, NOTHING, cuts))).toContain('send 3/3 ')
  })

  it('says that `if-unchanged: publish` sends again what is there', () => {
    const again = '"if-unchanged: publish" sends this data again'
    expect(told(intended([WHOLE], NOTHING, { ifUnchanged: 'publish' }))).toBe(`send 1/1, since ${again}`)
    expect(told(intended([WHOLE], PREVIOUS, { ifUnchanged: 'publish' }))).toBe(
      `send 1/1 replacing B, since ${again} and replaces the earlier data`,
    )
  })

  it('warns of what a publish would warn of', () => {
    expect(intended([OTHER], NOTHING).warnings).toEqual([
      expect.stringContaining('is still active: the dataset now holds both (C'),
    ])
  })
})

describe('a plan throws where a publish would be refused', () => {
  it.each<readonly [string, readonly PublishedBatch[], Replaces, More, RegExp]>([
    ['several publishes under `previous`', [OTHER, OLDER], PREVIOUS, {}, /several runs of "members" are active: C, D/],
    ['a later run (second guard)', [LATER], PREVIOUS, {}, /a later run published L/],
    [
      'content that needs several batches',
      [OTHER],
      PREVIOUS,
      { parts: ['new#1', 'new#2'] },
      /only a single batch can replace/,
    ],
    ['parts that were cut otherwise', [PART], NOTHING, { parts: ['cut#1', 'cut#2'] }, /divided into other batches/],
    [
      'parts of several cuts',
      [PART, publishedBatch('Q', { provenance: { publishFingerprint: 'new', part: { number: 3, of: 3 } } })],
      NOTHING,
      { parts: ['new#1', 'new#2'], earlierParts: [['new#1', 'new#2', 'new#3']] },
      /divided into other batches/,
    ],
    ['a stalled batch under `previous`', [publishedBatch('S', { state: 'stalled' })], PREVIOUS, {}, /S .* is stalled/],
    [
      'work under `wait: false`',
      [publishedBatch('W', { state: 'in progress' })],
      PREVIOUS,
      { mayWait: false },
      /W .* is in progress/,
    ],
  ])('%s', (_, batches, asked, more, message) => {
    expect(() => intended(batches, asked, more)).toThrow(message)
    expect(() => intended(batches, asked, more)).toThrow('A publish run would fail: ')
  })
})

describe('what is in progress', () => {
  const inWork = (id: string, provenance = {}) => publishedBatch(id, { state: 'in progress', provenance })

  it('would be waited for where it is this content, and kept if it succeeds', () => {
    expect(told(intended([inWork('W', { publishFingerprint: 'new' })], NOTHING))).toBe(
      `wait for W keep W, since if what is in progress succeeds, ${THERE}`,
    )
  })

  it('would be waited for and replaced under `previous`', () => {
    expect(told(intended([inWork('W')], PREVIOUS))).toBe(
      `wait for W send 1/1 replacing W, since if what is in progress succeeds, ${REPLACED}`,
    )
  })

  it('is nobody to wait for where it is other content that is not to be replaced', () => {
    expect(told(intended([inWork('W')], NOTHING))).toBe(`send 1/1, since ${NEW}`)
  })

  it('would not be waited for under `wait: false` where all of this content is under way', () => {
    expect(told(intended([inWork('W', { publishFingerprint: 'new' })], NOTHING, { mayWait: false }))).toBe(
      'keep W, since this data is being ingested already, and the run would not wait for it',
    )
  })

  it('of an earlier attempt of this run would be waited for; what it left open would be aborted', () => {
    const open = publishedBatch('O', { state: 'open', provenance: THIS_RUN })
    expect(told(intended([open, inWork('W', { ...THIS_RUN, publishFingerprint: 'new' })], NOTHING))).toBe(
      `abort O wait for W keep W, since if what is in progress succeeds, ${THERE}`,
    )
    expect(intended([publishedBatch('O', { state: 'open' })], NOTHING).aborts).toEqual([])
  })
})

describe('a plan of a publication that had a mapping', () => {
  const MAPPED = publishedBatch('C', { provenance: { publishFingerprint: 'older', mapping: 'e7c8 version 3 (1f0c)' } })

  it.each<readonly [string, readonly PublishedBatch[], string | undefined, readonly string[]]>([
    [
      'the same',
      [MAPPED],
      'e7c8 version 3 (1f0c)',
      ['Last published with the mapping e7c8 version 3 (1f0c); as in this run'],
    ],
    [
      'another version',
      [MAPPED],
      'e7c8 version 4 (9a9a)',
      ['Last published with the mapping e7c8 version 3 (1f0c); this run uses e7c8 version 4 (9a9a)'],
    ],
    ['none', [MAPPED], undefined, ['Last published with the mapping e7c8 version 3 (1f0c); this run uses no mapping']],
    [
      'its first',
      [OLDER],
      'e7c8 version 1 (1f0c)',
      ['Last published with no mapping; this run uses e7c8 version 1 (1f0c)'],
    ],
    ['none, as before', [OLDER], undefined, []],
    ['one, and nothing is published', [], 'e7c8 version 1 (1f0c)', []],
  ])('tells the one before, where this run has %s', (_, batches, mapping, expected) => {
    const notes = intended(batches, NOTHING, { mapping }).notes ?? []
    expect(notes.filter((note) => note.startsWith('Last published'))).toEqual(expected)
  })
})
