import { describe, expect, it } from 'vitest'
import { rejectedRowLines, type Rejection } from '../../../src/publish/rejected/diagnose.ts'
import type { Effect, Fault } from '../../../emulator/faults/faults.ts'
import { caught } from '../../support/caught.ts'
import { member } from '../../support/runs/platform-inputs.ts'
import { keptRows, placesOf, finishedBatch, type FinishedBatch } from '../../support/emulator/rejected-batch.ts'

const FILES = { 'a.jsonl': member('1') + member('2', { points: 'many' }) }
const META = '/data/foundation/export/batches/*/meta**'

function always(path: string, effect: Effect): Fault {
  return { path, effect, times: 0 }
}

function answered(path: string, status: number, body: string): Fault {
  return always(path, { kind: 'answer', status, body })
}

const GONE = answered(META, 410, '{"title":"Gone"}')

/** How long all the waiting took. */
async function pausedMs({ platform: { clock } }: FinishedBatch, work: () => Promise<unknown>): Promise<number> {
  const before = clock.sleeps.length
  await work()
  // Each request has a watch of its own, which is no pause.
  return clock.sleeps
    .slice(before)
    .filter((ms) => ms < 60_000)
    .reduce((sum, ms) => sum + ms, 0)
}

describe('diagnostics that come late', () => {
  it('are looked for again', async () => {
    const batch = await finishedBatch({ files: FILES })
    const faults = [{ path: `${META}?path=row_errors&**`, effect: { kind: 'missing' }, times: 2 } as const]
    const others = ['row_errors_sample.json', 'row_error_samples.json'].map((name) =>
      always(`/data/foundation/export/batches/*/meta?path=${name}`, { kind: 'missing' }),
    )
    const failed = answered('/data/foundation/export/batches/*/failed', 200, '{"data":[]}')
    const diagnosis = await batch.diagnose({ faults: [...faults, ...others, failed] })
    expect(placesOf(diagnosis)).toEqual(['a.jsonl:2:52 100'])
  })

  it('are given up after 20 seconds, with a word on what to do', async () => {
    const batch = await finishedBatch({ files: FILES })
    const faults = [always('/data/foundation/export/**', { kind: 'missing' })]
    const ms = await pausedMs(batch, async () => {
      expect(await batch.diagnose({ faults })).toMatchObject({
        reasons: [{ code: 'INGEST-1212-400' }, { code: '100', rows: 1, sampled: 0 }],
        rejections: [],
        isWhole: false,
        notes: [expect.stringContaining('Experience Platform UI')],
      })
    })
    expect(ms).toBeGreaterThan(10_000)
    expect(ms).toBeLessThanOrEqual(20_000)
  })

  it.each([
    ['once they are there', 0, []],
    ['of a batch that settled long ago', 3_600_000, [always('/data/foundation/export/**', { kind: 'missing' })]],
  ])('are not waited for %s', async (_, ageMs, faults) => {
    const batch = await finishedBatch({ files: FILES })
    await batch.platform.clock.advance(ageMs)
    expect(await pausedMs(batch, () => batch.diagnose({ faults }))).toBe(0)
  })

  it('are not waited for when no row was rejected', async () => {
    const batch = await finishedBatch({ files: FILES })
    const errors = [{ code: '106', description: 'The dataset file is empty.', recordCount: undefined }]
    const faults = [always('/data/foundation/export/**', { kind: 'missing' })]
    const ms = await pausedMs(batch, async () => {
      expect(await batch.diagnose({ faults, record: { ...batch.record, errors } })).toMatchObject({
        reasons: [{ code: '106', texts: ['The dataset file is empty.'] }],
        isWhole: true,
        notes: [],
      })
    })
    expect(ms).toBe(0)
  })

  it('are not waited for when the step is cancelled', async () => {
    const batch = await finishedBatch({ files: FILES })
    const stop = new AbortController()
    const reason = new Error('stopped')
    const faults = [always('/data/foundation/export/**', { kind: 'missing' })]
    batch.platform.clock.sleep = async () => {
      stop.abort(reason)
      throw reason
    }
    expect(await caught(batch.diagnose({ faults, signal: stop.signal }))).toBe(reason)
  })
})

