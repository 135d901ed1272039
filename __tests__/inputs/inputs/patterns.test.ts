import { describe, expect, it } from 'vitest'
import { readPatterns } from '../../../src/inputs/values.ts'

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
    expect(allowedFor(text)).toEqual([expect.stringContaining('at least one of them without "!"')])
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
      'no braces, but one pattern a line: "data/eu/*.json" and "data/us/*.json"',
    ])
    expect(allowedFor('**\n!x.{json,csv}')).toEqual(['no braces, but one pattern a line: "!x.json" and "!x.csv"'])
  })

  it('have no braces, several groups and ranges included', () => {
    expect(allowedFor('{a,b}/{c,d}')).toEqual(['no braces, but one pattern a line'])
    expect(allowedFor('{a,{b,c}}')).toEqual(['no braces, but one pattern a line'])
    expect(allowedFor('x{1..9}.json')).toEqual(['no braces, but one pattern a line'])
  })

  it('are each named with all their faults', () => {
    const reading = readPatterns('/a/../b\n{c,d}')
    expect(reading).toMatchObject({ faults: [{ value: '/a/../b' }, { value: '/a/../b' }, { value: '{c,d}' }] })
  })
})
