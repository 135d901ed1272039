import { type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { LINE_FEED } from '../lib/text.ts'

export type GitSetting = {
  readonly workspace: string
  /** Where the program starts. Windows searches the current folder first, and a workspace can hold anyone's files. */
  readonly temp: string
  /** The variables needed to find and start the program. Other variables are not passed on. */
  readonly env: Readonly<Record<string, string | undefined>>
}

type GitProcess = ChildProcessByStdio<Writable, Readable, Readable>

const HANDED_ON: ReadonlySet<string> = new Set(['PATH', 'Path', 'SYSTEMROOT', 'SystemRoot', 'TEMP', 'TMP'])

/**
 * Only what the repository itself has in its objects: no settings of the user or the machine, no replaced objects, no
 * grafted parents, no prompts, no locks, and no fetches (a partial clone fetches every object that it lacks). Objects
 * borrowed from another repository (alternates) count as its own. The workspace can belong to another user, as in a
 * container.
 */
function environment({ env, workspace }: GitSetting): NodeJS.ProcessEnv {
  const nothing = process.platform === 'win32' ? 'NUL' : '/dev/null'
  const handed = Object.entries(env).filter(([name]) => HANDED_ON.has(name))
  return {
    ...Object.fromEntries(handed),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: nothing,
    GIT_CONFIG_COUNT: '2',
    GIT_CONFIG_KEY_0: 'safe.directory',
    GIT_CONFIG_VALUE_0: workspace.replaceAll('\\', '/'),
    // A cache of the parents of commits, which Git trusts without reading the commits.
    GIT_CONFIG_KEY_1: 'core.commitGraph',
    GIT_CONFIG_VALUE_1: 'false',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_GRAFT_FILE: nothing,
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    LC_ALL: 'C',
  }
}

function start(args: readonly string[], setting: GitSetting, signal?: AbortSignal): GitProcess {
  const all = ['--no-optional-locks', '-C', setting.workspace, ...args]
  const options = { cwd: setting.temp, env: environment(setting), windowsHide: true, ...(signal && { signal }) }
  const child: GitProcess = spawn('git', all, { ...options, stdio: ['pipe', 'pipe', 'pipe'] })
  child.stderr.resume()
  child.stdin.on('error', () => undefined)
  return child
}

export type GitAnswer =
  | { readonly kind: 'answered'; readonly bytes: Buffer }
  /** The program does not exist, failed, or produced too much output. */
  | { readonly kind: 'failed' }

/** Longer than the listing of any repository in practical use. */
const MOST_BYTES = 256 * 1024 * 1024

/** Runs one command. Its error stream is discarded, since it may quote anything. @throws the signal's reason */
export async function runGit(args: readonly string[], setting: GitSetting, signal: AbortSignal): Promise<GitAnswer> {
  signal.throwIfAborted()
  const child = start(args, setting, signal)
  const { promise, resolve } = Promise.withResolvers<GitAnswer>()
  const chunks: Buffer[] = []
  let bytes = 0
  child.stdin.end()
  child.stdout.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes > MOST_BYTES) child.kill()
  })
  child.on('error', () => resolve({ kind: 'failed' }))
  child.on('close', (code) =>
    resolve(code === 0 ? { kind: 'answered', bytes: Buffer.concat(chunks) } : { kind: 'failed' }),
  )
  const answer = await promise
  signal.throwIfAborted()
  return answer
}

export type GitObject = { readonly type: string; readonly bytes: number }

type ObjectSink = {
  /** Whether to read the content of this object. */
  readonly accept: (object: GitObject) => boolean
  readonly write: (bytes: Uint8Array) => Promise<void>
}

/** The result of reading an object. `declined`: it exists, but the sink did not want it. */
export type ObjectRead =
  { readonly kind: 'read' | 'declined'; readonly object: GitObject } | { readonly kind: 'missing' }

/** Reads many objects through one process: starting one per object would take minutes for thousands. */
export class GitObjects implements AsyncDisposable {
  readonly #setting: GitSetting
  #running: { readonly child: GitProcess; readonly output: OutputReader } | undefined

  constructor(setting: GitSetting) {
    this.#setting = setting
  }

  /** `name` must be a full object id, or `HEAD`. Only one read at a time. */
  async read(name: string, { accept, write }: ObjectSink): Promise<ObjectRead> {
    try {
      const { child, output } = (this.#running ??= this.#start())
      child.stdin.write(`${name}\n`)
      const [, type = '', size = ''] = /^[0-9a-f]{40,64} ([a-z]+) (\d+)$/.exec(await output.line()) ?? []
      if (type === '') return { kind: 'missing' }
      const object = { type, bytes: Number(size) }
      if (!accept(object)) {
        // Otherwise its content would have to be read to the end.
        await this.#stop()
        return { kind: 'declined', object }
      }
      await output.take(object.bytes, write)
      await output.take(1, async () => undefined)
      return { kind: 'read', object }
    } catch (error) {
      await this.#stop()
      if (error instanceof OutputEnded) return { kind: 'missing' }
      throw error
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stop()
  }

  #start() {
    const child = start(['cat-file', '--batch'], this.#setting)
    return { child, output: new OutputReader(child) }
  }

  async #stop(): Promise<void> {
    const child = this.#running?.child
    this.#running = undefined
    if (child === undefined || child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
    const { promise, resolve } = Promise.withResolvers<void>()
    child.once('close', () => resolve())
    child.stdout.destroy()
    child.kill()
    await promise
  }
}

/** The program ended, or never started. */
class OutputEnded extends Error {}

/** Longer than any header. */
const LONGEST_LINE = 4_096

class OutputReader {
  readonly #chunks: AsyncIterator<Buffer>
  #chunk: Buffer = Buffer.alloc(0)

  constructor(child: GitProcess) {
    child.on('error', () => child.stdout.destroy())
    this.#chunks = child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  }

  async line(): Promise<string> {
    let line = ''
    while (line.length < LONGEST_LINE) {
      const end = this.#chunk.indexOf(LINE_FEED)
      line += this.#chunk.toString('latin1', 0, end === -1 ? this.#chunk.length : end)
      if (end !== -1) {
        this.#chunk = this.#chunk.subarray(end + 1)
        return line
      }
      await this.#next()
    }
    throw new OutputEnded('A line without end')
  }

  async take(bytes: number, write: (chunk: Uint8Array) => Promise<void>): Promise<void> {
    for (let left = bytes; left > 0;) {
      if (this.#chunk.length === 0) await this.#next()
      const taken = this.#chunk.subarray(0, left)
      this.#chunk = this.#chunk.subarray(taken.length)
      left -= taken.length
      await write(taken)
    }
  }

  async #next(): Promise<void> {
    const { done, value } = await this.#chunks.next().catch(() => ({ done: true, value: undefined }) as const)
    if (done === true || value === undefined) throw new OutputEnded('The program has ended')
    this.#chunk = value
  }
}