describe('diagnostics that are not to be had', () => {
  it('are gone after 30 days, which is said', async () => {
    const settings = { tokenLifeSeconds: 40 * 86_400 }
    const batch = await finishedBatch({ files: FILES, threshold: 50, settings })
    await batch.platform.clock.advance(31 * 86_400_000)
    expect((await batch.diagnose()).notes).toEqual([expect.stringContaining('30 days')])
  })

  it('are said once to need a permission', async () => {
    const batch = await finishedBatch({ files: FILES })
    const faults = [answered('/data/foundation/export/**', 403, '{"title":"Forbidden","status":403}')]
    const { notes, reasons } = await batch.diagnose({ faults })
    expect(notes).toEqual([expect.stringMatching(/answer was 403.*permission/)])
    expect(reasons).toHaveLength(2)
  })

  it('are taken from the other sources where one answers in HTML', async () => {
    const batch = await finishedBatch({ files: FILES })
    const faults = [answered(`${META}?path=row_errors&**`, 200, '<html>Welcome</html>')]
    const { notes, ...diagnosis } = await batch.diagnose({ faults })
    expect(placesOf({ notes, ...diagnosis })).toEqual(['a.jsonl:2:52 100'])
    expect(notes).toEqual([
      expect.stringContaining('does not appear to come from Adobe'),
      expect.stringContaining('there may be more'),
    ])
  })

  it('are taken from the records of the failed batch, with the field that a violation points at', async () => {
    const batch = await finishedBatch({ files: FILES })
    const { rejections, isWhole } = await batch.diagnose({ faults: [GONE] })
    expect(rejections).toMatchObject([
      { code: 'emu', pointer: '/_emutenant/loyalty/points', found: { kind: 'found', place: { line: 2, column: 52 } } },
    ])
    expect(isWhole).toBe(true)
  })

  it.each([
    ['row_errors_sample.json', 'row_error_samples.json'],
    ['row_error_samples.json', 'row_errors_sample.json'],
  ])('are taken from the sample %s, which may not be all', async (name, other) => {
    const batch = await finishedBatch({ files: FILES })
    const sample = `${member('2', { points: 'many' }).trim().slice(0, -1)},"_errors":[{"code":"100"}]}`
    const diagnosis = await batch.diagnose({
      faults: [
        always(`${META}?path=row_errors&**`, { kind: 'missing' }),
        always(`${META}?path=${other}`, { kind: 'missing' }),
        answered(`${META}?path=${name}`, 200, sample),
      ],
    })
    expect(placesOf(diagnosis)).toEqual(['a.jsonl:2:1 100'])
    expect(diagnosis).toMatchObject({ isWhole: false, notes: [expect.stringContaining('there may be more')] })
  })
})

describe('diagnostics that can be read in part', () => {
  const row = (id: string) => JSON.stringify({ ...(JSON.parse(member(id)) as object), _errors: [{ code: '100' }] })

  it.each([
    ['cut off', `${row('1')}\n${row('2').slice(0, -9)}`, 1],
    ['not JSON', `${row('1')}\nOops: \u0000\n[1]\n"x"\n{}\n\n`, 4],
    ['HTML', `<html>\n${row('1')}\n</html>`, 2],
  ])('keep what can be, where the rest is %s', async (_, text, lines) => {
    const batch = await finishedBatch({ files: FILES })
    const diagnosis = await batch.diagnose({ faults: keptRows(batch.record.id, 'row_errors', text) })
    expect(placesOf(diagnosis)).toEqual(['a.jsonl:1:1 100'])
    expect(diagnosis.notes).toEqual([expect.stringMatching(new RegExp(`^${lines} lines? of the diagnostics in`))])
  })

  it('lose no other row for one that is nested beyond reading', async () => {
    const batch = await finishedBatch({ files: FILES })
    const deep = `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)},"_errors":[{"code":"1"}]}`
    const diagnosis = await batch.diagnose({ faults: keptRows(batch.record.id, 'row_errors', `${deep}\n${row('1')}`) })
    expect(placesOf(diagnosis)).toEqual(['a.jsonl:1:1 100'])
  })

  it('are read up to 10,000 rows, and the others are counted', async () => {
    const ids = Array.from({ length: 10_500 }, (_, index) => String(index))
    const batch = await finishedBatch({ files: { 'a.jsonl': ids.map((id) => member(id, { tier: 'tin' })).join('') } })
    const text = ids.map((id) => row(id)).join('\n')
    const diagnosis = await batch.diagnose({ faults: keptRows(batch.record.id, 'row_errors', text) })
    expect(diagnosis.rejections).toHaveLength(10_000)
    expect(diagnosis).toMatchObject({
      isWhole: false,
      reasons: [{}, { rows: 10_500 }, { code: '100', sampled: 10_000 }],
    })
    expect(diagnosis.notes[0]).toBe('Only 10,000 rejected rows of 10,500 could be read; the others are not listed.')
  })
})

