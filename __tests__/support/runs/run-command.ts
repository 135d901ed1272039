import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const PROGRAM = join(import.meta.dirname, '../../../dist/index.js')

export type CommandRun = {
  readonly args: readonly string[]
  /** Path from the folder in which the program starts → content. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>
  /** Path from a second folder, `{beside}` in `args` → content. */
  readonly beside?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  /** Standard input; absent: empty. */
  readonly input?: string | Uint8Array
  /** Uses a terminal instead of pipes: all output is in `stdout`. */
  readonly inTerminal?: boolean
  /** The reader of standard output is closed. */
  readonly closesOutput?: boolean
  readonly program?: string
  /** Flags of Node.js. */
  readonly flags?: readonly string[]
  /** Sent while the program reads `input`, which must be larger than a pipe's buffer; standard input stays open. */
  readonly signal?: NodeJS.Signals
  /** Sends standard output to this file instead of a pipe. */
  readonly outputTo?: string
}

export type CommandResult = {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
  /** All files of the folder after the program has ended: path → content. */
  readonly folder: Readonly<Record<string, string>>
}

/** Runs the built program from the command line: with arguments, in its own folder, outside of any runner. */
export async function runCommand(run: CommandRun): Promise<CommandResult> {
  const home = await mkdtemp(join(tmpdir(), 'command-'))
  const [folder, beside] = [join(home, 'my data'), join(home, 'beside')]
  try {
    await writeAll(folder, run.files ?? {})
    await writeAll(beside, run.beside ?? {})
    const child = start(run, folder, beside)
    const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)]
    if (run.closesOutput) child.stdout?.destroy()
    if (run.signal === undefined) child.stdin?.end(run.input ?? '')
    else await stop(child, run.signal, run.input ?? '')
    const [exitCode] = (await once(child, 'close')) as [number | null]
    return { exitCode, stdout: stdout(), stderr: stderr(), folder: await readAll(folder) }
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

async function stop(child: ChildProcess, signal: NodeJS.Signals, input: string | Uint8Array): Promise<void> {
  child.stdin?.on('error', () => undefined)
  await new Promise<void>((resolve) => void child.stdin?.write(input, () => resolve()))
  child.kill(signal)
}

function start(
  { args, env = {}, flags = [], inTerminal, outputTo, program = PROGRAM }: CommandRun,
  cwd: string,
  beside: string,
): ChildProcess {
  const words = [process.execPath, ...flags, program, ...args.map((arg) => arg.replace('{beside}', beside))]
  const options = { cwd, env: { PATH: process.env['PATH'] ?? '', TERM: 'xterm', ...env } }
  if (outputTo !== undefined) return spawn(words[0] ?? '', words.slice(1), { ...options, stdio: outputIn(outputTo) })
  if (inTerminal !== true) return spawn(words[0] ?? '', words.slice(1), options)
  return spawn('script', ['--quiet', '--return', '--command', words.map(quote).join(' '), '/dev/null'], options)
}

function outputIn(path: string): StdioOptions {
  return ['pipe', openSync(path, 'w'), 'pipe']
}

function quote(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`
}

/** `script` of util-linux gives a program a terminal; the macOS version takes other arguments. */
export const hasScript = process.platform === 'linux' && (await answersVersion())

async function answersVersion(): Promise<boolean> {
  const child = spawn('script', ['--version'], { stdio: ['ignore', 'pipe', 'ignore'] })
  const said = collect(child.stdout)
  return await new Promise((resolve) => {
    child.once('error', () => resolve(false))
    child.once('close', () => resolve(said().includes('util-linux')))
  })
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  const parts: Buffer[] = []
  stream?.on('data', (chunk: Buffer) => parts.push(chunk))
  return () => Buffer.concat(parts).toString()
}

async function writeAll(folder: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
}

async function readAll(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  const texts = paths
    .toSorted()
    .map(async (path) => [path.slice(folder.length + 1), await readFile(path, 'utf8')] as const)
  return Object.fromEntries(await Promise.all(texts))
}
