import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readWorkflow } from './read-workflow.ts'

const { jobs } = readWorkflow('release.yml')

/** Keeps what it was asked; knows the releases that it is told, and nothing else of the name that is looked for. */
const GH = `#!/bin/sh
echo "gh $*" >> "$ASKED"
case "$*" in
  'release view'* | *'/git/ref/'*) exit 1 ;;
  'release list'*) printf '%s\\n' $RELEASED ;;
  'api '*) exit "$REFUSES" ;;
esac
`

/** Builds what the repository holds. */
const BUILDS = `#!/bin/sh
test "$1" = scripts/build.mjs && cp -r dist "$2"
`

let home = ''

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'release-'))
  mkdirSync(join(home, 'bin'))
  writeFileSync(join(home, 'bin/gh'), GH)
  writeFileSync(join(home, 'bin/node'), BUILDS)
  writeFileSync(join(home, 'bin/npm'), '#!/bin/sh\n')
  for (const program of ['gh', 'node', 'npm']) chmodSync(join(home, 'bin', program), 0o755)
  writeFileSync(join(home, 'asked'), '')
  git('init', '--quiet', '--initial-branch=main', 'repository')
  for (const version of ['0.1.0', '0.2.0']) commit(version)
  // As a checkout of the tag has it.
  git('-C', 'repository', 'update-ref', 'refs/remotes/origin/main', 'main')
})

afterEach(() => rmSync(home, { recursive: true, force: true }))

describe.runIf(process.platform === 'linux')('release.yml', () => {
  it('releases a tag with its part of the changelog, and makes the major tag', () => {
    expect(run('tag', 'v0.2.0')).toBe(0)
    expect(release('v0.2.0')).toBe(0)
    expect(asked()).toContain('gh release create v0.2.0 --verify-tag --title v0.2.0')
    expect(asked()).toContain(`-f ref=refs/tags/v0 -f sha=${git('-C', 'repository', 'rev-parse', 'main').trim()}`)
    expect(readFileSync(join(home, 'notes.md'), 'utf8').trim()).toBe('- What came with 0.2.0')
  })

  it('leaves the major tag alone for a fix of an older version', () => {
    expect(release('v0.1.0', { RELEASED: 'v0.1.0 v0.10.0 v0.2.0' })).toBe(0)
    expect(asked()).toContain('gh release create v0.1.0')
    expect(asked()).not.toContain('refs/tags/v0 ')
  })

  it('moves the major tag past a later tag that was never released', () => {
    expect(release('v0.1.0', { RELEASED: 'v0.1.0 v1.0.0 v0.0.9' })).toBe(0)
    expect(asked()).toContain('refs/tags/v0 ')
  })

  it('says how the major tag is moved by hand where GitHub does not let it', () => {
    expect(release('v0.2.0', { REFUSES: '1' })).not.toBe(0)
    const released = git('-C', 'repository', 'rev-parse', 'v0.2.0').trim()
    expect(said).toContain(`git push --force origin ${released}:refs/tags/v0`)
  })

  it('attests the dist/ of the tag if it is, byte for byte, what another job built', () => {
    expect(run('build', 'v0.2.0')).toBe(0)
    expect(builtDigests()).toMatch(/^[0-9a-f]{64} {2}\.\/index\.js\n[0-9a-f]{64} {2}\.\/sub\/post\.js$/)
    expect(run('attest', 'v0.2.0', { BUILT: builtDigests() })).toBe(0)
  })

  it.each([
    ['another byte', 'index.js', 'index '],
    ['a file more', 'more.js', ''],
  ])('attests no dist/ with %s than was built', (_, file, text) => {
    expect(run('build', 'v0.2.0')).toBe(0)
    expect(run('attest', 'v0.2.0', { BUILT: '' })).not.toBe(0)
    writeFileSync(join(home, 'repository/dist', file), text)
    expect(run('attest', 'v0.2.0', { BUILT: builtDigests() })).not.toBe(0)
    expect(said).toContain(`./${file}`)
  })

  it('attests no dist/ that has less than was built', () => {
    expect(run('build', 'v0.2.0')).toBe(0)
    rmSync(join(home, 'repository/dist/sub'), { recursive: true })
    expect(run('attest', 'v0.2.0', { BUILT: builtDigests() })).not.toBe(0)
    expect(said).toContain('./sub/post.js')
  })

  it('releases the tarball that was attested, and no other one', () => {
    expect(release('v0.2.0')).toBe(0)
    expect(asked()).toContain('/packed/program-0.2.0.tgz')
    expect(
      run('release', 'v0.2.0', { ATTESTED: packedDigest().replace(/^./, (digit) => (digit === '0' ? '1' : '0')) }),
    ).not.toBe(0)
  })

  it('takes a tag of a maintenance branch', () => {
    aside('release/0.1', '0.1.1')
    expect(run('tag', 'v0.1.1')).toBe(0)
  })

  it('takes no tag that package.json or the changelog does not know', () => {
    git('-C', 'repository', 'tag', 'v0.3.0')
    expect(run('tag', 'v0.3.0')).not.toBe(0)
  })

  it('takes no tag of a commit that is in no such branch', () => {
    aside('aside', '0.4.0')
    expect(run('tag', 'v0.4.0')).not.toBe(0)
  })
})

