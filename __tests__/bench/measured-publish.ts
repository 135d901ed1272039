import { spawn, type ChildProcess } from 'node:child_process'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { platformInputs } from '../support/platform-inputs.ts'

export type Publishing = {
  readonly workspace: string
  /** In the workspace. */
  readonly file: string
  readonly dataset: string
  readonly temp: string
  /** Of the platform. */
  readonly url: string
}

export type Measured = {
  readonly bytes: number
  /** As the platform counted them. */
  readonly rows: number
  /** Resident, of the action's process. */
  readonly peakBytes: number
  /** Reading, counting and hashing the file before there is a batch. */
  readonly checkMs: number
  /** From the creation of the batch to the last byte that the platform acknowledged. */
  readonly uploadMs: number
}

const BUNDLE = join(import.meta.dirname, '../../dist/index.js')
const HOOK = new URL('peak-memory.mjs', import.meta.url).href

/** Publishes one file through the built action, as a process of its own. @throws Error with the log when it fails. */
export async function measuredPublish(publishing: Publishing, signal: AbortSignal): Promise<Measured> {
  const { workspace, temp, file } = publishing
  const [outputs, peak] = [join(temp, 'outputs'), join(temp, 'peak')]
  await writeFile(outputs, '')
  const env = { ...environment(publishing), GITHUB_OUTPUT: outputs, PEAK_MEMORY_FILE: peak }
  const child = spawn(process.execPath, ['--import', HOOK, BUNDLE], { cwd: workspace, env, signal })
  const log = await stampedLog(child)
  signal.throwIfAborted()
  if (child.exitCode !== 0)
    throw new Error(`The action did not publish ${file}:\n${log.map(({ text }) => text).join('\n')}`)
  const [, rows] = /^records-written<<.*\n(\d+)$/m.exec(await readFile(outputs, 'utf8')) ?? []
  return {
    bytes: (await stat(join(workspace, file))).size,
    rows: Number(rows),
    peakBytes: Number(await readFile(peak, 'utf8')),
    checkMs: between(log, /^Dataset "/, /^Found /),
    uploadMs: between(log, /^Opened batch/, /^Uploaded /),
  }
}

function environment({ url, dataset, file, workspace, temp }: Publishing): Record<string, string> {
  const inputs = {
    ...platformInputs(url),
    dataset,
    glob: file,
    'timeout-minutes': '30',
    'poll-interval-seconds': '0.2',
  }
  const named = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
  return {
    PATH: process.env['PATH'] ?? '',
    GITHUB_WORKSPACE: workspace,
    RUNNER_TEMP: temp,
    GITHUB_EVENT_NAME: 'push',
    GITHUB_REPOSITORY: 'acme/loyalty-data',
    GITHUB_RUN_ID: '1',
    ...Object.fromEntries(named),
  }
}

type Line = { readonly text: string; readonly atMs: number }

async function stampedLog(child: ChildProcess): Promise<readonly Line[]> {
  const log: Line[] = []
  for (const input of [child.stdout, child.stderr]) {
    if (input !== null) createInterface({ input }).on('line', (text) => log.push({ text, atMs: performance.now() }))
  }
  const { promise: closed, resolve } = Promise.withResolvers<void>()
  child.once('close', () => resolve())
  // Stopped by the signal, it first takes its batch back; files must not be removed under it.
  child.on('error', (error) => log.push({ text: String(error), atMs: performance.now() }))
  await closed
  return log
}

function between(log: readonly Line[], from: RegExp, to: RegExp): number {
  const [start, end] = [from, to].map((pattern) => log.find(({ text }) => pattern.test(text))?.atMs)
  if (start === undefined || end === undefined) throw new Error(`The log has no line like ${from} or ${to}`)
  return end - start
}
