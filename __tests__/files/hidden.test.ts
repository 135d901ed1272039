import { describe, expect, it } from 'vitest'
import { sortHidden } from '../../src/files/hidden.ts'
import { workspaceFile } from '../support/make.ts'

type Fate = 'kept' | 'skipped' | 'refused'

const TABLE: readonly (readonly [pattern: string, path: string, fate: Fate])[] = [
  ['data/*.json', 'data/a.json', 'kept'],
  ['**/*.json', 'data/v1.0/a_b.json', 'kept'],
  ['**/*.json', '.git/a.json', 'skipped'],
  ['**/*.json', 'data/.cache/a.json', 'skipped'],
  ['data/*', 'data/.hidden.json', 'skipped'],
  ['.data/*.json', '.data/a.json', 'refused'],
  ['./.data/*.json', '.data/a.json', 'refused'],
  ['data/.hidden.json', 'data/.hidden.json', 'refused'],
  ['.data\\*.json', '.data/a.json', 'refused'],
  ['**/*.json', 'data/_SUCCESS.json', 'refused'],
  ['data/_old/*.json', 'data/_old/a.json', 'refused'],
  ['**/*', '.cache/_temporary/a.json', 'refused'],
]

describe('a file with a hidden name', () => {
  it.each(TABLE)('reached by %s as %s is %s', (pattern, path, fate) => {
    const { kept, skipped, refused } = sortHidden([{ pattern, files: [workspaceFile(path)] }])
    expect({ kept: kept.map((file) => file.path), skipped, refused: refused.map((refusal) => refusal.path) }).toEqual({
      kept: fate === 'kept' ? [path] : [],
      skipped: fate === 'skipped' ? [path] : [],
      refused: fate === 'refused' ? [path] : [],
    })
  })

  it('is not sent through a link that has none: the link is refused, however it was reached', () => {
    const link = workspaceFile('data/b.csv', { isLinked: true, realPath: '.git/config' })
    for (const pattern of ['data/*.csv', 'data/b.csv']) {
      const { kept, skipped, refused } = sortHidden([{ pattern, files: [link] }])
      expect([kept, skipped]).toEqual([[], []])
      expect(refused).toMatchObject([{ path: 'data/b.csv', reason: 'is a link to ".git/config", which is hidden' }])
    }
  })

  it('is refused once, and not also skipped, when one pattern writes it out and another does not', () => {
    const files = [workspaceFile('data/.x.json')]
    const { skipped, refused } = sortHidden([
      { pattern: 'data/*', files },
      { pattern: 'data/.x.json', files },
    ])
    expect([skipped, refused.length]).toEqual([[], 1])
  })

  it.each([
    ['data/_old/a.json', '"!data/_old/**"'],
    ['data/_a.json', '"!data/_a.json"'],
    ['_a.json', '"!_a.json"'],
    ['_x/y.json', '"!_x/**"'],
  ])('%s is refused with the exclude to write, %s', (path, exclude) => {
    const { refused } = sortHidden([{ pattern: '**/*', files: [workspaceFile(path)] }])
    expect(refused[0]?.remedy).toContain(exclude)
  })
})
