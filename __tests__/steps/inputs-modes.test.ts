import { describe, expect, it } from 'vitest'
import { faultsOf, inputsOf } from './inputs-given.ts'

const BATCH = '01M818CT8W51BJK6Z6REW345AQ'

describe('a publish', () => {
  it('is what happens when no mode is given', () => {
    expect(inputsOf({}).mode).toBe('publish')
  })

  it('may have a name, which keeps its inner blanks and takes any letters', () => {
    expect(inputsOf({ publication: '  Mitglieder für "EU" 😀 ' }).publication).toBe('Mitglieder für "EU" 😀')
    expect(inputsOf({ publication: 'x'.repeat(160) }).publication).toHaveLength(160)
  })

  it('may take the place of the publish before, or of batches by their ids', () => {
    expect(inputsOf({ 'replay-predecessors': 'previous' }).replayPredecessors).toEqual({ kind: 'previous' })
    expect(inputsOf({ 'replay-predecessors': BATCH }).replayPredecessors).toEqual({ kind: 'ids', ids: [BATCH] })
  })

  it('may send again what has not changed', () => {
    expect(inputsOf({ 'if-unchanged': 'publish' }).ifUnchanged).toBe('publish')
  })

  it('needs patterns', () => {
    expect(faultsOf({ glob: '' })).toEqual(['- "glob" is missing; allowed: a value, since "mode: publish" needs one'])
  })

  it('is not about a batch', () => {
    expect(faultsOf({ 'batch-id': BATCH })).toEqual([
      '- "batch-id" is given; allowed: only with "mode: wait" and "mode: abort"',
    ])
  })
})

describe.each(['wait', 'abort'] as const)('mode: %s', (mode) => {
  it('is about one batch, and needs no patterns', () => {
    expect(inputsOf({ mode, 'batch-id': BATCH, glob: '' })).toMatchObject({ mode, batchId: BATCH, patterns: [] })
  })

  it('needs that batch', () => {
    expect(faultsOf({ mode })).toEqual([`- "batch-id" is missing; allowed: a value, since "mode: ${mode}" needs one`])
  })

  it.each([`${BATCH}, ${BATCH}`, '../batches', 'x'.repeat(65)])('takes the id of one batch, and not %j', (text) => {
    expect(faultsOf({ mode, 'batch-id': text })).toEqual([expect.stringContaining('allowed: the id of one batch')])
  })

  it('needs dataset, sandbox and connection like any other', () => {
    const given = { mode, 'batch-id': BATCH, dataset: '', sandbox: '', 'client-secret': '' }
    expect(faultsOf(given).map((line) => /"(.*?)"/.exec(line)?.[1])).toEqual(['dataset', 'sandbox', 'client-secret'])
  })
})

describe('a mode', () => {
  it.each(['validate', 'plan', 'revert', 'Publish'])('is not %j', (mode) => {
    expect(faultsOf({ mode })[0]).toContain(`- "mode" is "${mode}"; allowed: "publish", "wait", "abort"`)
  })
})
