import { describe, expect, it } from 'vitest'
import { loyaltySchema } from '../../../emulator/seed/loyalty-schema.ts'
import { commandsIn } from '../../support/runs/log.ts'
import { member } from '../../support/runs/platform-inputs.ts'
import { sarifFaults } from '../../support/report/sarif-faults.ts'
import { validateOffline } from '../../support/check/validated.ts'

const lines = (count: number, more: (index: number) => Readonly<Record<string, unknown>>) =>
  Array.from({ length: count }, (_, index) => member(`m${index}`, more(index))).join('')

describe('annotations', () => {
  it('are one for each distinct problem, at its first place, with how many more there are in how many files', async () => {
    const files = {
      'data/a.jsonl': member('good') + lines(312, () => ({ points: 1.5 })),
      'data/b.jsonl': lines(2, (index) => ({ points: 1.5, tags: [true, index] })),
    }
    const run = await validateOffline(loyaltySchema, { files })
    expect(run.annotations.map(({ file, line, title, text }) => [file, line, title, text])).toEqual([
      ['data/a.jsonl', 2, 'integer-fraction', fraction('; and 313 more, in 2 files in total')],
      [
        'data/b.jsonl',
        1,
        'type-mismatch',
        '/_emutenant/loyalty/tags/0: expected a string, found a boolean; and 1 more',
      ],
    ])
    expect(run.results.map(({ occurrenceCount }) => occurrenceCount)).toEqual([314, 2])
    expect(run.checks[0]?.findings).toMatchObject([{ count: 312 }])
    expect(run.checks[0]?.findings[0]?.first).toHaveLength(100)
  })

  it('are the gravest, where there are more than the runner shows', async () => {
    const unknown = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`unknown${index}`, 1]))
    const empty = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`odd${index}`, null]))
    const odd = { ...loyaltySchema, properties: { ...loyaltySchema.properties, ...texts(Object.keys(empty)) } }
    const line = { ...empty, ...unknown, ...(JSON.parse(member('1', { points: 'many' })) as object) }
    const text = `${JSON.stringify(line)}\n${member('2', { points: 'more' })}`
    const run = await validateOffline(odd, { files: { 'data/a.jsonl': text } })
    const levels = run.annotations.map(({ level }) => level)
    expect(levels).toEqual([...Array<string>(9).fill('error'), ...Array<string>(9).fill('warning')])
    expect(run.annotations[0]).toMatchObject({ title: 'number-format' })
    expect(commandsIn(run.log).filter((name) => name === 'error')).toHaveLength(10)
    expect(run.checks[0]?.findings).toHaveLength(25)
    expect(run.results).toHaveLength(25)
  })

  it('name files that the runner and code scanning find, whatever they are called', async () => {
    const names = [
      'a b.jsonl',
      'Größe.jsonl',
      '100%0A,file=x.jsonl',
      '#1?x=y&z.jsonl',
      '::set-output name=outcome::hacked.jsonl',
      '\n::error::hacked.jsonl',
      '##[error]hacked.jsonl',
    ]
    const files = Object.fromEntries(
      names.map((name, index) => [`data/${name}`, member('1', { [`unknown${index}`]: 1 })]),
    )
    const run = await validateOffline(loyaltySchema, { files })
    const paths = names.map((name) => `data/${name}`).toSorted()
    // A name that holds a command of old can't be written out: the runner would take it for one anywhere in a line.
    const shown = paths.map((path) => path.replace('##[', '# #['))
    expect(run.annotations.map(({ file }) => file).toSorted()).toEqual(shown.toSorted())
    const uris = run.results.map(({ locations }) => locations[0].physicalLocation.artifactLocation.uri)
    expect(uris.map((uri) => decodeURIComponent(new URL(uri, 'file:///').pathname.slice(1))).toSorted()).toEqual(paths)
    expect(sarifFaults(run.kept.sarif)).toEqual([])
    expect(commandsIn(run.log).filter((name) => name !== 'error')).toEqual([])
    expect(run.log).not.toMatch(/^\s*::error::hacked/m)
  })

  it.each([
    ['the prefix of a data model', { 'xdm:person': {} }, 'person'],
    ['another case', { Person: {} }, 'person'],
    ['the object of the organisation left out', { loyalty: {} }, '_emutenant.loyalty'],
    ['a slip', { persn: {} }, 'person'],
  ])('say what was meant by %s', async (_, more, meant) => {
    const text = JSON.stringify({ ...more, ...(JSON.parse(member('1')) as object) })
    const run = await validateOffline(loyaltySchema, { files: { 'data/a.jsonl': text } })
    expect(run.annotations).toMatchObject([{ title: 'unknown-field' }])
    expect(run.annotations[0]?.text).toContain(`(did you mean "${meant}"?)`)
  })
})

function fraction(more: string): string {
  return `/_emutenant/loyalty/points: expected an integer without a fraction, found a decimal number${more}`
}

function texts(names: readonly string[]) {
  return Object.fromEntries(names.map((name) => [name, { type: 'string' }]))
}
