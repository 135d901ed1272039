import { describe, expect, it } from 'vitest'
import { chooseFormat } from '../../../src/files/discover.ts'

describe('the format of a batch', () => {
  it.each([
    [['a.json', 'b.jsonl', 'c.NDJSON'], 'json'],
    [['x/a.parquet'], 'parquet'],
    [['a.csv', 'b.CSV'], 'csv'],
  ])('of %j is %s by the extensions', (paths, format) => expect(chooseFormat(paths, 'auto')).toBe(format))

  it('is what was asked for, whatever the extensions', () => {
    expect(chooseFormat(['a.txt', 'b.csv'], 'json')).toBe('json')
  })

  it('is not chosen from a mixture, whose files are listed by format', () => {
    expect(() => chooseFormat(['a.json', 'b.csv', 'c.csv'], 'auto')).toThrow(
      /- json: "a\.json"\n- csv: "b\.csv", "c\.csv"/,
    )
  })

  it.each([['a.txt'], ['README'], ['.json/a'], ['v1.json/data']])('is not guessed for %j', (path) => {
    expect(() => chooseFormat([path], 'auto')).toThrow(`- neither: ${JSON.stringify(path)}`)
  })
})
