import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { COMMANDS, OPTIONS } from '../../src/cli/arguments.ts'
import { descriptionsIn, helpText } from '../../src/cli/help.ts'
import { keptStream } from '../support/runs/text-stream.ts'

const home = join(import.meta.dirname, '../..')
const text = readFileSync(join(home, 'action.yml'), 'utf8')
const { inputs } = parse(text) as { readonly inputs: Readonly<Record<string, { readonly description: string }>> }

/** Options that a command takes in another way than a workflow. */
const OWN_WORDS = new Set(['glob', 'mapping', 'key', 'schema-file'])

const shell = {
  home,
  output: keptStream({ isTerminal: true, columns: 10_000 }).stream,
}

describe('the help', () => {
  it('has the descriptions of action.yml, each as it is there', () => {
    const all = Object.entries(inputs).map(([name, { description }]) => [name, description] as const)
    expect(Array.from(descriptionsIn(text))).toEqual(all)
    expect(Array.from(descriptionsIn(text.replaceAll('\n', '\r\n')))).toEqual(all)
  })

  it.each(COMMANDS)(
    'of "%s" has each of its options, with what action.yml says of it where a command is no different',
    (command) => {
      const help = helpText(command, shell)
      for (const { name, input, commands } of OPTIONS) {
        const line = help.split('\n').find((one) => one.startsWith(`  --${name} `) || one.startsWith(`  --${name}=`))
        if (!commands.includes(command)) expect(line, name).toBeUndefined()
        else if (command === 'schema' && name === 'schema') expect(line).toContain('in place of --dataset')
        else if (OWN_WORDS.has(name)) expect(line, name).toMatch(/^(?!.*(?:workspace|one per line)).* \S.*\.$/)
        else if (input !== undefined) expect(help).toContain(inputs[name]?.description)
        else expect(line, name).toMatch(/ \S.*\.$/)
      }
    },
  )

  it('shows how a flag that is on by itself is turned off', () => {
    expect(helpText('plan', shell)).toMatch(/^ {2}--wait=false .*\(default: true\)$/m)
    expect(helpText('plan', shell)).toMatch(/^ {2}--show-values {2}/m)
  })

  it('shows the default that the command has: "map" prints records with errors, the others stop', () => {
    expect(helpText('map', shell)).toMatch(/^ {2}--validation VALUE .*\(default: warn\)$/m)
    expect(helpText('validate', shell)).toMatch(/^ {2}--validation VALUE .*\(default: error\)$/m)
  })

  it('fits a narrow terminal', () => {
    const narrow = helpText('validate', { home, output: { ...shell.output, columns: 72 } })
    const options = narrow.split('\n').slice(narrow.split('\n').indexOf('Options'))
    const long = options.filter(
      (line) => line.startsWith('  ') && line.length > 72 && line.trim().includes(' ') && !line.includes('openid'),
    )
    expect(long.filter((line) => !/^\s+\S+$/.test(line))).toEqual([])
  })
})
