import { describe, expect, it } from 'vitest'
import { contentOf } from '../../support/files/members.ts'
import { planned } from '../../support/publish/planned.ts'
import { desk } from '../../support/runs/publishing-desk.ts'

const LINE = /^Profile and event batches of this sandbox in the last 24 hours: .*/gm
const lists = (requests: readonly { readonly target: string }[]) =>
  requests.filter(({ target }) => target.includes('createdClient')).length

describe('the batches a day that Profile takes', () => {
  it('are counted once by a publish, and once by a plan, and shown', async () => {
    const { platform, publish } = desk()
    const first = await publish(contentOf('a'))
    expect(first.log.match(LINE)).toEqual([expect.stringContaining(': 0, this publish run adds 1')])
    expect(lists(platform.emulator.requests())).toBe(1)
    const plan = await planned(platform, contentOf('b'))
    expect(plan.log.match(LINE)).toEqual([expect.stringContaining(': 1, this publish run adds 1')])
  })

  it('are not counted where nothing is sent', async () => {
    const { platform, publish } = desk()
    await publish(contentOf('a'))
    expect((await publish(contentOf('a'))).log).not.toMatch(LINE)
    expect((await planned(platform, contentOf('a'))).log).not.toMatch(LINE)
  })

  it('are a warning from 80 % of what Adobe advises', async () => {
    const { publish } = desk({ maxFiles: 1 })
    const files = Object.fromEntries(
      Array.from({ length: 72 }, (_, i) => [`data/day=1/${i}.jsonl`, contentOf('a')['data/a.jsonl'] ?? '']),
    )
    const run = await publish(files)
    expect([run.failed, run.warnings]).toEqual([
      false,
      [expect.stringContaining(': 0, this publish run adds 72; Adobe advises at most 90')],
    ])
  })

  it('leave a publish as it is where they cannot be counted', async () => {
    const { platform, publish } = desk()
    const effect = { kind: 'answer', status: 500, body: '{}' } as const
    platform.emulator.faults.add({ method: 'GET', path: '/**/batches?*createdClient*', times: 0, effect })
    const run = await publish(contentOf('a'))
    expect([run.failed, run.outputs['outcome'], run.warnings]).toEqual([false, 'published', []])
    expect(run.log.match(LINE)).toEqual([expect.stringContaining('unknown')])
  })
})
