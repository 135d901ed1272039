import { describe, expect, it } from 'vitest'
import { stateOf, statusesOf } from '../../src/platform/batch-state.ts'
import { readPage } from './read-pages.ts'

const page = readPage('docs/outputs-and-outcomes.md')
const outcomes = outcomesOfReport()

describe('the outcomes that are explained', () => {
  it.each(['README.md', page.path])('in %s are exactly those that a run can have', (path) => {
    const explained = tableAfter(readPage(path).text, '| Outcome ').flatMap(([names = '']) => codeIn(names))
    expect(explained.filter((name) => name !== 'mode').toSorted()).toEqual(outcomes)
  })

  it('come from every status at which a batch has ended', () => {
    const named = tableAfter(page.text, '| Status at the platform ').flatMap(([statuses = '']) => codeIn(statuses))
    expect(statusesOf(({ isFinal }) => isFinal).filter((status) => !named.includes(status))).toEqual([])
  })

  it('are told by the counts that the page lists', () => {
    const section = page.text.slice(page.text.indexOf('## How rows are counted'))
    for (const rule of [
      'read minus rows written',
      'sent minus rows read',
      'minus rows written',
      'sent minus rows read back',
    ])
      expect(section).toContain(rule)
    expect(section).toContain('rows written minus rows read back')
    expect(section).toMatch(/higher than a count before it/)
  })

  it('come from statuses that the action knows', () => {
    const named = tableAfter(page.text, '| Status at the platform ').flatMap(([statuses = '']) => codeIn(statuses))
    expect(named.length).toBeGreaterThan(10)
    expect(named.filter((status) => stateOf({ status }).kind === 'unknown')).toEqual([])
  })
})

function outcomesOfReport(): readonly string[] {
  const schema = JSON.parse(readPage('report.schema.json').text) as {
    readonly properties: { readonly outcome: { readonly enum: readonly string[] } }
  }
  return schema.properties.outcome.enum.toSorted()
}

/** The cells of the first table whose head begins so. */
function tableAfter(text: string, head: string): readonly (readonly string[])[] {
  const lines = text.slice(text.indexOf(`\n${head}`) + 1).split('\n')
  const end = lines.findIndex((line) => !line.startsWith('|'))
  return lines.slice(2, end).map((line) => line.split('|').slice(1, -1))
}

function codeIn(text: string): readonly string[] {
  return Array.from(text.matchAll(/`([^`]+)`/g), ([, code]) => code ?? '')
}
