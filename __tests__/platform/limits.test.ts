import { describe, expect, it } from 'vitest'
import { readSources } from '../support/repository/read-imports.ts'

/** Times that say nothing of the platform. */
const OTHERS: readonly string[] = [
  // How often the log speaks.
  'src/publish/upload-pace.ts: EVERY_MS',
  'src/publish/wait.ts: HEARTBEAT_MS',
  // What GitHub is given.
  'src/publish/deployment.ts: LONGEST_MS',
  'src/publish/deployment.ts: CANCELLED_MS',
  'src/publish/published/reconcile.ts: JOBS_LONGEST_MS',
  'src/modes/steps/comment.ts: LONGEST_MS',
]

const sources = await readSources()

describe('times and numbers of tries', () => {
  it('stand in one file, whoever uses them', () => {
    const users = sources.filter(({ path }) => /^src\/(?:modes|publish|platform)\//.test(path))
    const found = users
      .filter(({ path }) => path !== 'src/platform/limits.ts')
      .flatMap(({ path, code }) =>
        Array.from(
          code.matchAll(/^(?:export )?const (\w*(?:_MS|ATTEMPTS|STARTS|LOOKS)) = /gm),
          ([, name]) => `${path}: ${name}`,
        ),
      )
    expect(new Set(found)).toEqual(new Set(OTHERS))
  })

  it('have a source or a reason each', () => {
    const { text = '' } = sources.find(({ path }) => path === 'src/platform/limits.ts') ?? {}
    const declared = Array.from(text.matchAll(/^export const (\w+)/gm), ([, name]) => name)
    const explained = Array.from(text.matchAll(/^\/\*\* (?:.*?)[:,;].*\*\/\nexport const (\w+)/gm), ([, name]) => name)
    expect(declared.length).toBeGreaterThan(60)
    expect(declared.filter((name) => !explained.includes(name))).toEqual([])
  })
})
