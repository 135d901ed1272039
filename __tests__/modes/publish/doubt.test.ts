import { describe, expect, it } from 'vitest'
import type { Effect, Fault } from '../../../emulator/faults/faults.ts'
import type { Settings } from '../../../emulator/settings.ts'
import type { Transport } from '../../../src/platform/http/transport.ts'
import { runPostPhase, runStep, type Step } from '../../support/runs/in-memory-action.ts'
import { inMemoryPlatform, type InMemoryPlatform } from '../../support/emulator/in-memory-platform.ts'
import { contentOf, rowsOf, stages } from '../../support/files/members.ts'
import { never } from '../../support/time/never.ts'
import { member } from '../../support/runs/platform-inputs.ts'
import { outcome } from '../../support/runs/publishing-desk.ts'

const CREATE = { method: 'POST', path: '/data/foundation/import/batches' } as const

const COMPLETE = { method: 'POST', path: '**?action=COMPLETE' } as const

const LOST: Effect = { kind: 'reset', when: 'after' }

/** Something on the way answers, and the platform hears nothing. */
const PORTAL: Effect = { kind: 'html', status: 200 }

const NEVER_ARRIVED: Effect = { kind: 'reset', when: 'before' }

function desk(settings: Partial<Settings>, ...faults: readonly Fault[]) {
  const platform = inMemoryPlatform(settings)
  platform.emulator.faults.add(...faults)
  return { platform, publish: (step: Step = {}) => runStep(platform, { files: contentOf('a'), ...step }) }
}

function asked({ emulator }: InMemoryPlatform, { method, path }: { method: string; path: string }): number {
  const end = path.replace('**', '')
  return emulator.requests().filter((request) => request.method === method && request.target.endsWith(end)).length
}

describe('a creation whose answer was lost', () => {
  it('is found by its external id, and its batch is used', async () => {
    const { platform, publish } = desk({}, { ...CREATE, effect: LOST })
    expect(outcome(await publish())).toBe('published')
    expect([asked(platform, CREATE), await stages(platform)]).toEqual([1, ['success']])
  })

  it('is found a little later where the catalogue lags', async () => {
    const { platform, publish } = desk(
      { catalogueLagMs: { created: 6_000, completed: 0 } },
      { ...CREATE, effect: LOST },
    )
    expect(outcome(await publish())).toBe('published')
    expect(await stages(platform)).toEqual(['success'])
  })

  it('that never arrived is sent anew', async () => {
    const { platform, publish } = desk({}, { ...CREATE, effect: NEVER_ARRIVED })
    expect(outcome(await publish())).toBe('published')
    expect([asked(platform, CREATE), await stages(platform)]).toEqual([2, ['success']])
  })

  it('and that no look finds in time is sent anew; the orphan is named, and aborted by the post step', async () => {
    const lag = { catalogueLagMs: { created: 60_000, completed: 0 } }
    const { platform, publish } = desk(lag, { ...CREATE, times: 2, effect: LOST })
    const run = await publish()
    expect([outcome(run), await stages(platform)]).toEqual(['published', ['loading', 'loading', 'success']])
    for (const { externalId } of (await platform.emulator.batches()).slice(0, 2)) expect(run.log).toContain(externalId)
    await platform.clock.sleep(60_000, never())
    const after = await runPostPhase(platform, run.state)
    expect([await stages(platform), after.failed]).toEqual([['aborted', 'aborted', 'success'], false])
  })

  it('three times is given up, and every orphan is named', async () => {
    const lag = { catalogueLagMs: { created: 300_000, completed: 0 } }
    const { platform, publish } = desk(lag, { ...CREATE, times: 0, effect: LOST })
    const run = await publish()
    expect([outcome(run), await stages(platform)]).toEqual(['failed', ['loading', 'loading', 'loading']])
    for (const { externalId } of await platform.emulator.batches()) expect(run.log).toContain(externalId)
  })

  it('that was refused leaves nothing to look for', async () => {
    const { publish } = desk({}, { ...CREATE, effect: { kind: 'answer', status: 400, body: '{}' } })
    const run = await publish()
    expect([outcome(run), run.state['ledger']]).toEqual(['failed', '[]'])
  })
})

