import { parseArgs } from 'node:util'
import { yesOrNo } from '../inputs/readers.ts'
import { INPUTS, INPUT_ROWS, type InputRow } from '../inputs/table.ts'
import { nearestName } from '../lib/similar-names.ts'

export const COMMANDS = ['validate', 'plan', 'map', 'schema', 'doctor'] as const

export type CommandName = (typeof COMMANDS)[number]

/** What the user asks for with the command-line arguments. */
export type Invocation =
  | { readonly kind: 'help'; readonly command: CommandName | undefined }
  | { readonly kind: 'version' }
  | { readonly kind: 'wrong'; readonly command: CommandName | undefined; readonly faults: readonly string[] }
  | ({ readonly kind: 'run' } & CommandLine)

export type CommandLine = {
  readonly command: CommandName
  /** By the name of the input; several values are one per line. */
  readonly inputs: ReadonlyMap<string, string>
  /** By the name of the option; a flag that is given has an empty value. */
  readonly own: ReadonlyMap<string, string>
  /** The arguments that are not options. */
  readonly files: readonly string[]
}

export type OptionRow = {
  readonly name: string
  readonly isFlag: boolean
  readonly isList: boolean
  readonly commands: readonly CommandName[]
  /** Undefined for an option that only the command line has. */
  readonly input: InputRow<unknown> | undefined
}

type OwnOption = {
  readonly name: string
  readonly isFlag: boolean
  readonly commands: readonly CommandName[]
  readonly description: string
}

/** Options for which a workflow has no input. */
export const OWN_OPTIONS: readonly OwnOption[] = [
  {
    name: 'suggest',
    isFlag: true,
    commands: ['map'],
    description: 'Propose a mapping set by the names of the columns, in place of --mapping.',
  },
  {
    name: 'limit',
    isFlag: false,
    commands: ['map'],
    description: 'Number of records to print. Default: 10 on a terminal, otherwise all.',
  },
  {
    name: 'repository',
    isFlag: false,
    commands: ['plan'],
    description: 'OWNER/NAME of the repository whose workflow publishes. Default: the remote "origin" of this clone.',
  },
  {
    name: 'output',
    isFlag: false,
    commands: ['map', 'schema'],
    description: 'File to write. Default: standard output.',
  },
  { name: 'force', isFlag: true, commands: ['map', 'schema'], description: 'Overwrite the file of --output.' },
  {
    name: 'json',
    isFlag: true,
    commands: ['validate', 'plan', 'doctor'],
    description: 'Print the JSON report, and the log to stderr.',
  },
  { name: 'verbose', isFlag: true, commands: COMMANDS, description: 'Log every request too, to stderr.' },
]

const SCOPES: Readonly<Record<'connection' | 'plan' | 'workflow', readonly CommandName[]>> = {
  connection: COMMANDS,
  plan: ['plan'],
  workflow: [],
}

/** The commands that read files. */
export const FILE_COMMANDS: readonly CommandName[] = ['validate', 'plan', 'map']

function commandsOf({ name, scope }: InputRow<unknown>): readonly CommandName[] {
  const commands = scope === undefined ? FILE_COMMANDS : SCOPES[scope]
  return name === INPUTS.schema.name ? [...commands, 'schema'] : commands
}

const SECRETS = new Map(INPUT_ROWS.filter(({ secret }) => secret).map((row) => [row.name, row]))

/** Every option, in the order of the table of inputs. */
export const OPTIONS: readonly OptionRow[] = [
  ...INPUT_ROWS.filter(({ secret }) => !secret).map((input) => ({
    name: input.name,
    isFlag: input.read === yesOrNo,
    isList: input.isList ?? false,
    commands: commandsOf(input),
    input,
  })),
  ...OWN_OPTIONS.map((own) => ({ ...own, isList: false, input: undefined })),
]

const HELP = { help: { type: 'boolean', short: 'h' }, version: { type: 'boolean' } } as const

const CONFIG = {
  ...Object.fromEntries(OPTIONS.map(({ name, isFlag }) => [name, { type: isFlag ? 'boolean' : 'string' } as const])),
  ...HELP,
}

/** `map` shows the mapped records, whether or not they would be sent. */
export function defaultOf(input: InputRow<unknown>, command: CommandName): string {
  return command === 'map' && input.name === INPUTS.validation.name ? 'warn' : input.default
}

