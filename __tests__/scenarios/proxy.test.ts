import { describe, expect, it } from 'vitest'
import { loyaltySchema } from '../../emulator/seed/loyalty-schema.ts'
import { ACCESS } from '../support/github/github-stand-in.ts'
import { localPlatform } from '../support/emulator/local-platform.ts'
import { member } from '../support/runs/platform-inputs.ts'
import { recordingProxy } from '../support/platform/recording-proxy.ts'

const files = { 'data/a.jsonl': member('1') }

describe('a proxy of the environment', () => {
  it.each(['http_proxy', 'HTTP_PROXY'])('never sees plain http to this machine: %s', async (name) => {
    await using platform = await localPlatform()
    await using proxy = await recordingProxy()
    const run = await platform.publish({ files, env: { [name]: proxy.url } })
    expect(run.exitCode, run.log).toBe(0)
    expect(proxy.asked).toEqual([])
    expect(await platform.received()).toEqual(files)
  })

  it('that cannot be read is named, and nothing else is asked', async () => {
    await using platform = await localPlatform()
    const inputs = { 'ims-url': 'https://ims.example' }
    const run = await platform.publish({ files, inputs, env: { https_proxy: 'http://me:pr0xypw@[bad' } })
    expect(run.exitCode).toBe(1)
    expect(run.log).toMatch(/^::error::.*Cannot use the proxy in the environment variable "https_proxy"/m)
    expect(run.log).not.toContain('pr0xypw')
    expect(platform.emulator.requests()).toEqual([])
  })

  it('that cannot be read stops no validation that asks nobody', async () => {
    await using platform = await localPlatform()
    const schema = { 'schema.json': JSON.stringify(loyaltySchema) }
    const inputs = { mode: 'validate', 'schema-file': 'schema.json' }
    const env = { http_proxy: 'http://[bad', https_proxy: 'socks5://[bad' }
    const run = await platform.publish({ files: { ...files, ...schema }, inputs, env })
    expect(run.exitCode, run.log).toBe(0)
  })

  it('is asked for https hosts by https_proxy, and its refusal is final and named', async () => {
    await using platform = await localPlatform()
    await using proxy = await recordingProxy()
    const inputs = { 'ims-url': 'https://ims.example' }
    const run = await platform.publish({ files, inputs, env: { https_proxy: proxy.url } })
    expect(run.exitCode).toBe(1)
    expect(proxy.asked).toEqual(['ims.example:443'])
    expect(run.log).toMatch(/^::error::Cannot get an access token from Adobe IMS: there was no answer .*403/m)
    expect(run.log).toContain('proxy variables')
    expect(platform.emulator.requests()).toEqual([])
  })

  it('is asked for GitHub too, and what it refuses or is changes no verdict', async () => {
    await using platform = await localPlatform()
    await using proxy = await recordingProxy()
    const side = { sha: 'a'.repeat(40), repo: { id: 4711 } }
    const payload = { repository: { id: 4711 }, pull_request: { number: 7, state: 'open', base: side, head: side } }
    const inputs = { mode: 'plan', comment: 'true', 'github-token': ACCESS.token, 'timeout-minutes': '60' }
    for (const https_proxy of [proxy.url, 'http://me:pr0xypw@[bad']) {
      const env = { GITHUB_API_URL: 'https://github.example/api/v3', https_proxy }
      const run = await platform.publish({ files, inputs, env, event: { name: 'pull_request', payload } })
      expect(run.exitCode, run.log).toBe(0)
      expect(run.log).toMatch(/^::warning::Cannot comment on pull request 7: GitHub did not answer/m)
      expect(run.log).not.toContain('pr0xypw')
    }
    expect(new Set(proxy.asked)).toEqual(new Set(['github.example:443']))
  })
})