describe('a creation that a proxy sends twice', () => {
  it('and that is refused the second time (409) is found by its external id, and its batch is used', async () => {
    const settings = { duplicateExternalId: 'refused' } as const
    const { platform, publish } = desk(settings, { ...CREATE, effect: { kind: 'twice', answer: 'second' } })
    expect([outcome(await publish()), await stages(platform)]).toEqual(['published', ['success']])
  })

  it.each(['first', 'second'] as const)(
    'and that makes two batches leaves none of them open (%s answer)',
    async (which) => {
      const { platform, publish } = desk({}, { ...CREATE, effect: { kind: 'twice', answer: which } })
      const run = await publish()
      expect([outcome(run), run.failed, (await stages(platform)).toSorted()]).toEqual([
        'published',
        false,
        ['aborted', 'success'],
      ])
      for (const { id } of await platform.emulator.batches()) expect(run.log).toContain(id)
    },
  )

  it('leaves none of them open when the upload fails, nor when the answer is lost as well', async () => {
    const refused = { method: 'PUT', path: '**', effect: { kind: 'answer', status: 403, body: '{}' } } as const
    for (const more of [refused, { ...CREATE, effect: { kind: 'answer', status: 502, acts: true } } as const]) {
      const { platform, publish } = desk({}, { ...CREATE, effect: { kind: 'twice', answer: 'first' } }, more)
      await publish()
      expect(await stages(platform)).not.toContain('loading')
    }
  })

  it('is named when the second batch can not be aborted', async () => {
    const refused = {
      method: 'POST',
      path: '**?action=ABORT',
      effect: { kind: 'answer', status: 403, body: '{}' },
    } as const
    const { platform, publish } = desk({}, { ...CREATE, effect: { kind: 'twice', answer: 'first' } }, refused)
    const run = await publish()
    const [, second] = await platform.emulator.batches()
    expect(run.warnings.join()).toContain(`Batch ${second?.id} stays open`)
  })
})

describe('a COMPLETE', () => {
  it('whose answer was lost is repeated, and the batch is published', async () => {
    const { platform, publish } = desk({}, { ...COMPLETE, effect: LOST })
    expect(outcome(await publish())).toBe('published')
    expect(asked(platform, COMPLETE)).toBe(2)
  })

  it('that gets no answer at all is left to the watch, which repeats it while the batch is in `loading`', async () => {
    const { platform, publish } = desk({}, { ...COMPLETE, times: 6, effect: NEVER_ARRIVED })
    const run = await publish()
    expect([outcome(run), run.failed, await stages(platform)]).toEqual(['published', false, ['success']])
    expect(asked(platform, COMPLETE)).toBe(7)
  })

  it('that gets no answer at all, with wait: false, is submitted when the batch shows that it was heard', async () => {
    const { platform, publish } = desk({}, { ...COMPLETE, times: 6, effect: LOST })
    const run = await publish({ inputs: { wait: 'false' } })
    expect([outcome(run), run.failed, asked(platform, COMPLETE)]).toEqual(['submitted', false, 6])
    expect(await stages(platform)).not.toContain('aborted')
  })

  it.each<readonly [string, Effect]>([
    ['got no answer', NEVER_ARRIVED],
    ['was answered by a portal', PORTAL],
  ])('that %s, with wait: false, is repeated while the batch is in `loading`', async (_, effect) => {
    const { platform, publish } = desk({}, { ...COMPLETE, times: 6, effect })
    const run = await publish({ inputs: { wait: 'false' } })
    expect([outcome(run), run.failed, asked(platform, COMPLETE)]).toEqual(['submitted', false, 7])
    expect(await rowsOf(platform)).toEqual(['a'])
  })

  it('that finds the batch aborted by somebody, with wait: false, is not called submitted', async () => {
    const platform = inMemoryPlatform()
    const send: Transport = async (request, signal) => {
      const { href, search } = request.url
      const aborting = { ...request, url: new URL(href.replace('COMPLETE', 'ABORT')) }
      if (search === '?action=COMPLETE') await platform.send(aborting, signal)
      return platform.send(request, signal)
    }
    const step = { files: contentOf('a'), inputs: { wait: 'false' } }
    const run = await runStep({ ...platform, send }, step)
    expect([outcome(run), run.failed, run.errors.join()]).toEqual([
      'failed',
      true,
      expect.stringContaining('its status is "aborted"'),
    ])
  })

  it('that is never heard, with wait: false, is not called submitted, and nothing is aborted', async () => {
    const { platform, publish } = desk({}, { ...COMPLETE, times: 0, effect: PORTAL })
    const run = await publish({ inputs: { wait: 'false' } })
    expect([outcome(run), run.failed, run.errors.join()]).toEqual([
      'failed',
      true,
      expect.stringContaining('mode: resume'),
    ])
    expect(await stages(platform)).not.toContain('aborted')
  })

  it('that was surely refused takes the batch back', async () => {
    const { platform, publish } = desk({}, { ...COMPLETE, effect: { kind: 'answer', status: 403, body: '{}' } })
    expect([outcome(await publish()), await stages(platform)]).toEqual(['failed', ['aborted']])
  })

  it('of a batch that is in another state already (428) leaves it to the watch', async () => {
    const effect = { kind: 'answer', status: 428, body: '{"errorCode":"ERR-BI-104"}', acts: true } as const
    const { publish } = desk({}, { ...COMPLETE, effect })
    expect(outcome(await publish())).toBe('published')
  })

  it('that the catalogue learns of late is waited for', async () => {
    const { platform, publish } = desk({ catalogueLagMs: { created: 0, completed: 60_000 } })
    expect([outcome(await publish()), await rowsOf(platform)]).toEqual(['published', ['a']])
  })
})

