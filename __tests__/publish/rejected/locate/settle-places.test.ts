import { describe, expect, it } from 'vitest'
import { placesOf } from '../../../support/places-of.ts'
import { member } from '../../../support/platform-inputs.ts'
import { keptRows, settledBatch } from '../../../support/rejected-batch.ts'

/** Diagnostics of these rows, which name this file. */
async function rejected(files: Readonly<Record<string, string>>, rows: readonly string[], fileName = 'x.json') {
  const batch = await settledBatch({ files })
  const errors = { _errors: [{ code: '100' }], _filename: fileName }
  const lines = rows.map((text) => JSON.stringify({ ...(JSON.parse(text) as object), ...errors }))
  return await batch.diagnose({ faults: keptRows(batch.record.id, 'row_errors', lines.join('\n')) })
}

const TWICE = { 'a.jsonl': member('1') + member('2'), 'b.jsonl': member('2') }

describe('a row that the files hold more than once', () => {
  it('is ambiguous, and its places are named', async () => {
    const diagnosis = await rejected(TWICE, [member('2')])
    expect(placesOf(diagnosis)).toEqual(['a.jsonl:2:1 or b.jsonl:1:1 100'])
    expect(diagnosis.notes).toEqual(["1 rejected row can't be told from other rows of the same content."])
  })

  it('stands in each of its places when it was rejected as often', async () => {
    const diagnosis = await rejected(TWICE, [member('2'), member('2')])
    expect(placesOf(diagnosis)).toEqual(['a.jsonl:2:1 100', 'b.jsonl:1:1 100'])
    expect(diagnosis.notes).toEqual([])
  })

  it('stands in the file that the platform names, if it is there once', async () => {
    expect(placesOf(await rejected(TWICE, [member('2')], 'b.jsonl'))).toEqual(['b.jsonl:1:1 100'])
    const thrice = { ...TWICE, 'b.jsonl': member('2') + member('2') }
    expect(placesOf(await rejected(thrice, [member('2')], 'b.jsonl'))).toEqual([
      'a.jsonl:2:1 or b.jsonl:1:1 or b.jsonl:2:1 100',
    ])
  })

  it('is not placed by the file that the platform names where not all of its places were kept', async () => {
    const many = { 'a.jsonl': member('1').repeat(9), 'b.jsonl': member('1').repeat(2) }
    const { rejections } = await rejected(many, [member('1')], 'b.jsonl')
    expect(rejections[0]?.found).toMatchObject({ kind: 'ambiguous', count: 11 })
  })

  it('is never placed by a file name that says otherwise than the row', async () => {
    expect(placesOf(await rejected(TWICE, [member('1')], 'b.jsonl'))).toEqual(['a.jsonl:1:1 100'])
    expect(placesOf(await rejected(TWICE, [member('3')], 'b.jsonl'))).toEqual(['nowhere 100'])
  })

  it('is listed with ten places at most, and all are counted', async () => {
    const twelve = Array.from({ length: 12 }, () => member('1'))
    const { rejections } = await rejected({ 'a.jsonl': member('1').repeat(1_000) }, twelve)
    for (const { found } of rejections) {
      expect(found).toMatchObject({ kind: 'ambiguous', count: 1_000 })
      expect(found.kind === 'ambiguous' && found.places).toHaveLength(10)
    }
  })
})

describe('a row that the files do not hold', () => {
  it('is not found, which is said', async () => {
    const { notes } = await rejected(TWICE, [member('9')])
    expect(notes).toEqual(['1 rejected row could not be found in the files: the platform shows other content.'])
  })

  it('is not sought where no files were read', async () => {
    const batch = await settledBatch({ files: { 'a.jsonl': member('1', { points: 'x' }) } })
    const { rejections, notes } = await batch.diagnose({ sent: { files: [], transfers: [] } })
    expect(rejections).toMatchObject([{ code: '100', found: { kind: 'not found' } }])
    expect(notes).toEqual([expect.stringContaining('the files were not read in this run')])
  })

  it('is sought in the other files when one has changed since it was sent', async () => {
    const bad = (id: string) => member(id, { points: 'x' })
    const batch = await settledBatch({ files: { 'a.jsonl': bad('1'), 'b.jsonl': bad('2') } })
    const [first, ...others] = batch.files
    if (first === undefined) throw new Error('There is no file')
    const bytes = () => {
      throw new Error('a value')
    }
    const diagnosis = await batch.diagnose({
      sent: { files: [{ ...first, source: { ...first.source, bytes } }, ...others], transfers: [] },
    })
    expect(placesOf(diagnosis)).toEqual(['b.jsonl:1:52 100', 'nowhere 100'])
    expect(diagnosis.notes[0]).toMatch(/could not be looked for in "a.jsonl"/)
    expect(diagnosis.notes[0]).not.toContain('a value')
  })
})
