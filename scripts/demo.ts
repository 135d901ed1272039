import { seededCredential } from '../emulator/seed.ts'
import { seededDatasetIds, seededOrg } from '../emulator/seed/ids.ts'
import { startEmulator } from '../emulator/server.ts'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

type Trial = { readonly title: string; readonly inputs: Readonly<Record<string, string>> }

const MEMBERS_CSV = { glob: 'samples/members-csv/*.csv', mapping: 'samples/members-csv/mapping.json' }

const TRIALS: readonly Trial[] = [
  { title: '1. Nine members from a CSV file, by a mapping', inputs: MEMBERS_CSV },
  { title: '2. The same once more, as a re-run would', inputs: MEMBERS_CSV },
  {
    title: '3. Twenty members, two of them wrong: stopped before anything is sent',
    inputs: { glob: 'samples/members-with-bad-rows/*' },
  },
  {
    title: '4. The same with "validation: warn", and ten per cent may be wrong: the platform drops them',
    inputs: { glob: 'samples/members-with-bad-rows/*', validation: 'warn', 'error-threshold': '10' },
  },
]

const ROOT = join(import.meta.dirname, '..')

/** Publishes the sample files to a local Experience Platform with the built action, started as a runner would. */
async function demo(): Promise<void> {
  const platform = await startEmulator()
  const folder = await mkdtemp(join(tmpdir(), 'demo-'))
  try {
    console.log(`The local Experience Platform listens on ${platform.url}`)
    for (const trial of TRIALS) await show(trial, { folder, url: platform.url })
  } finally {
    await platform.close()
    await rm(folder, { recursive: true, force: true })
  }
}

type Stage = { readonly folder: string; readonly url: string }

async function show({ title, inputs }: Trial, { folder, url }: Stage): Promise<void> {
  heading(title)
  const files = {
    GITHUB_OUTPUT: join(folder, 'output'),
    GITHUB_STEP_SUMMARY: join(folder, 'summary'),
    GITHUB_STATE: join(folder, 'state'),
  }
  for (const file of Object.values(files)) await writeFile(file, '')
  const env = {
    ...process.env,
    ...runner(folder),
    ...files,
    ...asEnvironment({ ...connection(url), ...inputs }),
  }
  const child = spawn(process.execPath, [join(ROOT, 'dist/index.js')], { cwd: ROOT, env })
  let log = ''
  child.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()))
  await once(child, 'close')
  console.log(asTheRunnerShows(log))
  heading(`exit code ${child.exitCode}; outputs`)
  console.log(readable(await readFile(files.GITHUB_OUTPUT, 'utf8')))
  heading('job summary')
  console.log(await readFile(files.GITHUB_STEP_SUMMARY, 'utf8'))
}

function connection(url: string): Record<string, string> {
  return {
    dataset: seededDatasetIds.loyalty,
    'client-id': seededCredential.clientId,
    'client-secret': seededCredential.secrets[0],
    'org-id': seededOrg,
    sandbox: 'dev',
    'platform-url': url,
    'ims-url': url,
    'poll-interval-seconds': '0.5',
  }
}

function runner(folder: string): Record<string, string> {
  return {
    GITHUB_WORKSPACE: ROOT,
    RUNNER_TEMP: folder,
    GITHUB_EVENT_NAME: 'push',
    GITHUB_EVENT_PATH: '',
    GITHUB_REPOSITORY: 'acme/loyalty-data',
    GITHUB_REPOSITORY_ID: '4711',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_SHA: '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567',
    GITHUB_RUN_ID: '1001',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_WORKFLOW: 'Publish',
  }
}

function asEnvironment(inputs: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]))
}

/** The log as the runner shows it: with commands replaced by their messages and the places that they name. */
function asTheRunnerShows(log: string): string {
  const lines = log.split('\n').filter((line) => !/^::(debug|add-mask)::/.test(line))
  const shown = lines.map((line) =>
    line.replace(
      /^::(\w+)([^:]*)::/,
      (_, command: string, properties: string) => `${command.toUpperCase()}${placeIn(properties)}: `,
    ),
  )
  return shown.join('\n').replaceAll('%0A', '\n').replaceAll('%25', '%').trimEnd()
}

function placeIn(properties: string): string {
  const [, file, line, column] = /\bfile=([^,]+),line=(\d+),.*\bcol=(\d+)/.exec(properties) ?? []
  return file === undefined ? '' : ` at ${file}:${line}:${column}`
}

function readable(outputs: string): string {
  return outputs.replace(/^(.+)<<(.+)\n([\s\S]*?)\n\2$/gm, '$1 = $3').trimEnd()
}

function heading(text: string): void {
  console.log(`\n── ${text} ${'─'.repeat(Math.max(3, 100 - text.length))}\n`)
}

await demo()
