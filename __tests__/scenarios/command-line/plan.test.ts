import { describe, expect, it } from 'vitest'
import { localPlatform, type LocalPlatform } from '../../support/emulator/local-platform.ts'
import { member, platformInputs, SECRET } from '../../support/runs/platform-inputs.ts'
import { runCommand } from '../../support/runs/run-command.ts'

const FILES = { 'data/a.jsonl': member('1') + member('2') }

const gitConfig = (url: string) => ({
  '.git/HEAD': 'ref: refs/heads/main\n',
  '.git/config': `[remote "origin"]\n\turl = ${url}\n`,
  '.git/objects/.keep': '',
  '.git/refs/.keep': '',
})

function planArgs(platform: LocalPlatform, ...more: readonly string[]): readonly string[] {
  const inputs = platformInputs(platform.url)
  const connection = ['dataset', 'org-id', 'sandbox', 'platform-url', 'ims-url', 'client-id']
  return ['plan', ...connection.flatMap((name) => [`--${name}`, inputs[name] ?? '']), ...more]
}

const env = { AEP_CLIENT_SECRET: SECRET }

describe('plan, from the command line', () => {
  it('knows what the workflow of this clone published, and sends nothing', async () => {
    await using platform = await localPlatform()
    const published = await platform.publish({ files: FILES, inputs: { publication: 'members' } })
    expect(published.outputs['outcome'], published.log).toBe('published')
    const args = planArgs(platform, '--glob', 'data/*.jsonl', '--publication', 'members')
    const same = await runCommand({
      args,
      env,
      files: { ...FILES, ...gitConfig('git@github.com:acme/loyalty-data.git') },
    })
    expect(same.exitCode, same.stdout + same.stderr).toBe(0)
    expect(same.stdout).toContain('Would upload nothing')
    expect(same.stdout).toContain(published.outputs['batch-id'])
    const more = { ...FILES, 'data/b.jsonl': member('3') }
    const replace = [...args, '--replay-predecessors', 'previous', '--repository', 'acme/loyalty-data']
    const other = await runCommand({ args: replace, env, files: more })
    expect(other.stdout).toContain(`Would replace ${published.outputs['batch-id']}`)
    expect(other.exitCode, other.stdout + other.stderr).toBe(0)
    expect(await platform.emulator.batches()).toHaveLength(1)
  })

  it('tells that a repository has published nothing yet', async () => {
    await using platform = await localPlatform()
    await platform.publish({ files: FILES, inputs: { publication: 'members' } })
    const args = planArgs(platform, 'data/a.jsonl', '--repository', 'acme/other')
    const { exitCode, stdout, stderr } = await runCommand({ args, env, files: FILES })
    expect(stdout, stderr).toContain('No batch of this dataset is from acme/other')
    expect(stdout).toContain('Would upload 1 file, 2 rows')
    expect(exitCode).toBe(0)
  })

  it.each(['other', 'acme/', 'acme/other/more', 'https://github.com/acme/other'])(
    'is refused for a repository without an owner and a name: %j',
    async (name) => {
      const run = await runCommand({ args: ['plan', 'data/a.jsonl', '--repository', name], files: FILES })
      expect(run.stderr).toContain(`--repository is ${JSON.stringify(name)}; allowed: OWNER/NAME`)
      expect(run.exitCode).toBe(2)
    },
  )

  it('is refused where nobody knows which repository publishes', async () => {
    await using platform = await localPlatform()
    const run = await runCommand({
      args: planArgs(platform, 'data/a.jsonl'),
      env,
      files: FILES,
    })
    expect(run.exitCode).toBe(1)
    expect(run.stdout).toContain('give --repository OWNER/NAME')
    expect(platform.requests('GET', /batches/)).toEqual([])
  })

  it('takes the whole connection from the environment', async () => {
    await using platform = await localPlatform()
    const inputs = platformInputs(platform.url)
    const { exitCode, stdout, stderr } = await runCommand({
      args: [
        'plan',
        'data/a.jsonl',
        '--repository',
        'acme/data',
        '--dataset',
        inputs['dataset'] ?? '',
        '--platform-url',
        platform.url,
        '--ims-url',
        platform.url,
      ],
      env: { ...env, AEP_CLIENT_ID: inputs['client-id'] ?? '', AEP_ORG_ID: inputs['org-id'] ?? '', AEP_SANDBOX: 'dev' },
      files: FILES,
    })
    expect(exitCode, stdout + stderr).toBe(0)
    expect(stdout).toContain('sandbox from AEP_SANDBOX')
  })
})
