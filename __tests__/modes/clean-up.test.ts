import { describe, expect, it } from 'vitest'
import type { BatchLogEntry, Phase } from '../../src/github/left-behind.ts'
import { runPostPhase, runStep, type Stepped } from '../support/runs/in-memory-action.ts'
import { inMemoryPlatform, type InMemoryPlatform } from '../support/emulator/in-memory-platform.ts'
import { contentOf, stages } from '../support/files/members.ts'
import { apisOf, strayBatch } from '../support/platform/platform-client.ts'
import { never } from '../support/time/never.ts'

const EXTERNAL = 'gh/acme/loyalty-data/1001/1/1/salt'

type Left = 'loading' | 'in progress' | 'success' | 'aborted'

/** A batch that was left so. */
async function left(platform: InMemoryPlatform, state: Left) {
  const apis = await apisOf(platform)
  const isOpen = state === 'loading' || state === 'aborted'
  const id = await strayBatch(apis, { externalId: EXTERNAL, until: isOpen ? 'loading' : 'completed' })
  if (state === 'aborted') await apis.batches.abort(id, never())
  if (state === 'success') await platform.clock.sleep(10_000, never())
  return id
}

function stateOf(...entries: readonly BatchLogEntry[]): Readonly<Record<string, string>> {
  return { phase: 'main', ledger: JSON.stringify(entries) }
}

async function cleaned(phase: Phase, state: Left): Promise<{ platform: InMemoryPlatform; id: string; after: Stepped }> {
  const platform = inMemoryPlatform({ hold: { status: 'staged', forMs: 5_000 } })
  const id = await left(platform, state)
  const batch = phase === 'creating' ? undefined : id
  const after = await runPostPhase(platform, stateOf({ externalId: EXTERNAL, batch, phase }))
  return { platform, id, after }
}

/** What becomes of a batch that was left in a state, and which words say so. */
const TABLE: readonly (readonly [Phase, Left, string, RegExp])[] = [
  ['creating', 'loading', 'aborted', /Aborted batch ID/],
  ['creating', 'in progress', 'promoting', /^$/],
  ['creating', 'aborted', 'aborted', /^$/],
  ['open', 'loading', 'aborted', /Aborted batch ID/],
  ['open', 'in progress', 'promoting', /ID is "loaded": nothing to do/],
  ['open', 'success', 'success', /ID is "success": nothing to do/],
  ['open', 'aborted', 'aborted', /ID is "aborted": nothing to do/],
  ['completing', 'loading', 'loading', /ID may not have been completed.*mode: resume.*ID.*action=ABORT/],
  ['completing', 'in progress', 'promoting', /ID was completed and is "loaded"; wait for it with "mode: resume".*ID/],
  ['completing', 'success', 'success', /ID was completed and is "success"/],
]

describe('the post step', () => {
  it.each(TABLE)('of a batch noted as %s and found %s leaves it %s', async (phase, state, stage, words) => {
    const { platform, id, after } = await cleaned(phase, state)
    expect([await stages(platform), after.failed]).toEqual([[stage], false])
    expect(after.log.replaceAll(id, 'ID')).toMatch(words)
  })

  it.each<Phase>(['creating', 'open', 'completing'])(
    'never fails, and names what remains, when the platform is down (%s)',
    async (phase) => {
      const platform = inMemoryPlatform()
      const id = await left(platform, 'loading')
      const effect = { kind: 'answer', status: 500, body: '{}' } as const
      platform.emulator.faults.add({ path: '/data/**', times: 0, effect })
      const batch = phase === 'creating' ? undefined : id
      const after = await runPostPhase(platform, stateOf({ externalId: EXTERNAL, batch, phase }))
      expect([after.failed, await stages(platform)]).toEqual([false, ['loading']])
      expect(after.log).toContain(phase === 'creating' ? EXTERNAL : id)
      expect(after.log).toMatch(phase === 'completing' ? /mode: resume/ : /action=ABORT/)
    },
  )

  it('says where to look for a creation that nobody can find', async () => {
    const after = await runPostPhase(
      inMemoryPlatform(),
      stateOf({ externalId: EXTERNAL, batch: undefined, phase: 'creating' }),
    )
    expect([after.failed, after.log]).toEqual([false, expect.stringContaining(EXTERNAL)])
  })

  it.each(['', '[]', '{', 'null', '[1,{"phase":"nonsense","externalId":"x"}]'])(
    'asks the platform nothing when the state says %j',
    async (batchLog) => {
      const platform = inMemoryPlatform()
      const after = await runPostPhase(platform, { phase: 'main', ledger: batchLog })
      expect([after.failed, after.errors, platform.emulator.requests()]).toEqual([false, [], []])
    },
  )

  it.each(['published', 'failed'])('after a main step that ended by itself has nothing to do (%s)', async (end) => {
    const platform = inMemoryPlatform()
    const effect = { kind: 'answer', status: 400, body: '{}' } as const
    if (end === 'failed') platform.emulator.faults.add({ method: 'PUT', effect })
    const run = await runStep(platform, { files: contentOf('a') })
    const before = platform.emulator.requests().length
    await runPostPhase(platform, run.state)
    expect([run.outputs['outcome'], platform.emulator.requests().length - before]).toEqual([end, 0])
  })

  it('tries once more what the main step could not abort', async () => {
    const platform = inMemoryPlatform()
    platform.emulator.faults.add(
      { method: 'PUT', effect: { kind: 'answer', status: 400, body: '{}' } },
      { path: '**?action=ABORT', effect: { kind: 'answer', status: 403, body: '{}' } },
    )
    const run = await runStep(platform, { files: contentOf('a') })
    expect([await stages(platform), run.warnings.join()]).toEqual([
      ['loading'],
      expect.stringContaining('action=ABORT'),
    ])
    await runPostPhase(platform, run.state)
    expect(await stages(platform)).toEqual(['aborted'])
  })
})

describe('a main step that dies', () => {
  /** What was saved when this line had been said, as after a kill. */
  async function killedAt(line: string) {
    const platform = inMemoryPlatform()
    const stop = new AbortController()
    const dead = new Promise<Readonly<Record<string, string>>>((resolve) => {
      const state: Record<string, string> = { phase: 'main' }
      const onLine = (text: string) => {
        if (!text.startsWith(line)) return
        resolve({ ...state })
        stop.abort(new Error('killed'))
      }
      const onSave = (name: string, value: string) => void (state[name] = value)
      void runStep(platform, { files: contentOf('a'), signal: stop.signal, onLine, onSave })
    })
    return { platform, state: await dead }
  }

  it.each([
    ['Created batch', 'open'],
    ['Uploaded', 'open'],
    ['Completed batch', 'completing'],
  ])('after %j has left a batch noted as %s', async (line, phase) => {
    const { state } = await killedAt(line)
    const entries: unknown = JSON.parse(state['ledger'] ?? '')
    expect(entries).toEqual([{ externalId: expect.any(String), batch: expect.any(String), phase }])
  })
})
