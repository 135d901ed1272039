import { describe, expect, it } from 'vitest'
import { stateOf, statusesOf, worstOf } from '../../src/platform/batch-state.ts'
import { readSources } from '../support/repository/read-imports.ts'

const ALL = statusesOf(() => true)

/** Words that are no status of a batch there, though they are written like one. A line that speaks of a status is not meant. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  // States of a deployment at GitHub.
  'src/github/deployments.ts': ['success', 'failure', 'inactive'],
  'src/publish/deployment.ts': ['success', 'failure', 'inactive'],
  // Outcomes of a run, and counts of rows.
  'src/report/': ['failed', 'aborted'],
  // A check of a connection, and the state of a sandbox.
  'src/modes/doctor.ts': ['failed', 'active'],
  'src/platform/sandboxes.ts': ['active'],
  // The progress of a Profile system job.
  'src/platform/system-jobs.ts': ['failed'],
  'src/modes/steps/profile-removal.ts': ['failed'],
  'src/publish/profile/': ['failed'],
  // A folder of Data Access.
  'src/platform/data-access.ts': ['failed'],
  'src/publish/rejected/read.ts': ['failed'],
}

function isOther(path: string, line: string, word: string): boolean {
  const isNamed = Object.entries(OTHERS).some(([prefix, words]) => path.startsWith(prefix) && words.includes(word))
  return isNamed && !/\bstatus\b/i.test(line)
}

/** What a value that has a kind is called says nothing of a status. */
const KIND = /\bkind: '[a-z -]+'(?: \| '[a-z -]+')*|\bkind [!=]== '[a-z -]+'/g

const LITERAL = new RegExp(`'(${ALL.join('|')})'`, 'g')

function literalsIn(code: string): readonly string[] {
  return Array.from(code.replace(KIND, '').matchAll(LITERAL), ([, status = '']) => status)
}

describe('a status of a batch', () => {
  it('is written down in one file', async () => {
    const sources = await readSources()
    const product = sources.filter(({ path }) => path.startsWith('src/') && path !== 'src/platform/batch-state.ts')
    const found = product.flatMap(({ path, code }) =>
      code.split('\n').flatMap((line) => {
        const statuses = literalsIn(line).filter((word) => !isOther(path, line, word))
        return statuses.map((status) => `${path}: '${status}'`)
      }),
    )
    expect(found).toEqual([])
  })

  it('is found by that search', () => {
    expect(literalsIn("if (record.status === 'loading') return 'done'")).toEqual(['loading'])
    expect(literalsIn("case 'failed':\n  case 'inactive':")).toEqual(['failed', 'inactive'])
    expect(literalsIn("[outcome.kind === 'failed', { kind: 'published' | 'failed' }]")).toEqual([])
  })

  it.each(['never-heard-of', '', 'constructor', 'toString', '__proto__'])(
    '%j is waited for like any in progress',
    (status) => {
      expect(stateOf({ status })).toMatchObject({ kind: 'unknown', isInWork: true, isFinal: false, holdsRows: false })
    },
  )
})

describe('every status', () => {
  it.each(ALL)('%s is open, in progress or final, and holds rows only where it is final', (status) => {
    const { isOpen, isInWork, isFinal, holdsRows, isGone, heldRows } = stateOf({ status })
    expect([isOpen, isInWork, isFinal].filter(Boolean)).toHaveLength(1)
    expect(isFinal).toBe(holdsRows || isGone)
    if (heldRows) expect(isGone).toBe(true)
  })

  it('holds rows as success or active alone', () => {
    expect(statusesOf(({ holdsRows }) => holdsRows)).toEqual(['success', 'active'])
  })
})

describe('the worst of several', () => {
  it.each([
    [['success', 'failed', 'loading'], 'failed'],
    [['success', 'inactive', 'stalled'], 'inactive'],
    [['loaded', 'loading', 'never-heard-of'], 'never-heard-of'],
    [['active', ''], 'success'],
    [['failure', 'active'], 'failed'],
    [[''], ''],
  ])('%j is %s', (statuses, worst) => {
    expect(worstOf(statuses)).toBe(worst)
  })
})
