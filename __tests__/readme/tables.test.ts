import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const SCRIPT = join(ROOT, 'scripts/readme-tables.mjs')

let copy = ''

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'readme-'))
  for (const path of ['README.md', 'action.yml', 'examples/publish-on-merge.yml'])
    cpSync(join(ROOT, path), join(copy, path))
})

afterEach(() => rmSync(copy, { recursive: true, force: true }))

describe('what README.md takes from action.yml, the rules and the first example', () => {
  it('is what "npm run readme" writes', () => {
    expect(run(ROOT, '--check')).toBe('')
  })

  it.each([
    ['an input of action.yml', 'action.yml', 'Id of the dataset,', 'Key of the dataset,'],
    ['an output of action.yml', 'action.yml', 'String: Path of the report', 'String: Place of the report'],
    ['the example', 'examples/publish-on-merge.yml', 'branches: [main]', 'branches: [trunk]'],
    ['the table of findings', 'README.md', '| `not-an-object` ', '| `no-object` '],
  ])('is noticed when %s changes, and mended', (_, file, from, to) => {
    const before = readFileSync(join(copy, file), 'utf8')
    expect(before).toContain(from)
    writeFileSync(join(copy, file), before.replace(from, to))
    expect(run(copy, '--check')).toContain('Run "npm run readme"')
    expect(run(copy)).toBe('')
    expect(run(copy, '--check')).toBe('')
  })
})

function run(cwd: string, ...words: readonly string[]): string {
  return spawnSync(process.execPath, [SCRIPT, ...words], { cwd, encoding: 'utf8' }).stderr
}
