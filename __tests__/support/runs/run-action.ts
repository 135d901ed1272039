import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { logOf } from './child-log.ts'

const DIST = join(import.meta.dirname, '../../../dist')

export type ActionRun = {
  readonly inputs: Readonly<Record<string, string>>
  /** Path from the workspace → content. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>
  readonly env?: Readonly<Record<string, string>>
  /** Name and payload of the event that triggered the workflow. */
  readonly event?: { readonly name: string; readonly payload: unknown }
  /** The program of `dist/` to run; default `index.js`. */
  readonly program?: 'index.js' | 'post.js'
  /** The runner's temporary folder, if it must outlive this phase; absent: a separate one. */
  readonly temp?: string
  /** Absent: time is real. */
  readonly clock?: SharedClock
  /** Of a run that shares the clock of its platform: it waits as long as it takes, as every run with `onLine` does. */
  readonly isInRealTime?: true
  /** Called once, when a line of the log matches. */
  readonly onLine?: {
    readonly match: RegExp
    readonly act: (child: ChildProcess, places: Places) => void | Promise<void>
  }
  /** Prepares the workspace before the action starts (links, large files). */
  readonly prepare?: (workspace: string) => Promise<void>
  /** Inspects the workspace after the action has ended. */
  readonly afterwards?: (workspace: string) => Promise<void>
}

export type ActionResult = {
  readonly exitCode: number | null
  /** Standard output, including commands, and standard error. */
  readonly log: string
  readonly outputs: Readonly<Record<string, string>>
  /** The state saved for the post phase. */
  readonly state: Readonly<Record<string, string>>
  readonly summary: string
  readonly temp: readonly string[]
  /** The text of the files that the outputs name; empty if there is none. */
  readonly kept: Readonly<Record<'report' | 'sarif' | 'summary', string>>
}

/** The clock that a run and its platform share; see leaping-clock.mjs. */
export type SharedClock = {
  readonly aheadMs: () => number
  /** A process asks to leap; returns by how much it can. */
  readonly leap: (ms: number) => number
  /** Counts a process that uses the clock, until the returned function is called. */
  readonly admit: () => () => void
}

/** Node's compile cache for the bundle, so that each of a thousand processes starts a little sooner. */
const COMPILED = join(tmpdir(), 'action-compile-cache')

const LEAPING_CLOCK = pathToFileURL(join(import.meta.dirname, 'leaping-clock.mjs')).href

/** Runs the built action as the runner does: a child process with `INPUT_*` and command files, in its own workspace. */
export async function runAction(run: ActionRun): Promise<ActionResult> {
  const home = await mkdtemp(join(tmpdir(), 'action-'))
  try {
    const places = await prepare(home, run)
    const child = start(places, run)
    const log = await watched(child, places, run)
    await run.afterwards?.(places.workspace)
    const outputs = parseCommandFile(await readFile(places.output, 'utf8'))
    return {
      exitCode: child.exitCode,
      log,
      outputs,
      state: parseCommandFile(await readFile(places.state, 'utf8')),
      summary: await readFile(places.summary, 'utf8'),
      temp: await readdir(places.temp),
      kept: {
        report: await keptText(outputs['report-path']),
        sarif: await keptText(outputs['sarif-path']),
        summary: await keptText(outputs['summary-path']),
      },
    }
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

function start(places: Places, run: ActionRun): ChildProcess {
  const env = environment(places, run)
  const { clock, program = 'index.js' } = run
  const path = join(DIST, program)
  if (clock === undefined) return spawn(process.execPath, [path], { cwd: places.workspace, env })
  const leaping = { NODE_OPTIONS: `--import=${LEAPING_CLOCK}`, CLOCK_AHEAD_MS: String(clock.aheadMs()), ...env }
  const child = spawn(process.execPath, [path], {
    cwd: places.workspace,
    env: leaping,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const leave = clock.admit()
  child.once('exit', leave)
  child.on('message', ({ leapMs }: { readonly leapMs: number }) => {
    if (child.connected) child.send({ leapMs: clock.leap(leapMs) }, () => undefined)
  })
  return child
}

async function keptText(path = ''): Promise<string> {
  return path === '' ? '' : await readFile(path, 'utf8')
}

/** The folders of the step, and the files that it writes for the runner. */
type Places = { readonly [K in 'workspace' | 'temp' | 'output' | 'state' | 'summary' | 'event']: string }

async function prepare(home: string, { files = {}, event, temp, prepare: more }: ActionRun): Promise<Places> {
  const place = (name: string) => join(home, name)
  const places = {
    // A possible name of a runner's folder, which must not act as a pattern. Windows allows no star.
    workspace: place(process.platform === 'win32' ? 'a workspace [1]' : 'a workspace [1]*'),
    temp: temp ?? place('temp of #1'),
    output: place('output'),
    state: place('state'),
    summary: place('summary'),
    event: place('event.json'),
  }
  await Promise.all([mkdir(places.workspace), mkdir(places.temp, { recursive: true })])
  for (const file of [places.output, places.state, places.summary]) await writeFile(file, '')
  await writeFile(places.event, JSON.stringify(event?.payload ?? { repository: { id: 4711 } }))
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(places.workspace, path)), { recursive: true })
    await writeFile(join(places.workspace, path), content)
  }
  await more?.(places.workspace)
  return places
}

function environment(places: Places, { inputs, env = {}, event }: ActionRun): Record<string, string> {
  const named = Object.entries(inputs).map(([name, value]) => [
    `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
    value,
  ])
  return {
    PATH: process.env['PATH'] ?? '',
    NODE_COMPILE_CACHE: COMPILED,
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: places.workspace,
    RUNNER_TEMP: places.temp,
    GITHUB_OUTPUT: places.output,
    GITHUB_STATE: places.state,
    GITHUB_STEP_SUMMARY: places.summary,
    GITHUB_EVENT_PATH: places.event,
    GITHUB_EVENT_NAME: event?.name ?? 'push',
    GITHUB_REPOSITORY: 'acme/loyalty-data',
    GITHUB_REPOSITORY_ID: '4711',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_SHA: '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567',
    GITHUB_RUN_ID: '1001',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_WORKFLOW: 'Publish',
    GITHUB_SERVER_URL: 'https://github.com',
    ...Object.fromEntries(named),
    ...env,
  }
}

async function watched(child: ChildProcess, places: Places, { onLine }: ActionRun): Promise<string> {
  const deadline = setTimeout(() => child.kill('SIGKILL'), 570_000)
  let act = onLine?.act
  const log = await logOf(child, (lines) => {
    if (act === undefined || !onLine?.match.test(lines)) return undefined
    const due = act
    act = undefined
    return due(child, places)
  })
  clearTimeout(deadline)
  return withLineFeeds(log)
}

/** Removes the carriage returns of Windows; on other systems, the action itself wrote them, so they stay. */
function withLineFeeds(text: string): string {
  return process.platform === 'win32' ? text.replaceAll('\r\n', '\n') : text
}

/** `name<<delimiter`, value lines, `delimiter`: the runner's format for outputs and state, with the system's line ends. */
function parseCommandFile(text: string): Record<string, string> {
  const found = withLineFeeds(text).matchAll(/^(?<name>[^\n<]+)<<(?<mark>[^\n]+)\n(?<value>[\s\S]*?)\n\k<mark>$/gm)
  return Object.fromEntries(Array.from(found, ({ groups }) => [groups?.['name'] ?? '', groups?.['value'] ?? '']))
}
