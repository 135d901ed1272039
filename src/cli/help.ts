import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { INPUTS } from '../inputs/table.ts'
import { jsonReader, ownValue } from '../lib/json-reader.ts'
import { type CommandName, COMMANDS, OPTIONS, type OptionRow, OWN_OPTIONS, defaultOf } from './arguments.ts'
import type { Shell } from './shell.ts'

export const PROGRAM = 'publish-to-experience-platform'

type CommandHelp = { readonly usage: string; readonly summary: string; readonly more: readonly string[] }

const FILES = 'FILE…'

const COMMAND_HELP: Readonly<Record<CommandName, CommandHelp>> = {
  validate: {
    usage: `[options] ${FILES}`,
    summary: 'Validate the rows of files against a schema',
    more: [
      'With --schema-file, it needs neither an account nor the network. Otherwise, it reads the schema of --dataset.',
      '',
      `  ${PROGRAM} validate data/members.jsonl --schema-file schemas/members.json`,
      `  export.sh | ${PROGRAM} validate - --format csv --schema-file schemas/members.json`,
    ],
  },
  plan: {
    usage: `[options] ${FILES}`,
    summary: 'Report what a publish run would send and replace; nothing is changed',
    more: [
      '',
      `  ${PROGRAM} plan --glob 'data/members/*.jsonl' --dataset 5c8c3c555033b814b69f947f --publication members`,
    ],
  },
  map: {
    usage: `[options] ${FILES}`,
    summary: 'Print the records that a mapping set makes of rows, or propose a mapping set',
    more: [
      '',
      `  ${PROGRAM} map data/crm.csv --mapping mappings/members.json --schema-file schemas/members.json`,
      `  ${PROGRAM} map data/crm.csv --suggest --schema-file schemas/members.json --output mappings/members.json`,
    ],
  },
  schema: {
    usage: '[options]',
    summary: 'Store a schema with its identities, for --schema-file',
    more: [
      'Name the dataset whose schema it is, or the schema itself.',
      '',
      `  ${PROGRAM} schema --dataset 5c8c3c555033b814b69f947f --output schemas/members.json`,
    ],
  },
  doctor: {
    usage: '[options]',
    summary: 'Check the connection and a dataset: what works, what does not, and what to do',
    more: ['', `  ${PROGRAM} doctor --dataset 5c8c3c555033b814b69f947f`],
  },
}

const FILES_HELP = `FILE is a file, a folder, or a pattern in quotes; "-" reads standard input.`

const ENDING = `Exit codes: 0 done, 1 the verdict fails, 2 wrong use.`

/** What `--help` prints. */
export function helpText(command: CommandName | undefined, shell: Pick<Shell, 'home' | 'output'>): string {
  const lines = command === undefined ? overview() : commandHelp(command, shell)
  return `${lines.join('\n')}\n`
}

function overview(): readonly string[] {
  return [
    `Usage: ${PROGRAM} COMMAND [options]`,
    '',
    'Commands',
    ...COMMANDS.map((name) => `  ${name.padEnd(10)}${COMMAND_HELP[name].summary}`),
    '',
    `Options of a command: ${PROGRAM} COMMAND --help`,
    '',
    'These commands only read. What writes to Experience Platform is a workflow, whose run records who published what.',
    ENDING,
  ]
}

function commandHelp(command: CommandName, { home, output }: Pick<Shell, 'home' | 'output'>): readonly string[] {
  const { usage, summary, more } = COMMAND_HELP[command]
  const texts = descriptionsIn(readFileSync(join(home, 'action.yml'), 'utf8'))
  const instead = INSTEAD[command] ?? NO_OTHERS
  const rows = OPTIONS.filter(({ commands }) => commands.includes(command))
  const isConnection = ({ input }: OptionRow) => input?.scope === 'connection' && !ABOUT_DATA.has(input.name)
  const width = output.isTerminal ? Math.max(60, output.columns) : 120
  const setup = { command, texts: new Map([...texts, ...AS_OPTION, ...instead]), width }
  const options = (chosen: readonly OptionRow[]) => chosen.flatMap((row) => optionHelp(row, setup))
  return [
    `Usage: ${PROGRAM} ${command} ${usage}`,
    '',
    `${summary}.`,
    ...more,
    ...(usage.includes(FILES) ? ['', FILES_HELP] : []),
    '',
    'Options',
    ...options(rows.filter((row) => !isConnection(row))),
    ...optionLines('--help', 'This text.', width),
    '',
    'Connection, by options or the environment; secrets by the environment alone',
    ...options(rows.filter(isConnection)),
    ...SECRETS.flatMap(({ name, variable }) => optionLines(variable, texts.get(name) ?? '', width)),
    '',
    ENDING,
  ]
}

