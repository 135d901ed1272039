import { spawn } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { SINK_DATASET } from './sink/canned-platform.ts'
import { sharedMs } from './sink/moment.ts'
import { TLS_FOLDER } from './sink-program.ts'

export type Publishing = {
  readonly bundle: string
  /** The URL of the sink. */
  readonly url: string
  readonly workspace: string
  readonly temp: string
  readonly inputs: Readonly<Record<string, string>>
}

export type PublishRun = {
  /** By the clock that all processes share. */
  readonly startedMs: number
  readonly ms: number
  /** Peak of resident memory of the action's process. */
  readonly peakBytes: number
  /** Processor time of all threads of the action's process. */
  readonly cpuMs: number
}

const HOOK = new URL('peak-memory.mjs', import.meta.url).href

/** Publishes with the built action, in a separate process. @throws Error with the log if it fails */
export async function publishBuilt(publishing: Publishing, signal: AbortSignal): Promise<PublishRun> {
  signal.throwIfAborted()
  const { bundle, workspace, temp } = publishing
  await mkdir(temp, { recursive: true })
  const [peak, cpu] = [join(temp, 'peak'), join(temp, 'cpu')]
  for (const name of ['output', 'state', 'summary']) await writeFile(join(temp, name), '')
  const env = { ...environment(publishing), PEAK_MEMORY_FILE: peak, CPU_TIME_FILE: cpu }
  const startedMs = sharedMs()
  const child = spawn(process.execPath, ['--import', HOOK, bundle], { cwd: workspace, env })
  // After SIGTERM, the action first aborts or reverts its batch; its files must stay until then.
  const stop = () => void child.kill('SIGTERM')
  signal.addEventListener('abort', stop)
  const [log, errors] = await Promise.all([text(child.stdout), text(child.stderr), exited(child)])
  const ms = sharedMs() - startedMs
  signal.removeEventListener('abort', stop)
  signal.throwIfAborted()
  if (child.exitCode !== 0) throw new Error(`The action did not publish:\n${log}${errors}`)
  const [peakBytes = NaN, cpuMs = NaN] = await Promise.all([peak, cpu].map(readNumber))
  return { startedMs, ms, peakBytes, cpuMs }
}

async function readNumber(path: string): Promise<number> {
  return Number(await readFile(path, 'utf8'))
}

async function exited(child: ReturnType<typeof spawn>): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  child.once('exit', () => resolve())
  child.once('error', reject)
  return await promise
}

function environment({ url, workspace, temp, inputs }: Publishing): Record<string, string> {
  const all = {
    dataset: SINK_DATASET,
    'client-id': 'bench-client',
    'client-secret': 'bench-secret-do-not-use',
    'org-id': '0123456789ABCDEF01234567@AdobeOrg',
    sandbox: 'dev',
    'platform-url': url,
    'ims-url': url,
    validation: 'off',
    wait: 'false',
    ...inputs,
  }
  const named = Object.entries(all).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
  return {
    PATH: process.env['PATH'] ?? '',
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: workspace,
    RUNNER_TEMP: temp,
    GITHUB_OUTPUT: join(temp, 'output'),
    GITHUB_STATE: join(temp, 'state'),
    GITHUB_STEP_SUMMARY: join(temp, 'summary'),
    GITHUB_EVENT_NAME: 'push',
    GITHUB_REPOSITORY: 'acme/loyalty-data',
    GITHUB_REPOSITORY_ID: '4711',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_SHA: '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567',
    GITHUB_RUN_ID: '1001',
    GITHUB_RUN_ATTEMPT: '1',
    NODE_EXTRA_CA_CERTS: join(TLS_FOLDER, 'certificate.pem'),
    ...Object.fromEntries(named),
  }
}
