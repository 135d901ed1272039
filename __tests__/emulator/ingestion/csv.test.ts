import { describe, expect, test } from 'vitest'
import { promote, stored } from './promote.ts'

describe('CSV', () => {
  test('rows become flat objects of texts, and nothing is checked or counted', async () => {
    const schema = { properties: { points: { type: 'integer' } }, required: ['id'] }
    const promotion = await promote('name,points\nAda,many\n"Bob, Jr.",2\n', {
      format: 'csv',
      schema,
      thresholdPercent: 0,
    })
    expect(promotion.accepted).toEqual([
      { name: 'Ada', points: 'many' },
      { name: 'Bob, Jr.', points: '2' },
    ])
    expect(promotion).toMatchObject({ verdict: 'success', errors: [], metrics: undefined, rowErrors: [] })
  })

  test('the dialect of the batch is followed', async () => {
    const csv = { delimiter: ';', quote: "'", escape: '\\' }
    const promotion = await promote("a;b\n'it\\'s; one';2\n", { format: 'csv', csv })
    expect(promotion.accepted).toEqual([{ a: "it's; one", b: '2' }])
  })

  test.each(['\na,b\n1,2\n', ',\n1,2\n', ' , \n1,2\n'])('an empty header row (%j) fails the batch', async (text) => {
    expect(await promote(text, { format: 'csv' })).toMatchObject({ verdict: 'failed', errors: [{ code: '118' }] })
  })

  test('blank lines are no rows and missing cells are empty', async () => {
    expect((await promote('a,b\n\n1\n\n', { format: 'csv' })).accepted).toEqual([{ a: '1', b: '' }])
  })

  test('an empty file fails the batch', async () => {
    expect(await promote('', { format: 'csv' })).toMatchObject({ verdict: 'failed', errors: [{ code: '106' }] })
  })

  test('a quote that never ends fails the batch with a code of our own', async () => {
    expect(await promote('a,b\n"1,2\n', { format: 'csv' })).toMatchObject({
      verdict: 'failed',
      errors: [{ code: 'EMU-CSV' }],
    })
  })

  test('a row longer than any record fails the batch instead of filling the memory', async () => {
    const endless = `a,b\n"${'x'.repeat(20 << 20)}"\n`
    expect(await promote(endless, { format: 'csv' })).toMatchObject({
      verdict: 'failed',
      errors: [{ code: 'EMU-CSV' }],
    })
  })

  test('each file has a header of its own', async () => {
    const files = [stored('a\n1\n', '1.csv'), stored('b\n2\n', '2.csv')]
    expect((await promote(files, { format: 'csv' })).accepted).toEqual([{ a: '1' }, { b: '2' }])
  })
})
