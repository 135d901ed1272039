import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pathsOf } from './read-pages.ts'

const ROOT = join(import.meta.dirname, '../..')
const SCRIPT = join(ROOT, 'scripts/readme/main.mjs')

/** What "npm run readme" reads and writes. */
const NEEDED = [
  'README.md',
  'SECURITY.md',
  'CONTRIBUTING.md',
  'action.yml',
  'package.json',
  '.github',
  'docs',
  'examples',
  'src',
  '__tests__/docs/logs',
]

let copy = ''

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'readme-'))
  for (const path of NEEDED) cpSync(join(ROOT, path), join(copy, path), { recursive: true })
})

afterEach(() => rmSync(copy, { recursive: true, force: true }))

describe('what README.md and docs/ take from other files', () => {
  it('is what "npm run readme" writes', () => {
    expect(run(ROOT, '--check')).toBe('')
  })

  it.each([
    ['an input of action.yml', 'action.yml', 'Id or exact name of the dataset', 'Key of the dataset'],
    ['an output of action.yml', 'action.yml', 'String: Path of the JSON report', 'String: Place of the JSON report'],
    ['a limit', 'src/report/sarif.ts', 'MOST_RESULTS = 5_000', 'MOST_RESULTS = 5_001'],
    ['a log', '__tests__/docs/logs/published.txt', 'Published:', 'Done:'],
    ['the pin of an action', '.github/workflows/codeql.yml', /(?<=codeql-action\/\w+@)[0-9a-f]{40}/g, '0'.repeat(40)],
    ['the table of rules', 'docs/validation.md', '| `not-an-object` ', '| `no-object` '],
  ])('is noticed when %s changes, and written again', (name, file, from, to) => {
    const before = readFileSync(join(copy, file), 'utf8')
    const after = before.replaceAll(from, to)
    expect(after, name).not.toBe(before)
    writeFileSync(join(copy, file), after)
    expect(run(copy, '--check')).toContain('Run "npm run readme"')
    expect(run(copy)).toBe('')
    expect(run(copy, '--check')).toBe('')
  })
})

describe('the account of the repository', () => {
  it('is in one place, and put everywhere by --owner', () => {
    expect(run(copy, '--owner', 'acme-data')).toBe('')
    expect(run(copy, '--check')).toBe('')
    const texts = ['package.json', 'README.md', 'SECURITY.md', '.github/CODEOWNERS', ...pathsOf('{docs,examples}/*.*')]
      .filter((path) => !path.endsWith('.png'))
      .map((path) => ({ path, text: readFileSync(join(copy, path), 'utf8') }))
    expect(texts.filter(({ text }) => /\bOWNER\b/.test(text)).map(({ path }) => path)).toEqual([])
    const named = texts.filter(({ text }) => text.includes('acme-data/publish-to-experience-platform'))
    expect(named.length).toBeGreaterThan(20)
  })

  it('is put there again when it is another one', () => {
    run(copy, '--owner', 'first')
    run(copy, '--owner', 'second')
    expect(readFileSync(join(copy, 'README.md'), 'utf8')).toContain('uses: second/publish-to-experience-platform@v0')
    expect(readFileSync(join(copy, '.github/CODEOWNERS'), 'utf8')).toMatch(/^\* @second$/m)
  })

  it('is refused where no account can have the name', () => {
    expect(run(copy, '--owner', 'a b')).toContain('"a b" is not the name of a GitHub account')
  })
})

function run(cwd: string, ...words: readonly string[]): string {
  return spawnSync(process.execPath, [SCRIPT, ...words], { cwd, encoding: 'utf8' }).stderr
}
