import { type Outside, type Perform, runMain } from '../action.ts'
import { readInputs } from '../inputs/inputs.ts'
import { InputProblem } from '../inputs/problem.ts'
import { Cancelled, Problem, systemReason } from '../lib/errors.ts'
import { ownValue } from '../lib/json-reader.ts'
import type { RunContext } from '../modes/steps/run.ts'
import { escapeUntrusted, quoteList } from '../lib/text.ts'
import { INPUTS, INPUT_ROWS, type InputRow } from '../inputs/table.ts'
import {
  type CommandLine,
  type CommandName,
  FILE_COMMANDS,
  type Invocation,
  defaultOf,
  readArguments,
} from './arguments.ts'
import { type RecordSink, mapRows, suggestSet } from './commands/map.ts'
import { planAsNextRun } from './commands/plan.ts'
import { storeSchema } from './commands/schema.ts'
import { GivenFiles } from './files.ts'
import { PROGRAM, helpText, versionText } from './help.ts'
import { type OutputFile, outputOf, safeJson, writeOutput } from './output.ts'
import type { ExitCode, Shell } from './shell.ts'
import { Terminal } from './terminal.ts'
import { asCommand, reportAsCommand } from './wording.ts'

/** Runs the action with options instead of inputs, and a terminal instead of the runner's log. */
export async function runCommandLine(shell: Shell, outside: Outside): Promise<ExitCode> {
  const exitCode = await answer(shell, outside).catch((error: unknown) => breakOff(error, shell))
  const loss = await shell.output.loss()
  if (loss === undefined) return exitCode
  return breakOff(new Problem(`Cannot write all of standard output: ${systemReason(loss)}`, { remedy: '' }), shell)
}

/** Reports an error that comes before a run, or after it. */
function breakOff(error: unknown, { errors }: Shell): ExitCode {
  if (!(error instanceof Problem) && !(error instanceof Cancelled)) throw error
  const lines = [`Error: ${error.message}`, ...(error instanceof Problem && error.remedy !== '' ? [error.remedy] : [])]
  errors.write(`${escapeUntrusted(asCommand(lines.join('\n')))}\n`)
  return 1
}

async function answer(shell: Shell, outside: Outside): Promise<ExitCode> {
  const asked = shell.args.length === 0 ? NOTHING : readArguments(shell.args)
  switch (asked.kind) {
    case 'help':
      shell.output.write(helpText(asked.command, shell))
      return 0
    case 'version':
      shell.output.write(versionText(shell))
      return 0
    case 'wrong':
      return refuse(asked, shell)
    case 'run':
      return await run(asked, shell, outside)
    default:
      return asked satisfies never
  }
}

const NOTHING: Invocation = { kind: 'wrong', command: undefined, faults: [] }

type WrongUse = { readonly command: CommandName | undefined; readonly faults: readonly string[] }

/** Without any arguments, shows the help. */
function refuse({ command, faults }: WrongUse, shell: Shell): ExitCode {
  const help = `${PROGRAM}${command === undefined ? '' : ` ${command}`} --help`
  shell.errors.write(
    faults.length === 0
      ? helpText(command, shell)
      : escapeUntrusted(`${faults.map((fault) => `Error: ${asCommand(fault)}`).join('\n')}\nSee ${help}\n`),
  )
  return 2
}

async function run(line: CommandLine, shell: Shell, outside: Outside): Promise<ExitCode> {
  const { command, own } = line
  await using files = new GivenFiles(shell, outside.signal)
  const texts = await takeFiles(line, files)
  const output = await outputOf(line, shell)
  const faults = [
    ...files.faults,
    ...mapFaults(line),
    ...repositoryFaults(line),
    ...(typeof output === 'string' ? [output] : []),
  ]
  const source = {
    input: (name: string) => texts.get(name) ?? '',
    variable: (name: string) => ownValue(shell.env, name) ?? '',
  }
  const wrong = faults.length > 0 ? faults : inputFaults(source)
  if (wrong.length > 0 || typeof output === 'string') return refuse({ command, faults: wrong }, shell)
  const terminal = new Terminal({
    shell,
    clock: outside.clock,
    source,
    isLogApart: own.has('json') || DATA_COMMANDS.has(command),
    isVerbose: own.has('verbose'),
    shownName: (name) => files.shownName(name),
  })
  const world: Outside = {
    ...outside,
    runner: terminal.runner(),
    openWorkspace: (memory) => files.open(outside.openWorkspace(memory), ({ content }) => terminal.watch(content)),
  }
  await runMain(world, performOf(line, { shell, terminal, output }))
  terminal.end()
  if (own.has('json')) terminal.print(`${safeJson(reportAsCommand(terminal.kept('report.json')))}\n`)
  return terminal.fails ? 1 : 0
}

/** Commands that print data, not the log, on standard output. */
const DATA_COMMANDS: ReadonlySet<CommandName> = new Set(['schema', 'map'])

type Ways = { readonly shell: Shell; readonly terminal: Terminal; readonly output: OutputFile | undefined }

