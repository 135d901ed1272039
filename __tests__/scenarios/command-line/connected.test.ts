import { describe, expect, it } from 'vitest'
import { loyaltySchema } from '../../../emulator/seed/loyalty-schema.ts'
import { localPlatform, type LocalPlatform } from '../../support/emulator/local-platform.ts'
import { datasets, member, platformInputs, SECRET } from '../../support/runs/platform-inputs.ts'
import { type CommandResult, runCommand } from '../../support/runs/run-command.ts'

type More = { readonly files?: Readonly<Record<string, string>>; readonly env?: Readonly<Record<string, string>> }

function connected(
  platform: LocalPlatform,
  args: readonly string[],
  { files = {}, env }: More = {},
): Promise<CommandResult> {
  const inputs = platformInputs(platform.url)
  const options = ['client-id', 'org-id', 'sandbox', 'platform-url', 'ims-url'].map(
    (name) => `--${name}=${inputs[name]}`,
  )
  return runCommand({ args: [...args, ...options], files, env: { AEP_CLIENT_SECRET: SECRET, ...env } })
}

describe('schema', () => {
  const STORE = ['schema', '--dataset', datasets.loyalty, '--output', 'schemas/members.json']

  it('stores what "validate" checks identities with, and nothing else', async () => {
    await using platform = await localPlatform()
    const { exitCode, stdout, stderr, folder } = await connected(platform, STORE)
    expect(exitCode, stderr).toBe(0)
    expect(stdout).toBe('')
    expect(Object.keys(folder)).toEqual(['schemas/members.json'])
    const stored = folder['schemas/members.json'] ?? ''
    expect(JSON.parse(stored)).toMatchObject({
      schema: { $id: loyaltySchema.$id },
      descriptors: expect.anything(),
      meta: {
        stored: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        sandbox: 'dev',
        dataset: datasets.loyalty,
        isForProfile: true,
      },
    })
    const files = { 's.json': stored, 'a.jsonl': member('null') }
    const offline = await runCommand({ args: ['validate', 'a.jsonl', '--schema-file', 's.json'], files })
    expect(offline.stdout).toContain('[identity-invalid]')
    expect(offline.exitCode).toBe(1)
  })

  it('overwrites a file with --force alone', async () => {
    await using platform = await localPlatform()
    const files = { 'schemas/members.json': 'mine' }
    const kept = await connected(platform, STORE, { files })
    expect(kept).toMatchObject({ exitCode: 2, folder: files })
    expect(kept.stderr).toContain('"schemas/members.json" exists; --force overwrites it')
    const { exitCode, folder } = await connected(platform, [...STORE, '--force'], { files })
    expect(exitCode).toBe(0)
    expect(folder['schemas/members.json']).toContain(loyaltySchema.$id)
  })

  it('prints it without --output, by the title of the schema too', async () => {
    await using platform = await localPlatform()
    const { exitCode, stdout, folder } = await connected(platform, ['schema', '--schema', loyaltySchema.title])
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      schema: { title: loyaltySchema.title },
      meta: { dataset: null, isForProfile: null },
    })
    expect(folder).toEqual({})
  })

  it('stores a schema whose identities the role may not read, and warns', async () => {
    await using platform = await localPlatform()
    platform.emulator.faults.add({
      path: '/**/descriptors',
      times: 0,
      effect: { kind: 'answer', status: 403, body: '{}' },
    })
    const { exitCode, stdout, stderr } = await connected(platform, ['schema', '--dataset', datasets.loyalty])
    expect(JSON.parse(stdout)).toMatchObject({ descriptors: null })
    expect(stderr).toContain('Warning: The identity descriptors of the schema could not be read')
    expect(exitCode).toBe(0)
  })

  it('writes nothing where it fails', async () => {
    await using platform = await localPlatform()
    const { exitCode, stderr, folder } = await connected(platform, [
      'schema',
      '--dataset',
      'Nobody',
      '--output',
      'a.json',
    ])
    expect(exitCode).toBe(1)
    expect(stderr).toContain('named "Nobody"')
    expect(folder).toEqual({})
  })

  it.each([
    [['schema'], 'needs --dataset or --schema'],
    [['schema', '--dataset', 'a', '--schema', 'b'], 'one of them'],
    [['schema', '--dataset', 'a', 'b.json'], 'takes no files: "b.json"'],
  ])('wants to know which: %j', async (args, text) => {
    const { exitCode, stderr } = await runCommand({ args })
    expect(exitCode).toBe(2)
    expect(stderr).toContain(text)
  })
})

describe('doctor', () => {
  it('says what works', async () => {
    await using platform = await localPlatform()
    const { exitCode, stdout, folder } = await connected(platform, ['doctor', '--dataset', datasets.loyalty])
    expect(stdout).toMatch(
      /^✓ Token: issued by Adobe IMS\n✓ Organization: .*\n✓ Sandbox: "dev", a development sandbox$/m,
    )
    expect(stdout).toContain('All checks passed')
    expect({ exitCode, folder }).toEqual({ exitCode: 0, folder: {} })
  })

  it('says what does not, and exits with 1', async () => {
    await using platform = await localPlatform()
    const { exitCode, stdout } = await connected(platform, ['doctor'], {
      env: { AEP_CLIENT_SECRET: 'p8e-wrong-0000000' },
    })
    expect(stdout).toMatch(/^✗ Token: .*\n {2}Compare "client-id"/m)
    expect(stdout).toContain('Error: 1 check of 13 failed: Token')
    expect(stdout).not.toContain('p8e-wrong')
    expect(exitCode).toBe(1)
  })

  it('prints the report with --json', async () => {
    await using platform = await localPlatform()
    const { stdout } = await connected(platform, ['doctor', '--json'])
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'validated', doctor: expect.arrayContaining([]) })
  })

  it('names the proxy, without its password', async () => {
    await using platform = await localPlatform()
    const args = [
      'doctor',
      '--platform-url=https://platform.example.com',
      '--ims-url',
      platform.url,
      '--client-id=a',
      '--org-id=0123456789ABCDEF01234567@AdobeOrg',
      '--sandbox=dev',
    ]
    const env = { AEP_CLIENT_SECRET: 'p8e-wrong-0000000', https_proxy: 'http://me:pass-word@127.0.0.1:9' }
    const { stdout } = await runCommand({ args, env })
    expect(stdout).toContain('✓ Proxy: requests go through http://127.0.0.1:9')
    expect(stdout).not.toContain('pass-word')
  })
})
