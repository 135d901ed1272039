import { describe, expect, it } from 'vitest'
import type { Step } from '../../support/runs/in-memory-action.ts'
import type { InMemoryPlatform } from '../../support/emulator/in-memory-platform.ts'
import { badMember, contentOf, manyFiles, stages } from '../../support/files/members.ts'
import { apisOf, strayBatch } from '../../support/platform/platform-client.ts'
import { type Asked, NAMED, PREVIOUS, RETRYING, creations, desk, outcome } from '../../support/runs/publishing-desk.ts'

describe('with wait: false', () => {
  const unwaited = { ...NAMED, wait: 'false' }

  it('this content in progress ends as submitted, with its id', async () => {
    const { platform, publish } = desk(RETRYING)
    const first = await publish(contentOf('a'), unwaited)
    const second = await publish(contentOf('a'), unwaited)
    expect([outcome(second), second.failed, second.outputs['batch-id']]).toEqual([
      'submitted',
      false,
      first.outputs['batch-id'],
    ])
    expect(creations(platform)).toBe(1)
  })

  it('this content, of which a part is in progress and another was published before with losses, is not only submitted', async () => {
    const { platform, publish } = desk({ maxFiles: 2 })
    const inputs = { ...unwaited, validation: 'off', 'error-threshold': '50', 'max-rejected-rows': '0' }
    const files = { ...manyFiles(3), 'data/day=1/0.jsonl': `${badMember('m0')}\n` }
    await publish(files, { ...inputs, wait: 'true' })
    const whole = (await platform.emulator.batches()).find(({ files: { length } }) => length === 1)?.id ?? ''
    await publish(undefined, { mode: 'revert', 'batch-id': whole })
    platform.emulator.change(RETRYING)
    await publish(files, inputs)
    const again = await publish(files, inputs)
    expect([outcome(again), again.failed], again.log).toEqual(['partially-published', true])
    expect(JSON.parse(again.outputs['batch-ids'] ?? '')).toHaveLength(2)
    expect(again.log).toContain('This data is being ingested already; not waiting for the result.')
    expect(creations(platform)).toBe(3)
  })

  it('what `previous` would wait for is an error', async () => {
    const { platform, publish } = desk(RETRYING)
    const first = await publish(contentOf('a'), { ...PREVIOUS, wait: 'false' })
    const second = await publish(contentOf('b'), { ...PREVIOUS, wait: 'false' })
    expect([outcome(second), second.failed, creations(platform)]).toEqual(['failed', true, 1])
    expect(second.errors.join()).toContain(first.outputs['batch-id'])
  })

  it('that nobody looks whether predecessors went is said', async () => {
    const { publish } = desk()
    const first = await publish(contentOf('a'), PREVIOUS)
    const second = await publish(contentOf('b'), { ...PREVIOUS, wait: 'false' })
    expect(outcome(second)).toBe('submitted')
    expect(second.log).toContain(`whether ${first.outputs['batch-id']} was replaced`)
    expect(second.log).toContain(`"mode: resume" with "batch-id: ${second.outputs['batch-id']}"`)
  })
})

describe('what earlier attempts of this run left open', () => {
  it('is aborted, and what other runs and publications have open is not', async () => {
    const { platform, publish } = desk()
    const apis = await apisOf(platform)
    const until = 'loading'
    await strayBatch(apis, { until })
    await strayBatch(apis, { until, run: { runId: '900' } })
    await strayBatch(apis, { until, marks: { publication: 'orders' } })
    const second = await publish(contentOf('a'), NAMED, { runId: '1001', attempt: 2 })
    expect(outcome(second)).toBe('published')
    expect(await stages(platform)).toEqual(['aborted', 'loading', 'loading', 'success'])
  })

  it('and turns out to be in progress is looked at again, and waited for', async () => {
    const { platform, publish } = desk({ catalogueLagMs: { created: 0, completed: 5_000 } })
    const stray = await strayBatch(await apisOf(platform))
    const second = await publish(contentOf('a'), NAMED, { runId: '1001', attempt: 2 })
    expect(second.log).toContain(`Could not abort (it is now in progress) batch ${stray}`)
    expect(await stages(platform)).toContain('success')
  })
})

describe('a look-up that fails', () => {
  const blind = (platform: InMemoryPlatform) =>
    platform.emulator.faults.add({
      method: 'GET',
      path: '/data/foundation/catalog/batches',
      times: 0,
      effect: { kind: 'answer', status: 500, body: '{}' },
    })

  it.each<readonly [string, Asked, Step['run']]>([
    ['if-unchanged: skip', NAMED, {}],
    ['something to replace', { ...PREVIOUS, 'if-unchanged': 'publish' }, {}],
    ['an earlier attempt', { ...NAMED, 'if-unchanged': 'publish' }, { attempt: 2 }],
  ])('stops a run with %s before it sends anything', async (_, inputs, run) => {
    const { platform, publish } = desk()
    blind(platform)
    expect(outcome(await publish(contentOf('a'), inputs, run))).toBe('failed')
    expect(creations(platform)).toBe(0)
  })

  it('is only said where nothing could be doubled', async () => {
    const { platform, publish } = desk()
    blind(platform)
    const blindly = await publish(contentOf('a'), { ...NAMED, 'if-unchanged': 'publish' })
    expect([outcome(blindly), blindly.failed]).toEqual(['published', false])
    expect(blindly.warnings.map((text) => text.split('. ').at(-1))).toEqual([
      'Publishing without this check, as "if-unchanged: publish" allows',
      'Completing without this check',
      'The action could not check whether another run published the same data at the same moment',
    ])
  })

  it('stops the run when it was refused for good', async () => {
    const { platform, publish } = desk()
    const effect = { kind: 'answer', status: 403, body: '{}' } as const
    platform.emulator.faults.add({ method: 'GET', path: '/data/foundation/catalog/batches', times: 0, effect })
    expect(outcome(await publish(contentOf('a'), { ...NAMED, 'if-unchanged': 'publish' }))).toBe('failed')
    expect(creations(platform)).toBe(0)
  })
})
