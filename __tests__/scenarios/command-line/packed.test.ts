import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { member } from '../../support/runs/platform-inputs.ts'

const ROOT = join(import.meta.dirname, '../../..')
const NAME = 'publish-to-experience-platform'
const MOST_BYTES = 6_000_000

const home = mkdtempSync(join(tmpdir(), 'packed-'))
const PATH = `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`

function run(program: string, args: readonly string[], cwd: string) {
  return spawnSync(program, args, { cwd, encoding: 'utf8', env: { PATH, HOME: home } })
}

function pack(folder: string): string {
  const { status, stdout, stderr } = run('bash', ['scripts/pack.sh', join(home, folder)], ROOT)
  expect(status, stderr).toBe(0)
  return stdout.trim()
}

/** GNU tar and jq, as the release has them. */
const canPack =
  process.platform === 'linux' &&
  ['jq', 'tar', 'gzip'].every((program) => spawnSync(program, ['--version']).status === 0)

describe.skipIf(!canPack)('the tarball of a release (needs jq and GNU tar)', () => {
  let tarball = ''
  let installed = ''

  beforeAll(() => {
    tarball = pack('one')
    installed = mkdtempSync(join(home, 'empty-'))
    const { status, stderr } = run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], installed)
    expect(status, stderr).toBe(0)
  })

  afterAll(() => rmSync(home, { recursive: true, force: true }))

  it('is small, and the same whenever it is packed', () => {
    expect(statSync(tarball).size).toBeLessThan(MOST_BYTES)
    expect(readFileSync(pack('two')).equals(readFileSync(tarball))).toBe(true)
  })

  it('brings a program, and neither dependencies nor scripts', () => {
    const { name, version, license } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<
      string,
      string
    >
    const packed: unknown = JSON.parse(readFileSync(join(installed, 'node_modules', NAME, 'package.json'), 'utf8'))
    expect(packed).toMatchObject({
      name,
      version,
      license,
      type: 'module',
      bin: { [NAME]: 'dist/index.js' },
      files: ['dist', 'action.yml'],
    })
    for (const absent of ['dependencies', 'optionalDependencies', 'devDependencies', 'scripts'])
      expect(packed).not.toHaveProperty(absent)
    expect(readdirSync(join(installed, 'node_modules')).filter((entry) => !entry.startsWith('.'))).toEqual([NAME])
  })

  it('works by its name in an empty folder', () => {
    const program = join(installed, 'node_modules/.bin', NAME)
    writeFileSync(join(installed, 'a.jsonl'), member('1') + member('2', { points: 'many' }))
    const schema = join(ROOT, 'samples/loyalty-members.schema.json')
    const validated = run(program, ['validate', 'a.jsonl', '--schema-file', schema], installed)
    expect(validated.stdout, validated.stderr).toMatch(/^a\.jsonl:2:\d+: error: /m)
    expect(validated.status).toBe(1)
    const help = run(program, ['validate', '--help'], installed)
    expect(help.stdout).toContain('Path of a stored schema')
    expect(run(program, ['--version'], installed).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
    expect(run(program, [], installed).status).toBe(2)
  })

  it('reads large files in threads there too', () => {
    const program = join(installed, 'node_modules/.bin', NAME)
    writeFileSync(join(installed, 'large.jsonl'), member('1').repeat(60_000))
    const schema = join(ROOT, 'samples/loyalty-members.schema.json')
    const { status, stdout, stderr } = run(program, ['validate', 'large.jsonl', '--schema-file', schema], installed)
    expect(stdout, stderr).toContain('60,000 rows validated, no errors')
    expect(status).toBe(0)
  })
})
