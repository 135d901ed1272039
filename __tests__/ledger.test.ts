import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLedger, readLedger, type LedgerEntry, type Phase } from '../src/ledger.ts'

const PHASES: readonly Phase[] = ['creating', 'open', 'completing', 'settled']

function entry(externalId: string, phase: Phase, batch?: string): LedgerEntry {
  return { externalId, batch, phase }
}

function bench() {
  const saved: string[] = []
  return { ledger: createLedger((text) => saved.push(text)), saved, last: () => readLedger(saved.at(-1) ?? '') }
}

describe('the ledger', () => {
  it('is saved whole with every entry, so that a kill at any moment leaves the last one', () => {
    const { ledger, saved } = bench()
    ledger.write(entry('a', 'creating'))
    ledger.write(entry('b', 'creating'))
    ledger.write(entry('a', 'open', '01A'))
    expect(saved.map((text) => readLedger(text))).toEqual([
      [entry('a', 'creating')],
      [entry('a', 'creating'), entry('b', 'creating')],
      [entry('b', 'creating'), entry('a', 'open', '01A')],
    ])
  })

  it('has forgotten what is settled or was completed once the main phase has come to its end', () => {
    const { ledger, last } = bench()
    for (const phase of PHASES) ledger.write(entry(phase, phase))
    ledger.conclude()
    expect(last().map(({ phase }) => phase)).toEqual(['creating', 'open'])
    expect(ledger.entries()).toEqual(last())
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
        const { ledger, last } = bench()
        for (const one of all) ledger.write(one)
        expect(last()).toEqual(all.filter(({ phase }) => phase !== 'settled'))
      }),
    )
  })
})

describe('a saved ledger', () => {
  it.each([
    ['', []],
    ['[]', []],
    ['null', []],
    ['{"phase":"open","externalId":"a"}', []],
    ['[1,null,"x",[]]', []],
    ['[{"phase":"nonsense","externalId":"a"},{"phase":"open"},{"externalId":"a"}]', []],
    ['[{"phase":"open","externalId":"a","batch":7},1]', [entry('a', 'open')]],
  ])('that says %j holds only what is an entry', (text, entries) => {
    expect(readLedger(text)).toEqual(entries)
  })
})
