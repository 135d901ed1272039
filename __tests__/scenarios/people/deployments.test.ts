import { describe, expect, it } from 'vitest'
import { withoutMasks } from '../../support/runs/log.ts'
import { between } from '../../support/emulator/between.ts'
import { ACCESS, githubStandIn, type GitHubStandIn, type Misfortune } from '../../support/github/github-stand-in.ts'
import { localPlatform, type LocalPlatform } from '../../support/emulator/local-platform.ts'
import { datasets, member } from '../../support/runs/platform-inputs.ts'
import { expectPublished, withDeployment, statesOf, stepOf, mainPhase } from '../../support/runs/workflow-step.ts'
import { stages } from '../../support/emulator/truth.ts'
import { waitUntil } from '../../support/time/wait-until.ts'

const RUN_URL = 'https://github.com/acme/loyalty-data/actions/runs/1001'
const BAD = { 'data/a.jsonl': member('1', { points: 'many' }) }
const creations = (platform: LocalPlatform) => platform.requests('POST', /\/batches$/).length

describe('a publish with a `deployment-environment`', () => {
  it.concurrent('is a deployment before there is a batch, in progress, and a success in the end', async () => {
    await using platform = await localPlatform()
    await using github = await githubStandIn()
    const creation = Promise.withResolvers<undefined>()
    github.change({ create: creation.promise })
    const running = mainPhase(platform, withDeployment(github, stepOf(['1', '2'])))
    await waitUntil(() => github.calls.length > 0)
    expect(creations(platform)).toBe(0)
    creation.resolve(undefined)
    const run = await running
    expect(run.exitCode, run.log).toBe(0)
    expect(statesOf(github)).toEqual([['in_progress', 'success']])
    expect(github.deployments[0]?.body).toMatchObject({
      ref: '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567',
      environment: 'production',
      auto_merge: false,
      required_contexts: [],
      payload: {
        dataset: datasets.loyalty,
        publication: 'glob:data/*.jsonl',
        files: 1,
        rows: 2,
        bytes: 90,
        batches: 1,
      },
    })
    const statuses = github.deployments[0]?.statuses ?? []
    expect(statuses.map(({ log_url: url }) => url)).toEqual([RUN_URL, RUN_URL])
    expect(statuses[1]?.['description']).toBe(`published: batch ${run.outputs['batch-id']}`)
    expect(run.state['deployment']).toBe('')
  })

  it.concurrent('carries the fingerprint that its batches carry', async () => {
    await using platform = await localPlatform()
    await using github = await githubStandIn()
    await expectPublished(platform, withDeployment(github, stepOf(['1'])))
    const { tags } = await platform.batch()
    const payload = github.deployments.map(({ body }) => body['payload'] as { readonly fingerprint: string })
    expect(tags).toMatchObject({ gh_publish: payload.map(({ fingerprint }) => fingerprint) })
    expect(payload).toHaveLength(1)
  })

  it.concurrent('is no deployment where nothing is sent', async () => {
    await using platform = await localPlatform()
    await using github = await githubStandIn()
    await expectPublished(platform, stepOf(['1']))
    const again = await mainPhase(platform, withDeployment(github, stepOf(['1'], { run: 1002 })))
    expect(again.outputs['outcome'], again.log).toBe('skipped')
    expect(github.calls).toEqual([])
  })

  it.concurrent('is no deployment where it is stopped before anything is sent', async () => {
    await using platform = await localPlatform()
    await using github = await githubStandIn()
    const step = withDeployment(github, { files: BAD, inputs: { validation: 'error' } })
    expect((await mainPhase(platform, step)).outputs['outcome']).toBe('invalid')
    expect(github.calls).toEqual([])
  })

  it.concurrent('is one deployment though it starts over', async () => {
    await using platform = await localPlatform({ staleReads: 0 })
    await using github = await githubStandIn()
    const run = await startsOver(platform, github)
    expect(run.exitCode, run.log).toBe(0)
    expect(statesOf(github)).toEqual([['in_progress', 'success']])
  })

  it.concurrent('warns once though it starts over, where it could not be recorded', async () => {
    await using platform = await localPlatform({ staleReads: 0 })
    await using github = await githubStandIn()
    github.change({ create: 403 })
    const run = await startsOver(platform, github)
    expect(run.exitCode, run.log).toBe(0)
    expect(run.log.match(/^::warning::This run is not recorded/gm)).toHaveLength(1)
    expect(github.calls).toHaveLength(1)
  })
})

/** Another run publishes between the upload and COMPLETE. */
async function startsOver(platform: LocalPlatform, github: GitHubStandIn) {
  const inputs = { publication: 'members', 'replay-predecessors': 'previous' }
  const others: Promise<unknown>[] = []
  const before = async () => {
    others.push(mainPhase(platform, stepOf(['2'], { run: 1000, inputs })))
    await waitUntil(async () => (await stages(platform)).includes('success'))
  }
  between(platform, { method: 'PUT', target: /jsonl$/, nth: 1, before })
  const run = await mainPhase(platform, withDeployment(github, stepOf(['1'], { inputs })))
  await Promise.all(others)
  expect(run.log).toContain('Starting over, nothing was completed')
  return run
}

describe('a GitHub that does not record deployments', () => {
  it.concurrent.each<readonly [string, Misfortune]>([
    ['for want of a permission', 403],
    ['since the token may not see the repository', 404],
    ['since it does not know the commit', 422],
    ['and does not answer', 'silence'],
  ])('costs a publish one warning %s', async (_, create) => {
    await using platform = await localPlatform()
    await using github = await githubStandIn()
    github.change({ create })
    const run = await mainPhase(platform, withDeployment(github, stepOf(['1'])))
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs['outcome']).toBe('published')
    expect(run.log.match(/^::warning::.*$/gm)).toEqual([
      expect.stringMatching(/^::warning::This run is not recorded as a deployment of "production": GitHub /),
    ])
  })

  it.concurrent('is not asked without a token', async () => {
    await using platform = await localPlatform()
    await using github = await githubStandIn()
    const run = await mainPhase(platform, withDeployment(github, stepOf(['1'], { inputs: { 'github-token': '' } })))
    expect(run.exitCode, run.log).toBe(0)
    expect(run.log).toMatch(/^::warning::This run is not recorded .*there is no token/m)
    expect(github.calls).toEqual([])
  })
})

it.concurrent.each<readonly [string, Misfortune | undefined]>([
  ['takes it', undefined],
  ['refuses it', 403],
  ['answers with a page that commands the runner', 'web page'],
])('the token of GitHub is masked first and shown nowhere, when GitHub %s', async (_, create) => {
  await using platform = await localPlatform()
  await using github = await githubStandIn()
  if (create !== undefined) github.change({ create })
  const run = await mainPhase(platform, withDeployment(github, stepOf(['1'], { env: { RUNNER_DEBUG: '1' } })))
  expect(run.exitCode, run.log).toBe(0)
  expect(github.calls[0]?.headers.authorization).toContain(ACCESS.token)
  expect(run.log).toContain(`::add-mask::${ACCESS.token}`)
  const shown = [withoutMasks(run.log), run.summary, run.kept.report, run.kept.sarif, JSON.stringify(run.state)]
  for (const text of shown) expect(text).not.toContain(ACCESS.token)
  expect(run.log).not.toMatch(/^\s*::error::Access denied/m)
})