/** What the last script wrote to its log. */
let said = ''

/** @returns the exit code of the first of a job's scripts that fails, or 0. */
function run(name: string, tag: string, github: Readonly<Record<string, string>> = {}): number | null {
  git('-C', 'repository', 'checkout', '--quiet', tag)
  const path = `${join(home, 'bin')}:${process.env['PATH']}`
  const env = {
    PATH: path,
    ASKED: join(home, 'asked'),
    RUNNER_TEMP: home,
    GITHUB_OUTPUT: join(home, 'output'),
    GITHUB_REF_NAME: tag,
    GITHUB_REPOSITORY: 'o/r',
    RELEASED: tag,
    REFUSES: '0',
    ...github,
  }
  writeFileSync(join(home, 'output'), name === 'release' ? read('output') : '')
  for (const { run: script } of jobs[name]?.steps ?? []) {
    if (script === undefined) continue
    const { status, stdout } = spawnSync('bash', ['-ec', script], {
      cwd: join(home, 'repository'),
      env,
      encoding: 'utf8',
    })
    said = stdout
    if (status !== 0) return status
  }
  return 0
}

/** The job that attests, as far as this is about its tarball, and then the one that releases. */
function release(tag: string, github: Readonly<Record<string, string>> = {}): number | null {
  expect(run('build', tag)).toBe(0)
  expect(run('attest', tag, { BUILT: builtDigests() })).toBe(0)
  return run('release', tag, { ATTESTED: packedDigest(), ...github })
}

function packedDigest(): string {
  return /^packed=(.*)$/m.exec(read('output'))?.[1] ?? ''
}

/** The output of the job that builds, as the runner reads it. */
function builtDigests(): string {
  return /^digests<<(?<mark>\w+)\n(?<value>[^]*)\n\k<mark>\n/.exec(read('output'))?.groups?.['value'] ?? ''
}

function asked(): string {
  return read('asked')
}

function read(file: string): string {
  return readFileSync(join(home, file), 'utf8')
}

/** A version of a branch that GitHub has beside `main`. */
function aside(branch: string, version: string): void {
  git('-C', 'repository', 'checkout', '--quiet', '-b', branch)
  commit(version)
  git('-C', 'repository', 'update-ref', `refs/remotes/origin/${branch}`, branch)
}

function commit(version: string): void {
  const at = (file: string) => join(home, 'repository', file)
  writeFileSync(at('package.json'), JSON.stringify({ name: 'program', version }))
  mkdirSync(at('scripts'), { recursive: true })
  copyFileSync(join(import.meta.dirname, '../../scripts/pack.sh'), at('scripts/pack.sh'))
  for (const file of ['action.yml', 'README.md', 'LICENSE']) writeFileSync(at(file), file)
  writeFileSync(
    at('CHANGELOG.md'),
    `# Changelog\n\n## [Unreleased]\n\n## [${version}] - 2026\n\n- What came with ${version}\n\n## [0.0.1]\n\n- Old\n`,
  )
  mkdirSync(at('dist/sub'), { recursive: true })
  writeFileSync(at('dist/index.js'), 'index')
  writeFileSync(at('dist/sub/post.js'), version)
  git('-C', 'repository', 'add', '.')
  git('-C', 'repository', '-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '--quiet', '-m', version)
  git('-C', 'repository', 'tag', `v${version}`)
}

function git(...words: readonly string[]): string {
  // Nothing of the machine's own settings, such as signing.
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' }
  return execFileSync('git', words, { cwd: home, encoding: 'utf8', env })
}
