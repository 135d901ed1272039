import { describe, expect, it } from 'vitest'
import { judgeAction, type Action, type Stage } from '../../emulator/batches/batch-life.ts'
import { at, imports, platformInMemory } from './platform-in-memory.ts'

const stages: readonly Stage[] = [
  'loading',
  'promoting',
  'success',
  'failed',
  'aborted',
  'abandoned',
  'inactive',
  'deleted',
]

/** One letter a stage, in the order above: m(oves), r(epeats), – refused. */
const strict: readonly (readonly [Action, string])[] = [
  ['COMPLETE', 'mrrr––rr'],
  ['ABORT', 'm–––––––'],
  ['FAIL', 'm–––––––'],
  ['REVERT', '––m–––––'],
]

describe('what an action does to a batch', () => {
  for (const [action, row] of strict) {
    for (const [index, stage] of stages.entries()) {
      it(`${action} of a batch that is ${stage}: ${row[index]}`, () => {
        const { kind } = judgeAction(stage, action, 'strict')
        expect({ moves: 'm', repeats: 'r', refused: '–' }[kind]).toBe(row[index])
      })
    }
  }

  it('lenient lets a batch in progress be aborted, as the developer guide has it', () => {
    expect(judgeAction('promoting', 'ABORT', 'lenient')).toEqual({ kind: 'moves', to: 'aborted' })
    expect(judgeAction('success', 'ABORT', 'lenient').kind).toBe('refused')
  })

  it('each refusal has a name', () => {
    expect(judgeAction('aborted', 'REVERT', 'strict')).toEqual({ kind: 'refused', name: 'revert-of-aborted' })
  })
})

describe('a batch over time', () => {
  it('reads loading, loaded, staging, staged, success', async () => {
    const platform = await platformInMemory({ loadedMs: 200, stagingMs: 500, stagedMs: 100 })
    const id = await platform.createBatch()
    const file = `${imports}/${id}/datasets/650000000000000000000001/files/a.json`
    await platform.send('PUT', file, { body: '{"_emutenant":{"loyalty":{"loyaltyId":"1"}}}' })
    const seen = [at(await platform.record(id), 'status')]
    await platform.send('POST', `${imports}/${id}?action=COMPLETE`)
    for (const ms of [0, 199, 1, 499, 1, 99, 1]) {
      platform.pass(ms)
      seen.push(at(await platform.record(id), 'status'))
    }
    expect(seen).toEqual(['loading', 'loaded', 'loaded', 'staging', 'staging', 'staged', 'staged', 'success'])
  })

  it('is abandoned when nobody completes it', async () => {
    const platform = await platformInMemory({ abandonAfterMs: 1000 })
    const id = await platform.createBatch()
    platform.pass(999)
    expect(at(await platform.record(id), 'status')).toBe('loading')
    platform.pass(1)
    expect(at(await platform.record(id), 'status')).toBe('abandoned')
  })

  it('after REVERT reads success twice more, then inactive, in the end deleted', async () => {
    const platform = await platformInMemory({ deletedAfterMs: 60_000 })
    const id = await platform.publish('{"_emutenant":{"loyalty":{"loyaltyId":"1"}}}')
    expect((await platform.send('POST', `${imports}/${id}?action=REVERT`)).status).toBe(200)
    const seen = []
    for (let look = 0; look < 3; look++) seen.push(at(await platform.record(id), 'status'))
    platform.pass(60_000)
    seen.push(at(await platform.record(id), 'status'))
    expect(seen).toEqual(['success', 'success', 'inactive', 'deleted'])
  })

  it('refuses a wrong action with 428 and ERR-BI-104', async () => {
    const platform = await platformInMemory()
    const id = await platform.createBatch()
    expect((await platform.send('POST', `${imports}/${id}?action=ABORT`)).status).toBe(200)
    const got = await platform.send('POST', `${imports}/${id}?action=REVERT`)
    expect(got).toMatchObject({ status: 428, json: { errorCode: 'ERR-BI-104', 'emu:refusal': 'revert-of-aborted' } })
  })

  it('takes COMPLETE a second time', async () => {
    const platform = await platformInMemory()
    const id = await platform.publish('{"_emutenant":{"loyalty":{"loyaltyId":"1"}}}')
    expect((await platform.send('POST', `${imports}/${id}?action=COMPLETE`)).status).toBe(200)
    expect(at(await platform.record(id), 'status')).toBe('success')
  })

  it('fails with code 106 when it was completed without files', async () => {
    const platform = await platformInMemory()
    const id = await platform.createBatch()
    await platform.complete(id)
    expect(await platform.record(id)).toMatchObject({ status: 'failed', errors: [{ code: '106' }] })
  })

  it('fails beyond the guardrails, in their words', async () => {
    const platform = await platformInMemory({ maxFiles: 0 })
    const id = await platform.publish('{}')
    const record = await platform.record(id)
    expect(at(record, 'status')).toBe('failed')
    expect(at(record, 'errors', 0, 'description')).toMatch(
      'Batch ingestion guardrails hit: 1 files (over the 0 threshold)',
    )
  })

  it('is held in a status that a setting names, for as long as it says', async () => {
    const platform = await platformInMemory({ hold: { status: 'pondering', forMs: 60_000 } })
    const id = await platform.publish('{"_emutenant":{"loyalty":{"loyaltyId":"1"}}}')
    expect(at(await platform.record(id), 'status')).toBe('pondering')
    platform.pass(60_000)
    expect(at(await platform.record(id), 'status')).toBe('success')
  })
})