/** Descriptions of options of which the text of action.yml is not true: a command has no workspace, and repeats options. */
const AS_OPTION: ReadonlyMap<string, string> = new Map([
  [
    INPUTS.patterns.name,
    'Pattern of files, relative to the folder that you are in; "!" excludes files. Repeat the option for several.',
  ],
  [
    INPUTS.mapping.name,
    'Path of a mapping set, or its id in Data Prep: converts the rows of the files to XDM. Default: rows are taken as they are.',
  ],
  [
    INPUTS.key.name,
    'Field or column that tells rows apart when rows are compared. Repeat the option for several. Default: the primary identity, or "_id" of events.',
  ],
  [INPUTS.schemaFile.name, 'Path of a stored schema, used instead of the schema registry.'],
])

/** Descriptions for a command of which neither text is true. */
const INSTEAD: Readonly<Partial<Record<CommandName, ReadonlyMap<string, string>>>> = {
  schema: new Map([
    [INPUTS.schema.name, '"$id", "meta:altId" or exact title of the schema to store, in place of --dataset.'],
  ]),
}

const NO_OTHERS: ReadonlyMap<string, string> = new Map()

const ABOUT_DATA: ReadonlySet<string> = new Set([INPUTS.dataset.name])

const SECRETS = [INPUTS.clientSecret, INPUTS.accessToken]

type HelpSetup = {
  readonly command: CommandName
  /** The descriptions of the inputs, by their names. */
  readonly texts: ReadonlyMap<string, string>
  readonly width: number
}

function optionHelp({ name, isFlag, input }: OptionRow, { command, texts, width }: HelpSetup): readonly string[] {
  const text = input === undefined ? OWN_OPTIONS.find((own) => own.name === name)?.description : texts.get(name)
  const variable = input?.variable === undefined ? '' : ` [${input.variable}]`
  const value = input === undefined ? '' : defaultOf(input, command)
  const standard = value === '' || (isFlag && value === 'false') ? '' : ` (default: ${value})`
  return optionLines(
    isFlag ? flagText(name, input?.default) : `--${name} ${ownValue(WORDS, name) ?? 'VALUE'}`,
    `${text ?? ''}${variable}${standard}`,
    width,
  )
}

/** A flag that is on by default is only useful to turn it off. */
function flagText(name: string, standard: string | undefined): string {
  return standard === 'true' ? `--${name}=false` : `--${name}`
}

/** The placeholder for the value of an option. */
const WORDS: Readonly<Record<string, string>> = {
  'schema-file': 'FILE',
  mapping: 'FILE',
  glob: 'PATTERN',
  limit: 'NUMBER',
  output: 'FILE',
  repository: 'NAME',
  'platform-url': 'URL',
  'ims-url': 'URL',
}

const COLUMN = 30

function optionLines(option: string, text: string, width: number): readonly string[] {
  const [first = '', ...rest] = wrap(text, width - COLUMN)
  const head = `  ${option}`
  const begin = head.length < COLUMN - 1 ? [head.padEnd(COLUMN) + first] : [head, ' '.repeat(COLUMN) + first]
  return [...begin, ...rest.map((line) => ' '.repeat(COLUMN) + line)]
}

function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}

/** The descriptions of the inputs in the text of action.yml, by their names: one line each, in single quotes. */
export function descriptionsIn(text: string): ReadonlyMap<string, string> {
  const [, inputs = ''] = /^inputs:\n([^]*?)(?=^\S)/m.exec(text.replaceAll('\r\n', '\n')) ?? []
  const found = inputs.matchAll(/^ {2}([a-z-]+):\n {4}description: '(.*)'$/gm)
  return new Map(Array.from(found, ([, name = '', quoted = '']) => [name, quoted.replaceAll("''", "'")]))
}

export function versionText({ home }: Pick<Shell, 'home'>): string {
  const version = jsonReader(JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')), 'package.json').get(
    'version',
  )
  return `${version.text() ?? 'unknown'}\n`
}
