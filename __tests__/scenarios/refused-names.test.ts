import { describe, expect, it } from 'vitest'
import { localPlatform } from '../support/local-platform.ts'
import { member } from '../support/platform-inputs.ts'

const DEEP = Array.from({ length: 11 }, (_, index) => `${index}`.padEnd(200, 'x')).join('/')

type Case = {
  readonly paths: readonly string[]
  readonly glob: string
  readonly outcome: 'invalid' | 'failed'
  readonly says: readonly string[]
}

const CASES: Readonly<Record<string, Case>> = {
  'a file whose name begins with an underscore': {
    paths: ['data/_a.jsonl', 'data/b.jsonl'],
    glob: 'data/*.jsonl',
    outcome: 'invalid',
    says: ['"data/_a.jsonl" has "_a.jsonl" in its path', '"!data/_a.jsonl"'],
  },
  'a folder whose name begins with an underscore': {
    paths: ['data/_old/a.jsonl'],
    glob: 'data/**/*.jsonl',
    outcome: 'invalid',
    says: ['"data/_old/a.jsonl" has "_old" in its path', '"!data/_old/**"'],
  },
  'a dot name that a pattern writes out': {
    paths: ['data/.a.jsonl'],
    glob: 'data/.a.jsonl',
    outcome: 'invalid',
    says: ['"data/.a.jsonl" has ".a.jsonl" in its path', '"!data/.a.jsonl"'],
  },
  'a partition whose value would change': {
    paths: ['data/city=São Paulo/a.jsonl'],
    glob: 'data/**/*.jsonl',
    outcome: 'invalid',
    says: ['"data/city=São Paulo/a.jsonl" is in the partition directory "city=São Paulo"'],
  },
  'a path that no URL could hold': {
    paths: [`${DEEP}/a.jsonl`],
    glob: '**/*.jsonl',
    outcome: 'invalid',
    says: [`${DEEP}/a.jsonl" has a path that is too long for a URL`, 'Shorten the names of its folders.'],
  },
  'a mixture of formats': {
    paths: ['data/a.jsonl', 'data/b.csv', 'data/c.parquet', 'data/d.txt'],
    glob: 'data/*',
    outcome: 'failed',
    says: ['- json: "data/a.jsonl"', '- csv: "data/b.csv"', '- parquet: "data/c.parquet"', '"data/d.txt"'],
  },
  'an extension that says nothing': {
    paths: ['data/a.txt'],
    glob: 'data/*',
    outcome: 'failed',
    says: ['"data/a.txt"', 'set "format"'],
  },
}

describe('before a batch exists', () => {
  it.each(Object.entries(CASES))('%s is refused', async (_, { paths, glob, outcome, says }) => {
    await using platform = await localPlatform()
    const files = Object.fromEntries(paths.map((path) => [path, member('1')]))
    const run = await platform.publish({ files, inputs: { glob } })
    expect(run.exitCode, run.log).toBe(1)
    for (const text of says) expect(run.log).toContain(text)
    expect(run.outputs['outcome']).toBe(outcome)
    expect(await platform.emulator.batches()).toEqual([])
  })

  it('a dot name that only a wildcard reaches is skipped, and said', async () => {
    await using platform = await localPlatform()
    const files = { 'data/.a.jsonl': member('1'), 'data/.git/b.jsonl': member('2'), 'data/c.jsonl': member('3') }
    const run = await platform.publish({ files, inputs: { glob: 'data/**/*.jsonl' } })
    expect(run.exitCode, run.log).toBe(0)
    expect(Object.keys(await platform.received())).toEqual(['data/c.jsonl'])
    expect(run.log).toMatch(/^Skipped, .*"data\/\.a\.jsonl".*"data\/\.git\/b\.jsonl"/m)
  })
})
