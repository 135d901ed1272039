import { describe, expect, it } from 'vitest'
import { findingText, joinRejections } from '../../src/report/findings.ts'
import { at, rejection } from '../support/report/facts.ts'
import { member } from '../support/runs/platform-inputs.ts'
import { desk } from '../support/runs/publishing-desk.ts'
import { finding } from '../support/check/validated-file.ts'

const reported = (
  code: string,
  ...rest: Parameters<typeof rejection> extends [string, ...infer Rest] ? Rest : never
) => {
  const { quoted: _, ...plain } = rejection(code, ...rest)
  return { ...plain, message: undefined, finding: undefined }
}

describe('rows that were rejected', () => {
  it('95 times for the same reason at the same field are one problem, with their count', () => {
    const rows = Array.from({ length: 95 }, (_, line) =>
      reported('100', at('a.jsonl', line + 1), { pointer: '/points' }),
    )
    const other = reported('100', at('a.jsonl', 3), { pointer: '/tier' })
    const told = joinRejections([...rows, other]).map(({ first, rows: count }) => [first.pointer, first.found, count])
    expect(told).toEqual([
      ['/points', at('a.jsonl', 1), 95],
      ['/tier', at('a.jsonl', 3), 1],
    ])
  })

  it('are told by one whose place is known, where there is one', () => {
    const [only] = joinRejections([reported('7', { kind: 'not found' }), reported('7', at('a.jsonl', 9))])
    expect(only).toMatchObject({ rows: 2, first: { found: at('a.jsonl', 9) } })
  })
})

describe('a record of a JSON array', () => {
  /** On one line, as exports write it: line and column alone are hard to find. */
  const array = (...members: readonly string[]) => ({
    'data/a.json': `[${members.map((one) => one.trimEnd()).join(',')}]`,
  })
  const files = array(member('a'), member('b', { points: 'many' }), member('c', { points: 'many' }))
  const inputs = { glob: 'data/*.json', publication: 'members' }

  it('is named with its index', () => {
    const places = [{ kind: 'text', line: 1, column: 9, index: 12 }] as const
    const [first] = finding({ places, path: '/tier' }).first
    expect(first && findingText(first)).toMatch(/^\/tier \(record \[12\]\): /)
  })

  it('is so where its rows are validated', async () => {
    const { publish } = desk()
    const run = await publish(files, { ...inputs, validation: 'error' })
    expect(run.errors.join('\n')).toMatch(/points \(record \[1\]\): .*; and 1 more/)
  })

  it('is so where the platform rejects it', async () => {
    const { publish } = desk()
    const run = await publish(files, { ...inputs, 'error-threshold': '90' })
    expect(run.errors.join('\n')).toMatch(/points \(record \[1\]\): .*\(and 1 more row\)/)
  })

  it('is not where records stand one a line', async () => {
    const { publish } = desk()
    const lines = { 'data/a.jsonl': member('a') + member('b', { points: 'many' }) }
    const run = await publish(lines, { publication: 'members', validation: 'error' })
    expect(run.errors.join('\n')).toMatch(/points: /)
    expect(run.errors.join('\n')).not.toContain('(record [')
  })
})
