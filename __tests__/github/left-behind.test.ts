import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createBatchLog,
  createMemory,
  readBatchLog,
  readScratchName,
  readTagMemory,
  type BatchLogEntry,
  type Phase,
  type TagMemory,
  type TagsBefore,
} from '../../src/github/left-behind.ts'
import { readDeploymentEntry, type DeploymentEntry } from '../../src/github/left-behind.ts'

const PHASES: readonly Phase[] = ['creating', 'open', 'completing', 'done']

function entry(externalId: string, phase: Phase, batch?: string): BatchLogEntry {
  return { externalId, batch, phase }
}

function bench() {
  const saved: string[] = []
  return { batchLog: createBatchLog((text) => saved.push(text)), saved, last: () => readBatchLog(saved.at(-1) ?? '') }
}

describe('the batch log', () => {
  it('is saved whole with every entry, so that a kill at any moment leaves the last one', () => {
    const { batchLog, saved } = bench()
    batchLog.write(entry('a', 'creating'))
    batchLog.write(entry('b', 'creating'))
    batchLog.write(entry('a', 'open', '01A'))
    expect(saved.map((text) => readBatchLog(text))).toEqual([
      [entry('a', 'creating')],
      [entry('a', 'creating'), entry('b', 'creating')],
      [entry('b', 'creating'), entry('a', 'open', '01A')],
    ])
  })

  it('has forgotten what is settled or was completed once the main phase has come to its end', () => {
    const { batchLog, last } = bench()
    for (const phase of PHASES) batchLog.write(entry(phase, phase))
    batchLog.conclude()
    expect(last().map(({ phase }) => phase)).toEqual(['creating', 'open'])
    expect(batchLog.entries()).toEqual(last())
  })

  it('comes back as it was written, less what is settled', () => {
    const entries = fc.uniqueArray(
      fc.record({
        externalId: fc.string(),
        batch: fc.option(fc.string(), { nil: undefined }),
        phase: fc.constantFrom(...PHASES),
      }),
      { selector: ({ externalId }) => externalId },
    )
    fc.assert(
      fc.property(entries, (all) => {
        const { batchLog, last } = bench()
        for (const one of all) batchLog.write(one)
        expect(last()).toEqual(all.filter(({ phase }) => phase !== 'done'))
      }),
    )
  })
})

describe('a saved batch log', () => {
  it.each([
    ['', []],
    ['[]', []],
    ['null', []],
    ['{"phase":"open","externalId":"a"}', []],
    ['[1,null,"x",[]]', []],
    ['[{"phase":"nonsense","externalId":"a"},{"phase":"open"},{"externalId":"a"}]', []],
    ['[{"phase":"open","externalId":"a","batch":7},1]', [entry('a', 'open')]],
  ])('that says %j holds only what is an entry', (text, entries) => {
    expect(readBatchLog(text)).toEqual(entries)
  })
})

describe('what is remembered of a deployment', () => {
  const ENTRY: DeploymentEntry = { id: 4_294_967_296, environment: 'production' }
  const ENDED: DeploymentEntry = { ...ENTRY, end: { state: 'failure', description: 'failed: batch 01A' } }

  it('is saved at once, changed when its end is known, and gone when GitHub knows it', () => {
    const saved: string[] = []
    const memory = createMemory<DeploymentEntry>((text) => saved.push(text))
    expect(memory.current()).toBeUndefined()
    memory.remember(ENTRY)
    memory.remember(ENDED)
    expect(memory.current()).toEqual(ENDED)
    memory.forget()
    expect(memory.current()).toBeUndefined()
    expect(saved.map((text) => readDeploymentEntry(text))).toEqual([ENTRY, ENDED, undefined])
  })

  it.each([
    ['nothing', '', undefined],
    ['no id', '{"environment":"production"}', undefined],
    ['an end that is none', JSON.stringify({ ...ENTRY, end: { state: 'gone', description: '' } }), ENTRY],
    ['an end without words', JSON.stringify({ ...ENTRY, end: { state: 'failure' } }), ENTRY],
  ])('is read as far as it can be: %s', (_, text, expected) => {
    expect(readDeploymentEntry(text)).toEqual(expected)
  })
})

describe('the name of the temporary folder', () => {
  it('comes back as it was saved, and is empty once it is forgotten', () => {
    const saved: string[] = []
    const memory = createMemory<string>((text) => saved.push(text))
    memory.remember('publish-Ab3xYz')
    memory.forget()
    expect(saved.map((text) => readScratchName(() => text))).toEqual(['publish-Ab3xYz', ''])
  })

  it.each(['', '{', 'null', '["publish-Ab3xYz"]', '7'])('is empty where %j was saved', (text) => {
    expect(readScratchName(() => text)).toBe('')
  })
})

describe('the memory of tags', () => {
  const saving = (work: (memory: TagMemory) => void) => {
    const saved: string[] = []
    work(createMemory((text) => saved.push(text)))
    return readTagMemory(saved.at(-1) ?? '')
  }

  it('comes back as it was, and tells a tag that was empty from one that was not there', () => {
    const values = fc.option(fc.array(fc.string({ unit: 'binary' })), { nil: undefined })
    const befores = fc.record({ dataset: fc.string(), unifiedProfile: values, unifiedIdentity: values })
    fc.assert(
      fc.property(befores, (before) => {
        expect(saving((memory) => memory.remember(before))).toEqual(before)
      }),
    )
  })

  it('is of one dataset: the last one that was remembered', () => {
    const [one, other] = ['one', 'other'].map((dataset): TagsBefore => ({
      dataset,
      unifiedProfile: ['enabled:true'],
      unifiedIdentity: undefined,
    }))
    expect(
      saving((memory) => {
        for (const before of [one, other]) if (before !== undefined) memory.remember(before)
      }),
    ).toEqual(other)
  })

  it('is empty once it was told to forget, and where nothing was ever saved', () => {
    expect(
      saving((memory) => {
        memory.remember({ dataset: 'one', unifiedProfile: [], unifiedIdentity: [] })
        memory.forget()
      }),
    ).toBeUndefined()
    expect(readTagMemory('')).toBeUndefined()
  })

  it.each(['null', '[]', '{"unifiedProfile":["enabled:true"]}', '{"dataset":7}'])(
    'that says %s names no dataset',
    (text) => {
      expect(readTagMemory(text)).toBeUndefined()
    },
  )
})