/** @returns undefined if the mode of the same name does the work */
function performOf({ command, own }: CommandLine, { shell, terminal, output }: Ways): Perform | undefined {
  const write = async (text: string, { log }: Pick<RunContext, 'log'>) => {
    if (output === undefined) return terminal.print(safeJson(text))
    await writeOutput(output, text)
    log.info(`Wrote ${JSON.stringify(output.name)}`)
  }
  switch (command) {
    case 'validate':
    case 'doctor':
      return undefined
    case 'plan':
      return planAsNextRun(own.get('repository') ?? '', shell)
    case 'map':
      return own.has('suggest') ? suggestSet(write) : mapRows(recordSink({ own, shell, terminal }))
    case 'schema':
      return storeSchema(write)
    default:
      return command satisfies never
  }
}

/** The default on a terminal; --limit shows more. */
const SHOWN_RECORDS = 10

function recordSink({ own, shell, terminal }: Pick<CommandLine, 'own'> & Omit<Ways, 'output'>): RecordSink {
  const asked = own.get('limit')
  const most = asked === undefined ? (shell.output.isTerminal ? SHOWN_RECORDS : Infinity) : Number(asked)
  const write = async (lines: string) => {
    terminal.print(safeJson(lines))
    await shell.output.drained()
    return !shell.output.isUnread
  }
  return { write, most }
}

/** The mode whose inputs a command needs. */
const MODE_OF: Readonly<Record<CommandName, string>> = {
  validate: 'validate',
  plan: 'plan',
  map: 'validate',
  schema: 'doctor',
  doctor: 'doctor',
}

/** The id of a mapping set in Data Prep. */
const MAPPING_ID = /^[0-9a-f]{32}$/

/** The texts of the inputs: the options, the mode of the command, and files by their names in the run. */
async function takeFiles(
  { command, inputs, files: words }: CommandLine,
  files: GivenFiles,
): Promise<Map<string, string>> {
  const texts = new Map(inputs).set(INPUTS.mode.name, MODE_OF[command])
  if (!FILE_COMMANDS.includes(command)) {
    if (words.length > 0) files.faults.push(`"${command}" takes no files: ${quoteList(words)}`)
    if (command === 'schema') files.faults.push(...namingFaults(texts))
    return texts
  }
  const { validation } = INPUTS
  if (!texts.has(validation.name)) texts.set(validation.name, defaultOf(validation, command))
  for (const word of words) await files.add(word)
  const patterns = [...files.patterns(), texts.get(INPUTS.patterns.name) ?? ''].filter((text) => text !== '')
  texts.set(INPUTS.patterns.name, patterns.join('\n'))
  if (patterns.length === 0 && words.length === 0) files.faults.push('No file is given; "-" reads standard input')
  for (const { name, isFile } of INPUT_ROWS) {
    const given = texts.get(name) ?? ''
    if (!isFile || given === '') continue
    if (name === INPUTS.mapping.name && MAPPING_ID.test(given)) continue
    const named = await files.addNamed(`--${name}`, given)
    if (named !== undefined) texts.set(name, named)
  }
  return texts
}

function mapFaults({ command, inputs, own }: CommandLine): readonly string[] {
  if (command !== 'map') return []
  const [isGiven, suggests] = [inputs.has(INPUTS.mapping.name), own.has('suggest')]
  const limit = own.get('limit')
  return [
    ...(isGiven === suggests ? ['"map" needs --mapping or --suggest, one of them'] : []),
    ...(own.has('output') && !suggests ? ['--output is for --suggest; redirect standard output to keep records'] : []),
    ...(limit === undefined || /^[1-9]\d{0,9}$/.test(limit)
      ? []
      : [`--limit is ${JSON.stringify(limit)}; allowed: a whole number from 1 to 9,999,999,999`]),
  ]
}

function repositoryFaults({ own }: CommandLine): readonly string[] {
  const name = own.get('repository')
  if (name === undefined || /^[\w.-]+\/[\w.-]+$/.test(name)) return []
  return [`--repository is ${JSON.stringify(name)}; allowed: OWNER/NAME, such as "acme/data"`]
}

function namingFaults(texts: ReadonlyMap<string, string>): readonly string[] {
  const given = [INPUTS.dataset.name, INPUTS.schema.name].filter((name) => (texts.get(name) ?? '') !== '')
  return given.length === 1 ? [] : ['"schema" needs --dataset or --schema, one of them']
}

function inputFaults(source: Parameters<typeof readInputs>[0]): readonly string[] {
  try {
    readInputs(source)
    return []
  } catch (error) {
    if (!(error instanceof InputProblem)) throw error
    const isTold = (fault: string, at: number) => at === 0 || !/ (?:is|are both) missing; /.test(fault)
    return isUnconnected(source) ? error.faults.filter(isTold) : error.faults
  }
}

/** A user who gives no part of a connection is not asked for each part of it: the first fault names the alternative. */
function isUnconnected({ input, variable }: Parameters<typeof readInputs>[0]): boolean {
  if (![MODE_OF.validate, MODE_OF.map].includes(input(INPUTS.mode.name))) return false
  return CONNECTION.every((row) => input(row.name) === '' && (row.variable === undefined || !variable(row.variable)))
}

const CONNECTION: readonly InputRow<unknown>[] = [
  INPUTS.schemaFile,
  INPUTS.dataset,
  INPUTS.clientId,
  INPUTS.clientSecret,
  INPUTS.accessToken,
  INPUTS.orgId,
  INPUTS.sandbox,
]
