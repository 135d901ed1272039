import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { FORMAT_NAMES } from '../src/formats/formats.ts'
import { INPUTS, type InputRow } from '../src/inputs/table.ts'
import { OUTPUT_NAMES } from '../src/report/outputs.ts'

type Declared = { readonly description?: string; readonly default?: unknown; readonly required?: boolean }

type Action = {
  readonly name: string
  readonly description: string
  readonly branding: { readonly icon: string; readonly color: string }
  readonly runs: { readonly using: string; readonly main: string }
  readonly inputs: Readonly<Record<string, Declared>>
  readonly outputs: Readonly<Record<string, Declared>>
}

const text = readFileSync(new URL('../action.yml', import.meta.url), 'utf8')
const action = parse(text) as Action
const rows: readonly InputRow<unknown>[] = Object.values(INPUTS)

describe('action.yml', () => {
  it('declares exactly the inputs of the table, in its order', () => {
    expect(Object.keys(action.inputs)).toEqual(rows.map((row) => row.name))
  })

  it.each(rows)('gives "$name" the default of the table', (row) => {
    expect(action.inputs[row.name]?.default ?? '').toBe(row.expression ?? row.default)
  })

  it('quotes every default, so that YAML never makes a number or a boolean of it', () => {
    const unquoted = text.split('\n').filter((line) => /^ +default: *[^ '"]/.test(line))
    expect(unquoted).toEqual([])
  })

  it('describes every input and output, and requires none: the runner would not enforce it', () => {
    for (const declared of [...Object.values(action.inputs), ...Object.values(action.outputs)]) {
      expect(declared.description).toMatch(/\.$/)
      expect(declared.required).toBeUndefined()
    }
  })

  it('describes each in at most 160 characters, and begins with a noun: pages of docs/ have the details', () => {
    const all = [...Object.values(action.inputs), ...Object.values(action.outputs)]
    for (const { description = '' } of all) {
      expect(description.length, description).toBeLessThanOrEqual(160)
      expect(description).toMatch(/^(?:[A-Z]|"\$id")/)
      expect(description).not.toMatch(/^(?:What|When|Where|Whether|If|How many|The)\b/)
    }
  })

  it('declares the outputs that are set, each with its type and when it is empty', () => {
    expect(Object.keys(action.outputs)).toEqual(OUTPUT_NAMES)
    for (const output of Object.values(action.outputs)) {
      expect(output.description).toMatch(/^(String|Whole number|JSON array of strings): .*(Empty when|Never empty)/)
    }
  })

  it('names every mode in the description of "mode", and every format in that of "format"', () => {
    expect(quotedIn(action.inputs['mode'])).toEqual(expect.arrayContaining([...allowedBy(INPUTS.mode)]))
    expect(quotedIn(action.inputs['format'])).toEqual(expect.arrayContaining([...FORMAT_NAMES]))
    expect(quotedIn(action.inputs['mode'])).not.toContain('wait')
  })

  it('runs the built bundle on Node 24 and fits the Marketplace', () => {
    expect(action.runs).toMatchObject({ using: 'node24', main: 'dist/index.js', post: 'dist/post.js' })
    expect(action.name).toBe('Publish to Experience Platform')
    expect(action.description.length).toBeLessThanOrEqual(125)
    expect(action.branding).toEqual({ icon: 'upload-cloud', color: 'red' })
  })
})

function quotedIn({ description = '' }: Declared = {}): readonly string[] {
  return Array.from(description.matchAll(/"([^"]+)"/g), ([, word = '']) => word)
}

/** What the reader of an input says that it takes. */
function allowedBy({ read }: InputRow<unknown>): readonly string[] {
  const refused = read('no such value')
  return refused.kind === 'read' ? [] : quotedIn({ description: refused.faults[0]?.allowed ?? '' })
}
