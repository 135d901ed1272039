import { describe, expect, it } from 'vitest'
import type { Runner } from '../../src/github/runner.ts'
import { conclude } from '../../src/report/conclude.ts'
import { runReport } from '../../src/report/run-report.ts'
import { Problem } from '../../src/lib/errors.ts'
import { factsOf } from '../support/report/facts.ts'

const FULL = new Problem('Cannot write: ENOSPC', { remedy: '' })

/** A runner of which some files can't be written, and what it was told. */
function runnerWithout(broken: Partial<Pick<Runner, 'output' | 'summary' | 'keep'>>) {
  const said: string[] = []
  const state = { hasFailed: false }
  const runner: Runner = {
    input: () => '',
    variable: () => '',
    info: (text) => said.push(`info ${text}`),
    debug: () => undefined,
    warning: (text) => said.push(`warning ${text}`),
    error: (text) => said.push(`error ${text}`),
    mask: () => undefined,
    output: () => undefined,
    saveState: () => undefined,
    savedState: () => '',
    summary: async () => undefined,
    keep: async (name) => name,
    fail: () => void (state.hasFailed = true),
    ...broken,
  }
  return { runner, said, state }
}

describe('the end of a run', () => {
  it('keeps its verdict where outputs can not be written, and names those that later steps miss', async () => {
    const written: string[] = []
    const output: Runner['output'] = (name) => {
      if (name === 'outcome') throw FULL
      written.push(name)
    }
    const { runner, said, state } = runnerWithout({ output })
    await conclude(runReport(factsOf({}), { kind: 'stopped', error: new Problem('Cannot', { remedy: '' }) }), runner)
    expect(said.filter((line) => line.startsWith('warning'))).toEqual([
      'warning Cannot write: ENOSPC. Later steps do not see these outputs:\noutcome: failed',
    ])
    expect(written).toContain('batch-id')
    expect([state.hasFailed, said.at(-1)]).toEqual([true, 'error Cannot'])
  })

  it.each([
    ['summary', { summary: () => Promise.reject(FULL) }, /Cannot write the job summary: Cannot write: ENOSPC/],
    ['reports', { keep: () => Promise.reject(FULL) }, /Cannot write report\.json: Cannot write: ENOSPC/],
  ])('keeps its verdict where the %s can not be written', async (_, broken, warning) => {
    const { runner, said, state } = runnerWithout(broken)
    await conclude(runReport(factsOf({}), { kind: 'validated', verdict: { fails: false } }), runner)
    expect(said.join('\n')).toMatch(warning)
    expect([state.hasFailed, said.at(-1)]).toEqual([false, expect.stringMatching(/^info /)])
  })
})
