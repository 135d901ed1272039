import { describe, expect, it } from 'vitest'
import { type Invocation, OPTIONS, readArguments } from '../../src/cli/arguments.ts'
import { INPUTS, type InputRow } from '../../src/inputs/table.ts'

const rows: readonly InputRow<unknown>[] = Object.values(INPUTS)

function given(...args: readonly string[]): Record<string, string> {
  const asked = readArguments(args)
  if (asked.kind !== 'run') throw new Error(JSON.stringify(asked))
  return Object.fromEntries(asked.inputs)
}

function faults(...args: readonly string[]): readonly string[] {
  const asked = readArguments(args)
  return asked.kind === 'wrong' ? asked.faults : []
}

describe('the options', () => {
  it('are the inputs of the table, but for secrets', () => {
    expect(OPTIONS.flatMap(({ input }) => input ?? [])).toEqual(rows.filter(({ secret }) => !secret))
  })

  it('of "validate" are those that a run of it reads', () => {
    const names = OPTIONS.filter(({ commands }) => commands.includes('validate')).map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['schema-file', 'error-threshold', 'mapping', 'sandbox', 'json']))
    for (const name of ['mode', 'github-token', 'client-secret', 'rejected-rows-path', 'replay-predecessors'])
      expect(names).not.toContain(name)
  })

  it('may stand before and behind files, and before the command', () => {
    const asked: Invocation = readArguments(['--format', 'csv', 'validate', 'a.txt', '--json', '-', '--', '--b.txt'])
    expect(asked).toMatchObject({ kind: 'run', command: 'validate', files: ['a.txt', '-', '--b.txt'] })
    expect(asked).toMatchObject({ inputs: new Map([['format', 'csv']]), own: new Map([['json', '']]) })
  })

  it('give lists by being repeated, and nothing else may be', () => {
    expect(given('validate', '--glob', 'a/*', '--glob=!a/b')).toEqual({ glob: 'a/*\n!a/b' })
    expect(faults('validate', '--format', 'csv', '--format', 'json')).toEqual(['--format is given twice'])
  })

  it('are flags where the input is true or false, also as a workflow writes it', () => {
    expect(given('validate', '--show-values')).toEqual({ 'show-values': 'true' })
    expect(given('validate', '--show-values=false')).toEqual({ 'show-values': 'false' })
    expect(given('plan', '--wait', 'false', 'true')).toEqual({ wait: 'false' })
    expect(readArguments(['plan', '--wait', 'false', 'true'])).toMatchObject({ files: ['true'] })
  })

  it('that are unknown get the nearest', () => {
    expect(faults('validate', '--schema-fil', 'a')).toEqual([
      '--schema-fil is not an option (did you mean --schema-file?)',
    ])
    expect(faults('validate', '--zzzzzzzzz')).toEqual(['--zzzzzzzzz is not an option'])
    expect(faults('validate', '-x')).toEqual(['-x is not an option'])
  })

  it('without a value are refused, and no option is taken for one', () => {
    expect(faults('validate', '--format')).toEqual(['--format needs a value, such as --format=VALUE'])
    expect(faults('validate', '--format', '--json')).toEqual(['--format needs a value, such as --format=VALUE'])
    expect(faults('validate', '--json=yes')).toEqual(['--json takes no value'])
    expect(given('validate', '--csv-delimiter=-')).toEqual({ 'csv-delimiter': '-' })
  })

  it.each([
    ['client-secret', 'set AEP_CLIENT_SECRET in the environment'],
    ['access-token', 'set AEP_ACCESS_TOKEN in the environment'],
    ['github-token', 'the command line does not need it'],
  ])('never are secrets: --%s', (name, way) => {
    const [only = '', ...others] = faults('validate', `--${name}`, 'p8e-AbC_123')
    expect(others).toEqual([])
    expect(only).toContain(way)
    expect(only).not.toContain('p8e-AbC_123')
  })

  it('of another command, or of workflows alone, say where they belong', () => {
    expect(faults('validate', '--publication', 'a')).toEqual([
      '--publication is not an option of "validate": it belongs to "plan"',
    ])
    expect(faults('plan', '--mode', 'publish')).toEqual([
      '--mode is not an option of "plan": only a workflow has this input',
    ])
  })
})

describe('the command', () => {
  it('is one of a few, and a slip gets the nearest', () => {
    expect(faults('valdate', 'a.json')[0]).toMatch(/^"valdate" is not a command; .*\(did you mean validate\?\)$/)
    expect(faults('publish')[0]).toMatch(
      /^"publish" is not a command; there are "validate", "plan", "map", "schema", "doctor"/,
    )
    expect(faults('--json')[0]).toMatch(/^No command is given/)
  })

  it.each([
    [['--help'], undefined],
    [['help'], undefined],
    [['help', 'plan'], 'plan'],
    [['plan', '--help', '--nonsense'], 'plan'],
    [['validate', '-h'], 'validate'],
  ])('is explained: %j', (args, command) => {
    expect(readArguments(args)).toEqual({ kind: 'help', command })
  })
})
