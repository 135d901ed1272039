import { execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { loyaltySchema } from '../../emulator/seed/loyalty-schema.ts'
import { seededDatasetIds, seededOrg } from '../../emulator/seed/ids.ts'
import { seededCredential } from '../../emulator/seed.ts'
import { localPlatform, type LocalPlatform } from '../support/emulator/local-platform.ts'
import { runCommand } from '../support/runs/run-command.ts'
import { blocksOf, readPages } from './read-pages.ts'

const ROOT = join(import.meta.dirname, '../..')
const run = promisify(execFile)

/** Every block of commands, with how it is tried. */
const TRIED: Readonly<Record<string, readonly string[]>> = {
  'README.md': ['words', 'words', 'own schema'],
  'docs/command-line.md': ['words', 'words', 'words', 'connected'],
  'docs/local-platform.md': ['words', 'words', 'words', 'words'],
  'docs/validation.md': ['connected', 'platform'],
  'docs/profile-updates.md': ['platform'],
}

const blocks = readPages().flatMap((page) =>
  blocksOf(page, 'bash').map((commands, index) => ({ page: page.path, commands, way: TRIED[page.path]?.[index] })),
)
const lines = [
  ...new Set(blocks.filter(({ way }) => way === 'words').flatMap(({ commands }) => commands.trim().split('\n'))),
]

const CONNECTION = {
  AEP_CLIENT_ID: seededCredential.clientId,
  AEP_CLIENT_SECRET: seededCredential.secrets[0],
  AEP_ORG_ID: seededOrg,
  AEP_SANDBOX: 'dev',
}

/** Where Adobe's servers are, without a change to the commands. */
const TO_LOCAL_PLATFORM = `curl() { command curl "\${@//https:\\/\\/@(platform.adobe.io|ims-na1.adobelogin.com)/$url}"; }`

const SAMPLE = 'node dist/index.js map samples/members-csv/members.csv'
const MAP = `${SAMPLE} --mapping samples/members-csv/mapping.json --schema-file samples/loyalty-members.schema.json`
const SUGGEST = `${SAMPLE} --suggest --schema-file samples/loyalty-members.schema.json`

describe('every command in README.md and docs/', () => {
  it('is tried here, or runs a script that is tried here', () => {
    expect(blocks.filter(({ way }) => way === undefined)).toEqual([])
    expect(lines).toEqual([
      'npm ci && npm run demo',
      "node dist/index.js validate 'samples/members-with-bad-rows/*.jsonl' --schema-file samples/loyalty-members.schema.json",
      MAP,
      SUGGEST,
      'npm run emulator -- --port 8080',
      'npm run conformance',
      'npm run conformance -- --url https://platform.adobe.io',
    ])
  })

  it('shows four runs', async () => {
    const { stdout } = await npm('run', '--silent', 'demo')
    expect(Array.from(stdout.matchAll(/^outcome = (.*)$/gm), ([, outcome]) => outcome)).toEqual([
      'published',
      'skipped',
      'invalid',
      'partially-published',
    ])
  })

  it('validates files of my own', async () => {
    const [program = '', ...words] = lines[1]?.replaceAll("'", '').split(' ') ?? []
    expect(program).toBe('node')
    const { status, stdout } = spawnSync(process.execPath, words, { cwd: ROOT, encoding: 'utf8' })
    expect(stdout).toMatch(/^samples\/members-with-bad-rows\/eu\.jsonl:7:154: error: /m)
    await expect(stdout).toMatchFileSnapshot('logs/command-line.txt')
    expect(status).toBe(1)
  })

  it.each([
    [MAP, '"loyaltyId":"L2001"'],
    [SUGGEST, '"person.name.firstName"'],
  ])('%s', (command, text) => {
    const words = command.split(' ').slice(1)
    const { status, stdout } = spawnSync(process.execPath, words, { cwd: ROOT, encoding: 'utf8' })
    expect(stdout).toContain(text)
    expect(status).toBe(0)
  })

  it('starts the local platform', async () => {
    // In a group of its own, so that what npm starts ends with it.
    const emulator = spawn('npm', ['run', '--silent', 'emulator', '--', '--port', '0'], { cwd: ROOT, detached: true })
    try {
      const [first] = (await once(emulator.stdout, 'data')) as [Buffer]
      expect(String(first)).toMatch(/http:\/\/127\.0\.0\.1:\d+/)
    } finally {
      if (emulator.pid !== undefined) process.kill(-emulator.pid)
    }
  })

  it('says that the port of the local platform is taken', async () => {
    await using platform = await localPlatform()
    const { port } = new URL(platform.url)
    const words = ['emulator/main.ts', '--port', port]
    const { status, stderr } = spawnSync(process.execPath, words, { cwd: ROOT, encoding: 'utf8' })
    expect(stderr).toMatch(new RegExp(`^Cannot listen on port ${port}: another process does\\. .*--port\n$`))
    expect(status).toBe(2)
  })

  it('publishes files of my own into a local dataset with my own schema', async () => {
    const commands = blocks.find(({ way }) => way === 'own schema')?.commands ?? ''
    expect(commands.trim().split('\n')).toHaveLength(4)
    const [start = '', ...publish] = commands.split('\n')
    const words = start.replace('--port 8080', '--port 0').split(' & ')[0]?.split(' ') ?? []
    const emulator = spawn(words[0] ?? '', words.slice(1), { cwd: ROOT, detached: true })
    try {
      const [first] = (await once(emulator.stdout, 'data')) as [Buffer]
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(String(first))?.[0] ?? ''
      const script = publish.join('\n').replaceAll('http://127.0.0.1:8080', url)
      const env = {
        PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
        'INPUT_POLL-INTERVAL-SECONDS': '0.1',
      }
      const { stdout } = await run('bash', ['-ec', script], { cwd: ROOT, env })
      expect(stdout).toMatch(/^Published: 2 files, 50 rows written, dataset "Mine"/m)
    } finally {
      if (emulator.pid !== undefined) process.kill(-emulator.pid)
    }
  })

  it('compares the local platform with the documents, and a sandbox that is asked by its URL', async () => {
    await using platform = await localPlatform()
    const folder = await mkdtemp(join(tmpdir(), 'conformance-'))
    const report = join(folder, 'report.json')
    const credentials = {
      AEP_CLIENT_ID: seededCredential.clientId,
      AEP_CLIENT_SECRET: seededCredential.secrets[0],
      AEP_ORG_ID: seededOrg,
      AEP_SANDBOX: 'dev',
    }
    const conform = async (...words: readonly string[]) => {
      const args = ['run', '--silent', 'conformance', '--', '--report', report, ...words]
      const { stdout } = await run('npm', args, { cwd: ROOT, env: { ...process.env, ...credentials } })
      return { stdout, written: JSON.parse(await readFile(report, 'utf8')) as unknown }
    }
    try {
      const own = await conform()
      expect(own.stdout).toMatch(/^\d+ requests to the local platform: \d+ answered as documented, 0 not, 0 not sent$/m)
      expect(own.written).toMatchObject({ target: 'emulator', differed: [] })
      const asked = await conform('--url', platform.url, '--ims-url', platform.url)
      expect(asked.stdout).toMatch(/^\d+ requests to the sandbox: \d+ answered as documented, 0 not, \d+ not sent$/m)
      expect(asked.written).toMatchObject({ target: 'sandbox', differed: [] })
      expect(asked.written).not.toHaveProperty('left')
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('that cannot ask says why, and exits with 2', () => {
    const script = join(ROOT, 'emulator/conformance/main.ts')
    const { status, stderr } = spawnSync(process.execPath, [script, '--write'], { cwd: ROOT, encoding: 'utf8' })
    expect([status, stderr.split('\n')[0]]).toEqual([2, '--write and --dataset need --url'])
  })

  it('stores a schema, with a token', async () => {
    await using platform = await localPlatform()
    const stored = await sh(platform, commandsOf('docs/validation.md'))
    expect(JSON.parse(stored)).toMatchObject({ $id: loyaltySchema.$id, properties: loyaltySchema.properties })
  })

  it('stores a schema with its identities', async () => {
    await using platform = await localPlatform()
    const commands = blocks.filter(({ way }) => way === 'connected').map((block) => block.commands.trim())
    expect(new Set(commands).size).toBe(1)
    const [, , ...words] = (commands[0] ?? '').replace('5c8c3c555033b814b69f947f', seededDatasetIds.loyalty).split(' ')
    const urls = ['--platform-url', platform.url, '--ims-url', platform.url]
    const { exitCode, folder, stderr } = await runCommand({ args: [...words, ...urls], env: CONNECTION })
    expect(exitCode, stderr).toBe(0)
    expect(JSON.parse(folder['schemas/members.json'] ?? '')).toMatchObject({ schema: { $id: loyaltySchema.$id } })
  })

  it('restores the tags of a dataset for Profile', async () => {
    await using platform = await localPlatform()
    const [token = ''] = commandsOf('docs/validation.md').split('\n\n')
    await sh(platform, `${token}\n${commandsOf('docs/profile-updates.md')}`)
    expect(platform.emulator.dataset(seededDatasetIds.loyalty)?.['tags']).toMatchObject({
      unifiedProfile: ['enabled:true'],
      unifiedIdentity: ['enabled:true'],
    })
  })
})

it('the sample of a schema is the one that the samples fit', async () => {
  expect(parse(await readFile(join(ROOT, 'samples/loyalty-members.schema.json'), 'utf8'))).toEqual(
    JSON.parse(JSON.stringify(loyaltySchema)),
  )
})

function npm(...words: readonly string[]) {
  return run('npm', words, { cwd: ROOT, env: { ...process.env, INIT_CWD: ROOT } })
}

function commandsOf(page: string): string {
  return blocks.find((block) => block.page === page && block.way === 'platform')?.commands ?? ''
}

/** @returns what the commands stored. */
async function sh({ url }: LocalPlatform, commands: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'commands-'))
  const schema = join(folder, 'schemas/members.json')
  try {
    await mkdir(dirname(schema))
    await writeFile(schema, '')
    const env = {
      PATH: process.env['PATH'] ?? '',
      url,
      CLIENT_ID: seededCredential.clientId,
      CLIENT_SECRET: seededCredential.secrets[0],
      ORG_ID: seededOrg,
      SANDBOX: 'dev',
      SCHEMA_ID: loyaltySchema['meta:altId'],
      DATASET_ID: seededDatasetIds.loyalty,
    }
    await run('bash', ['-ec', `shopt -s extglob\n${TO_LOCAL_PLATFORM}\n${commands}`], { cwd: folder, env })
    return await readFile(schema, 'utf8')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