/** Reads the command-line arguments: the command is the first that is not an option. */
export function readArguments(args: readonly string[]): Invocation {
  const { tokens } = parseArgs({
    args: [...args],
    options: CONFIG,
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const reading = new ArgumentReader()
  for (const [at, token] of tokens.entries()) {
    if (token.kind === 'option') reading.takeOption(token, tokens[at + 1])
    else if (token.kind === 'positional') reading.takeWord(token.value)
  }
  return reading.asked()
}

type GivenOption = {
  readonly name: string
  readonly rawName: string
  readonly value: string | undefined
  readonly inlineValue: boolean | undefined
}

type NextToken = { readonly kind: string; readonly value?: string | undefined } | undefined

class ArgumentReader {
  #command: CommandName | undefined
  #strange: string | undefined
  #wanted: 'help' | 'version' | undefined
  readonly #given = new Map<string, string>()
  readonly #files: string[] = []
  readonly #faults: string[] = []
  #skips = false

  takeOption(option: GivenOption, next: NextToken): void {
    const { name, value } = option
    if (name === 'help' || name === 'h') this.#wanted = 'help'
    else if (name === 'version') this.#wanted ??= 'version'
    else {
      const row = OPTIONS.find((one) => one.name === name)
      if (row === undefined) this.#takeUnknown(option, next)
      else if (row.isFlag) this.#takeFlag(row, value, next)
      else this.#takeValue(row, option)
    }
  }

  takeWord(word: string): void {
    if (this.#skips) this.#skips = false
    else if (this.#command !== undefined || this.#strange !== undefined) this.#files.push(word)
    else if (isCommand(word)) this.#command = word
    else if (word === 'help') this.#wanted = 'help'
    else this.#strange = word
  }

  asked(): Invocation {
    const command = this.#command
    if (this.#wanted === 'help') return { kind: 'help', command }
    if (this.#wanted === 'version') return { kind: 'version' }
    const faults = [...this.#commandFaults(), ...this.#faults]
    if (command === undefined || faults.length > 0) return { kind: 'wrong', command, faults }
    const of = (isInput: boolean) =>
      new Map(
        Array.from(this.#given).filter(([name]) =>
          OPTIONS.some((row) => row.name === name && (row.input !== undefined) === isInput),
        ),
      )
    return { kind: 'run', command, inputs: of(true), own: of(false), files: this.#files }
  }

  /** The next argument may be the option's value, and a secret: it is not taken as the command, and not shown. */
  #takeUnknown({ name, rawName, value }: GivenOption, next: NextToken): void {
    const fault = SECRETS.has(name) ? secretFault(name) : `${rawName} is not an option${meant(name)}`
    this.#faults.push(fault)
    const isValue = value === undefined && next?.kind === 'positional' && !isCommand(next.value ?? '')
    if (this.#command === undefined && isValue) this.#skips = true
  }

  #takeFlag(row: OptionRow, value: string | undefined, next: NextToken): void {
    // As a workflow writes it: `show-values: true`.
    const behind = value === undefined && next?.kind === 'positional' && /^(?:true|false)$/i.test(next.value ?? '')
    if (behind) this.#skips = true
    const word = behind ? next.value : value
    if (row.input === undefined && word !== undefined) this.#faults.push(`--${row.name} takes no value`)
    else this.#keep(row, word ?? (row.input === undefined ? '' : 'true'))
  }

  #takeValue(row: OptionRow, { value, inlineValue }: GivenOption): void {
    const isOption = inlineValue !== true && /^--?[a-z]/i.test(value ?? '')
    if (value === undefined || isOption) this.#faults.push(`--${row.name} needs a value, such as --${row.name}=VALUE`)
    else this.#keep(row, value)
  }

  #keep(row: OptionRow, value: string): void {
    const before = this.#given.get(row.name)
    if (before !== undefined && !row.isList) this.#faults.push(`--${row.name} is given twice`)
    this.#given.set(row.name, before === undefined || !row.isList ? value : `${before}\n${value}`)
  }

  #commandFaults(): readonly string[] {
    const command = this.#command
    if (command === undefined) {
      const word = this.#strange
      if (word === undefined) return [`No command is given; there are ${listed(COMMANDS)}`]
      return [`${JSON.stringify(word)} is not a command; there are ${listed(COMMANDS)}${meantOf(word, COMMANDS)}`]
    }
    const rows = Array.from(this.#given.keys()).flatMap((name) => OPTIONS.filter((row) => row.name === name))
    return rows.filter((row) => !row.commands.includes(command)).map((row) => strayFault(row, command))
  }
}

function isCommand(word: string): word is CommandName {
  return COMMANDS.some((command) => command === word)
}

function strayFault({ name, commands }: OptionRow, command: CommandName): string {
  const where = commands.length === 0 ? 'only a workflow has this input' : `it belongs to ${listed(commands)}`
  return `--${name} is not an option of "${command}": ${where}`
}

/** Other users of the machine see the options of a program, and the shell keeps them in its history. */
function secretFault(name: string): string {
  const variable = SECRETS.get(name)?.variable
  const way = variable === undefined ? 'the command line does not need it' : `set ${variable} in the environment`
  return `--${name} is a secret, and secrets are not taken as options: ${way}`
}

function meant(name: string): string {
  return meantOf(
    name,
    [...OPTIONS.filter(({ commands }) => commands.length > 0).map((row) => row.name), ...Object.keys(HELP)],
    '--',
  )
}

function meantOf(word: string, words: readonly string[], mark = ''): string {
  const nearest = nearestName(word, words)
  return nearest === undefined ? '' : ` (did you mean ${mark}${nearest}?)`
}

function listed(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ')
}
