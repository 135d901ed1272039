import { describe, expect, it } from 'vitest'
import { readPatterns, slipHint } from '../../../src/inputs/values.ts'

function allowedFor(text: string): readonly string[] {
  const reading = readPatterns(text)
  return reading.kind === 'refused' ? reading.faults.map((fault) => fault.allowed) : []
}

describe('the patterns of glob', () => {
  it('are one a line, without comments, empty lines and the blanks around them', () => {
    expect(readPatterns('# loyalty\n  data/**/*.json \r\n\n!data/tmp/**\n#!x')).toEqual({
      kind: 'read',
      value: ['data/**/*.json', '!data/tmp/**'],
    })
  })

  it.each([
    './data/*.json',
    '!!a.json',
    'a..b/c.json',
    'part=1/x{1}.json',
    '~a/b.json',
    'a~/b',
    '.github/x.json',
    '**',
  ])('may be %s', (pattern) => {
    expect(readPatterns(pattern)).toEqual({ kind: 'read', value: [pattern] })
  })

  it.each(['!a.json', '!a.json\n! b.json', '!!!a.json', '# nothing', ''])('need one that includes: %j', (text) => {
    expect(allowedFor(text)).toEqual([expect.stringContaining('at least one without "!"')])
  })

  it.each(['/data/a.json', '!/data/a.json', 'C:\\data', 'c:/data', '~/data', '~', '\\data', '\\\\server\\share'])(
    'are relative: %s is a fault',
    (pattern) => {
      expect(allowedFor(`a.json\n${pattern}`)).toEqual([expect.stringContaining('relative to the workspace')])
    },
  )

  it.each(['../a.json', 'data/../a.json', 'data/..', '! ../a', '..\\a'])('stay inside: %s is a fault', (pattern) => {
    expect(allowedFor(`a.json\n${pattern}`)).toEqual([expect.stringContaining('without ".."')])
  })

  it('have no "." between segments, which @actions/glob refuses', () => {
    expect(allowedFor('data/./a.json')).toEqual([expect.stringContaining('without "."')])
  })

  it('have no braces, which would match nothing: what to write instead is spelled out', () => {
    expect(allowedFor('data/{eu, us}/*.json')).toEqual([
      'one pattern per line, without braces: "data/eu/*.json" and "data/us/*.json"',
    ])
    expect(allowedFor('**\n!x.{json,csv}')).toEqual(['one pattern per line, without braces: "!x.json" and "!x.csv"'])
  })

  it('have no braces, several groups and ranges included', () => {
    expect(allowedFor('{a,b}/{c,d}')).toEqual(['one pattern per line, without braces'])
    expect(allowedFor('{a,{b,c}}')).toEqual(['one pattern per line, without braces'])
    expect(allowedFor('x{1..9}.json')).toEqual(['one pattern per line, without braces'])
  })

  it('are each named with all their faults', () => {
    const reading = readPatterns('/a/../b\n{c,d}')
    expect(reading).toMatchObject({ faults: [{ value: '/a/../b' }, { value: '/a/../b' }, { value: '{c,d}' }] })
  })
})

describe('a pattern that matches nothing is told what was meant', () => {
  it.each([
    ['data/a.jsonl, data/b.jsonl', 'without commas: "data/a.jsonl" and "data/b.jsonl"'],
    ['data/a.jsonl data/*.csv', 'without spaces between them: "data/a.jsonl" and "data/*.csv"'],
    ['- data/a.jsonl', 'without a dash: "data/a.jsonl"'],
    ["- 'data/a.jsonl' # members", 'without a dash and a trailing comment and quotes: "data/a.jsonl"'],
    ['["a.csv", "b.csv"]', 'without brackets around the list and commas and quotes: "a.csv" and "b.csv"'],
    ['"data/a.jsonl"', 'without quotes: "data/a.jsonl"'],
    ['!"data/a.jsonl"', 'without quotes: "!data/a.jsonl"'],
    ['"!data/a.jsonl"', 'without quotes: "!data/a.jsonl"'],
    ['data\\a.jsonl', 'without backslashes: "data/a.jsonl"'],
    ['data/@(a|b).jsonl', 'without "@(…)": "data/a.jsonl" and "data/b.jsonl"'],
    ['data/a.jsonl # members', 'without a trailing comment: "data/a.jsonl"'],
  ])('%s', (pattern, hint) => {
    expect(slipHint(pattern, '/')).toBe(` (write one pattern per line, ${hint})`)
  })

  it.each(['data/a.jsonl', '!data/**', 'data/my members.jsonl', 'data/f[1].jsonl', 'data/#1.json'])(
    'but not: %s',
    (pattern) => {
      expect(slipHint(pattern, '/')).toBe('')
    },
  )

  it('but not of a backslash on Windows', () => expect(slipHint('data\\a.jsonl', '\\')).toBe(''))
})