describe('a file that is acknowledged, and never reached the platform', () => {
  const files = { 'data/a.csv': 'x\n1\n2\n', 'data/b.csv': 'x\n3\n4\n' }
  const inputs = { glob: 'data/*.csv', validation: 'off' }
  const PUT_B = { method: 'PUT', path: '/**/b.csv' } as const

  it.each<readonly [string, Effect]>([
    ['by the page of a portal', PORTAL],
    ['in the form of the platform', { kind: 'answer', status: 200 }],
  ])('%s is uploaded again', async (_, effect) => {
    const { platform, publish } = desk({}, { ...PUT_B, effect })
    const run = await publish({ files, inputs })
    expect([outcome(run), run.failed]).toEqual(['published', false])
    const [batch] = await platform.emulator.batches()
    expect(batch?.files.map(({ name }) => name)).toEqual(['data/a.csv', 'data/b.csv'])
  })

  it('stops the publish when it is missing all the same', async () => {
    const { platform, publish } = desk({}, { ...PUT_B, times: 0, effect: { kind: 'answer', status: 200 } })
    const run = await publish({ files, inputs })
    expect([outcome(run), run.failed, await stages(platform)]).toEqual(['failed', true, ['aborted']])
    expect(run.errors.join()).toContain('Cannot find "data/b.csv" at the platform: it holds 0 of 6 bytes')
  })

  it('can not be missed where the platform does not tell, which is said', async () => {
    const unheard = { method: 'HEAD', path: '**', times: 0, effect: { kind: 'missing' } } as const
    const run = await desk({}, unheard).publish({ files, inputs })
    expect(outcome(run)).toBe('published')
    expect(run.log).toContain('The platform does not report what it received of 2 files: the upload was not verified')
  })

  it('as its last chunk, is begun anew', async () => {
    const large = { 'data/a.jsonl': member('x'.repeat(3 << 20)) }
    const lost = { method: 'PATCH', path: '**', skip: 1, effect: { kind: 'answer', status: 200 } } as const
    const tooLarge = { method: 'PUT', path: '**', effect: { kind: 'answer', status: 413 } } as const
    const { platform, publish } = desk({}, tooLarge, lost)
    const run = await publish({ files: large })
    expect([outcome(run), run.failed]).toEqual(['published', false])
    const [batch] = await platform.emulator.batches()
    expect(batch?.files[0]?.size).toBe(large['data/a.jsonl'].length)
    expect(run.log).toMatch(/The platform holds \d+ of \d+ bytes of "data\/a\.json/)
  })
})

describe('a file', () => {
  const large = { 'data/a.jsonl': member('x'.repeat(9 << 20)) }
  const inputs = { 'chunk-size-mib': '4' }
  const PUT = { method: 'PUT', path: '**' } as const

  it('whose PUT was cut off twice and is there whole, as HEAD tells, stays in its batch', async () => {
    const { platform, publish } = desk({}, { ...PUT, times: 2, effect: { kind: 'answer', status: 504, acts: true } })
    const run = await publish({ files: large, inputs })
    expect([outcome(run), await stages(platform)]).toEqual(['published', ['success']])
    expect(run.log).toContain('the platform holds the whole file')
  })

  it('whose PUT was cut off twice goes by pieces, in a new batch; the first is aborted', async () => {
    const unheard = { method: 'HEAD', path: PUT.path, effect: { kind: 'missing' } } as const
    const cut = { ...PUT, times: 2, effect: { kind: 'answer', status: 504, acts: true } } as const
    const { platform, publish } = desk({}, cut, unheard)
    const run = await publish({ files: large, inputs })
    expect([outcome(run), await stages(platform)]).toEqual(['published', ['aborted', 'success']])
    const [first, second] = await platform.emulator.batches()
    expect([first?.files[0]?.how, second?.files[0]?.how]).toEqual(['whole', 'pieces'])
    expect(run.outputs['batch-ids']).toBe(JSON.stringify([second?.id]))
  })

  it('whose PUT was cut off once is sent whole again', async () => {
    const { platform, publish } = desk({}, { ...PUT, effect: { kind: 'answer', status: 504 } })
    expect([outcome(await publish({ files: large, inputs })), await stages(platform)]).toEqual([
      'published',
      ['success'],
    ])
  })

  it('too large for a gateway (413) goes by pieces in the same batch', async () => {
    const { platform, publish } = desk({ maxPutBytes: 8 << 20, maxChunkBytes: 3 << 20 })
    expect(outcome(await publish({ files: large, inputs }))).toBe('published')
    const [batch] = await platform.emulator.batches()
    expect(batch?.files[0]).toMatchObject({ how: 'pieces', finished: true, size: large['data/a.jsonl'].length })
    expect(batch?.files[0]?.ranges.every(({ start, end }) => end - start < 3 << 20)).toBe(true)
  })
})
