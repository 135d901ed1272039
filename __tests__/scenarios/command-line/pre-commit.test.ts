import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { member } from '../../support/runs/platform-inputs.ts'

const ROOT = join(import.meta.dirname, '../../..')

type Hook = Readonly<Record<'id' | 'entry' | 'language' | 'files', string>>

const [hook] = parse(readFileSync(join(ROOT, '.pre-commit-hooks.yaml'), 'utf8')) as readonly [Hook]

const SCHEMA = readFileSync(join(ROOT, 'samples/loyalty-members.schema.json'), 'utf8')
const ARGS = ['--schema-file', 'schemas/members.json']

/** As pre-commit runs a script: from the root of the repository, its own path first, then "args", then the staged names. */
async function commit(
  staged: Readonly<Record<string, string>>,
  args = ARGS,
): Promise<{ readonly code: number; readonly said: string }> {
  const repository = await mkdtemp(join(tmpdir(), 'pre-commit-'))
  try {
    for (const [path, text] of Object.entries({ ...staged, 'schemas/members.json': SCHEMA })) {
      await mkdir(dirname(join(repository, path)), { recursive: true })
      await writeFile(join(repository, path), text)
    }
    const [script = '', ...words] = hook.entry.split(' ')
    const names = Object.keys(staged).filter((path) => new RegExp(hook.files).test(path))
    const env = { PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}` }
    const run = promisify(execFile)(join(ROOT, script), [...words, ...args, ...names], { cwd: repository, env })
    return await run.then(
      ({ stdout, stderr }) => ({ code: 0, said: stdout + stderr }),
      ({ code, stdout, stderr }: { readonly code: number; readonly stdout: string; readonly stderr: string }) => ({
        code,
        said: stdout + stderr,
      }),
    )
  } finally {
    await rm(repository, { recursive: true, force: true })
  }
}

describe.skipIf(process.platform === 'win32')('the hook of pre-commit', () => {
  it('is a script of this repository, for the formats that can be published', () => {
    expect(hook).toMatchObject({ id: 'validate-experience-platform-data', language: 'script' })
    const matched = (name: string) => new RegExp(hook.files).test(name)
    expect(['a.json', 'a.jsonl', 'a.ndjson', 'd/a.csv', 'a.parquet'].every(matched)).toBe(true)
    expect(['a.jsonx', 'json', 'README.md'].some(matched)).toBe(false)
  })

  it('lets files without errors pass', async () => {
    const { code, said } = await commit({
      'data/a.jsonl': member('1'),
      'data/b [1].jsonl': member('2'),
      'README.md': '',
    })
    expect(said).toContain('2 rows validated, no errors')
    expect(code).toBe(0)
  })

  it('stops a commit with errors, and says where they are', async () => {
    const { code, said } = await commit({
      'data/a.jsonl': member('1'),
      'data/b.jsonl': member('2', { points: 'many' }),
    })
    expect(said).toMatch(/^data\/b\.jsonl:1:\d+: error: /m)
    expect(code).toBe(1)
  })

  it('stops where its schema is missing', async () => {
    const { code, said } = await commit({ 'data/a.jsonl': member('1') }, ['--schema-file', 'none.json'])
    expect(said).toContain('--schema-file: there is no file "none.json"')
    expect(code).toBe(2)
  })
})