async function textOf(rejections: Iterable<Rejection>): Promise<string> {
  let text = ''
  for await (const line of rejectedRowLines(rejections)) text += line
  return text
}

describe('the values of rejected rows', () => {
  const bad = member('ada@example.com', { memberSince: '1815-12-10 secret' })

  it('stand nowhere but in what is quoted, and there only what was asked for', async () => {
    const batch = await finishedBatch({ files: { 'a.jsonl': bad } })
    const diagnosis = await batch.diagnose()
    const open = JSON.stringify(diagnosis, (key, value: unknown) => (key === 'quoted' ? undefined : value))
    expect(open).not.toMatch(/ada@|secret/)
    expect(diagnosis.rejections[0]?.quoted).toEqual({
      message: expect.stringContaining('secret'),
      pointer: '/_emutenant/loyalty/memberSince',
      record: undefined,
    })
  })

  it('are kept where the record is asked for', async () => {
    const batch = await finishedBatch({ files: { 'a.jsonl': bad } })
    const { rejections } = await batch.diagnose({ keepRecords: true })
    expect(`${rejections[0]?.quoted.record}\n`).toBe(bad)
  })
})

describe('the file of rejected rows', () => {
  it('has a line for each, in the order of the files', async () => {
    const batch = await finishedBatch({
      files: { 'b.jsonl': member('1', { points: 'x' }), 'a.jsonl': `${member('2')}{"a" 1}\n` },
    })
    const { rejections } = await batch.diagnose({ keepRecords: true })
    const lines = (await textOf(rejections)).trimEnd().split('\n')
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
      {
        code: 'INGEST-1401-400',
        reason: expect.stringContaining('corrupted'),
        file: 'a.jsonl',
        line: 2,
        record: '{"a" 1}',
      },
      {
        code: '100',
        reason: 'Cannot convert string to int',
        pointer: '/_emutenant/loyalty/points',
        file: 'b.jsonl',
        line: 1,
        record: JSON.parse(member('1', { points: 'x' })),
      },
    ])
  })

  it('has every digit of a record, its odd names and line ends', async () => {
    const batch = await finishedBatch({ files: { 'a.jsonl': member('1') } })
    const record = '{"n":12345678901234567890,"d":1.0,"__proto__":{"x":"\\n"},"l":[9007199254740993,null]}'
    const line = `${record.slice(0, -1)},"_errors":[{"code":"1","message":"a"},{"code":"2","message":"b"}],"_filename":"x"}`
    const faults = keptRows(batch.record.id, 'row_errors', line)
    const { rejections } = await batch.diagnose({ keepRecords: true, faults })
    expect(await textOf(rejections)).toBe(`{"code":"1","reason":"a; b","record":${record}}\n`)
  })

  it('names where a row may stand, and rows of Parquet by their number', async () => {
    const quoted = { message: '', pointer: '', record: undefined }
    const place = { kind: 'row', row: 7 } as const
    const rejections: readonly Rejection[] = [
      { code: '1', pointer: '', found: { kind: 'found', file: 'a.parquet', place }, quoted },
      {
        code: '1',
        pointer: '',
        found: { kind: 'ambiguous', places: [{ file: 'b.parquet', place }], count: 2 },
        quoted,
      },
    ]
    expect(await textOf(rejections)).toBe(
      '{"code":"1","reason":"","file":"a.parquet","row":7}\n' +
        '{"code":"1","reason":"","candidates":[{"file":"b.parquet","row":7}]}\n',
    )
  })
})
