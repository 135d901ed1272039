import { describe, expect, it } from 'vitest'
import { localPlatform } from '../support/local-platform.ts'
import { member } from '../support/platform-inputs.ts'
import { recordingProxy } from '../support/recording-proxy.ts'

const files = { 'data/a.jsonl': member('1') }

describe('a proxy of the environment', () => {
  it.each(['http_proxy', 'HTTP_PROXY'])('carries every request: %s', async (name) => {
    await using platform = await localPlatform()
    await using proxy = await recordingProxy()
    const run = await platform.publish({ files, env: { [name]: proxy.url } })
    expect(run.exitCode, run.log).toBe(0)
    expect(new Set(proxy.asked)).toEqual(new Set([new URL(platform.url).host]))
    expect(await platform.received()).toEqual(files)
  })

  it.each(['no_proxy', 'NO_PROXY'])('is left out for hosts that are to be reached directly: %s', async (name) => {
    await using platform = await localPlatform()
    await using proxy = await recordingProxy()
    const run = await platform.publish({ files, env: { http_proxy: proxy.url, [name]: 'example.com,127.0.0.1' } })
    expect(run.exitCode, run.log).toBe(0)
    expect(proxy.asked).toEqual([])
  })

  it('is asked for https hosts by https_proxy, and its refusal is final and named', async () => {
    await using platform = await localPlatform()
    await using proxy = await recordingProxy()
    const inputs = { 'ims-url': 'https://ims.example' }
    const run = await platform.publish({ files, inputs, env: { https_proxy: proxy.url } })
    expect(run.exitCode).toBe(1)
    expect(proxy.asked).toEqual(['ims.example:443'])
    expect(run.log).toMatch(/^::error::Cannot get an access token from Adobe IMS: there was no answer .*403/m)
    expect(run.log).toContain('proxy variables included')
    expect(platform.emulator.requests()).toEqual([])
  })
})
