import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { membersParquet } from '../../support/files/members-parquet.ts'
import { member } from '../../support/runs/platform-inputs.ts'
import { hasScript, runCommand } from '../../support/runs/run-command.ts'

const SCHEMA = readFileSync(join(import.meta.dirname, '../../../samples/loyalty-members.schema.json'), 'utf8')
const GOOD = member('1') + member('2')
const BAD = member('1') + member('2', { points: 'many' })
const FILES = { 'schemas/members.json': SCHEMA, 'data/good.jsonl': GOOD, 'data/bad.jsonl': BAD }
const WITH_SCHEMA = ['--schema-file', 'schemas/members.json']

const ESC = '\u001b'

/** What a runner would take for a command. */
const COMMANDS_OF_RUNNERS = /^::|##\[/m

describe('validate, from the command line', () => {
  it('reports rows without errors, and writes nothing into the folder', async () => {
    const run = await runCommand({ args: ['validate', 'data/good.jsonl', ...WITH_SCHEMA], files: FILES })
    expect(run, run.stderr).toMatchObject({ exitCode: 0, stderr: '', folder: FILES })
    expect(run.stdout).toContain('2 rows validated, no errors')
    expect(run.stdout).not.toMatch(COMMANDS_OF_RUNNERS)
  })

  it('exits with 1 for rows with errors, and says where they are', async () => {
    const run = await runCommand({ args: ['validate', 'data/bad.jsonl', ...WITH_SCHEMA], files: FILES })
    expect(run).toMatchObject({ exitCode: 1, stderr: '', folder: FILES })
    expect(run.stdout).toMatch(/^data\/bad\.jsonl:2:\d+: error: \/_emutenant\/loyalty\/points: .*\[number-format\]$/m)
    expect(run.stdout).toMatch(/^Error: Validation failed, nothing was sent: 1 of 2 rows/m)
    expect(run.stdout).not.toMatch(COMMANDS_OF_RUNNERS)
  })

  it.each([
    ['a folder', ['data']],
    ['a pattern that no shell has spelled out', ['data/*.jsonl']],
    ['--glob', ['--glob', 'data/*.jsonl', '--glob', '!data/none*']],
    ['a path with backslashes', ['data\\good.jsonl', 'data\\bad.jsonl']],
    ['a pattern with backslashes', ['data\\*.jsonl']],
  ])('takes %s', async (_, words) => {
    const { exitCode, stdout, stderr } = await runCommand({
      args: ['validate', ...words, ...WITH_SCHEMA],
      files: FILES,
    })
    expect(exitCode, stderr).toBe(1)
    expect(stdout).toContain('"data/bad.jsonl": 1 rejected of 2 rows')
    expect(stdout + stderr).not.toMatch(COMMANDS_OF_RUNNERS)
  })

  it('takes files outside of the folder, the schema too', async () => {
    const { exitCode, stdout, stderr } = await runCommand({
      args: ['validate', '{beside}/.exports/bad.jsonl', '--schema-file', '{beside}/s.json'],
      beside: { '.exports/bad.jsonl': BAD, 's.json': SCHEMA },
    })
    expect(exitCode, stderr).toBe(1)
    expect(stdout).toMatch(/^\/.*beside\/\.exports\/bad\.jsonl:2:\d+: error: /m)
  })

  it('tells a schema outside of the folder from a file of the same name in it', async () => {
    const { exitCode, stdout, stderr } = await runCommand({
      args: ['validate', '.', '--schema-file', '{beside}/members.json'],
      files: { 'members.json': BAD },
      beside: { 'members.json': SCHEMA },
    })
    expect(exitCode, stderr).toBe(1)
    expect(stdout).toContain('"members.json": 1 rejected of 2 rows')
  })

  it('takes files whose names are patterns', async () => {
    const files = { 's.json': SCHEMA, '#a [1]{b,c}*.jsonl': BAD, 'x.jsonl': GOOD }
    const run = await runCommand({ args: ['validate', '#a [1]{b,c}*.jsonl', '--schema-file', 's.json'], files })
    expect(run.stdout).toContain('"#a [1]{b,c}*.jsonl": 1 rejected of 2 rows')
    expect(run.exitCode).toBe(1)
  })

  it.each([
    ['JSON Lines', BAD],
    ['a JSON array', `[${BAD.trim().replaceAll('\n', ',')}]`],
  ])('takes %s on standard input', async (_, input) => {
    const run = await runCommand({ args: ['validate', '-', ...WITH_SCHEMA], files: FILES, input })
    expect(run.stdout, run.stderr).toMatch(/^<stdin>:\d+:\d+: error: /m)
    expect(run).toMatchObject({ exitCode: 1, folder: FILES })
  })

  it('takes Parquet on standard input, and tells it by its bytes', async () => {
    const input = membersParquet(['1', '2', '3'])
    const run = await runCommand({ args: ['validate', '-', ...WITH_SCHEMA], files: FILES, input })
    expect(run.stdout, run.stderr).toContain('3 rows validated, no errors')
    expect(run.exitCode).toBe(0)
  })

  it('never says that rows passed which nobody validated', async () => {
    const args = ['validate', 'data/bad.jsonl', '--validation', 'off', ...WITH_SCHEMA]
    const run = await runCommand({ args, files: FILES })
    expect(run, run.stderr).toMatchObject({ exitCode: 0, stdout: 'Files read, rows not validated: 1 file\n' })
  })

  it('leaves out what --glob excludes, also of files that are named', async () => {
    const args = ['validate', 'data/good.jsonl', 'data/bad.jsonl', '--glob', '!data/b*', ...WITH_SCHEMA]
    const run = await runCommand({ args, files: FILES })
    expect(run.stdout, run.stderr).toContain('2 rows validated, no errors')
    expect(run.stdout).not.toContain('excludes nothing')
    expect(run.exitCode).toBe(0)
  })

  it('keeps the place of an error in one line, whatever the file is called', async () => {
    const files = { ...FILES, 'a\n::error::b\u001b[2J.jsonl': BAD }
    const { stdout } = await runCommand({ args: ['validate', 'a\n::error::b\u001b[2J.jsonl', ...WITH_SCHEMA], files })
    expect(stdout).toMatch(/^a\\n::error::b\\u001b\[2J\.jsonl:2:\d+: error: /m)
    expect(stdout).not.toMatch(COMMANDS_OF_RUNNERS)
  })

  it('prints the report alone with --json', async () => {
    const args = ['validate', 'data/bad.jsonl', '--json', ...WITH_SCHEMA]
    const { exitCode, stdout, stderr } = await runCommand({ args, files: FILES })
    expect(exitCode).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, outcome: 'invalid', checks: [{ path: 'data/bad.jsonl' }] })
    expect(JSON.parse(stdout)).toMatchObject({ run: { id: '', url: '' } })
    expect(stderr).toContain('Error: Validation failed')
  })

  it('works in a step of a workflow too, where its words decide', async () => {
    const env = { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: '/nowhere', INPUT_MODE: 'publish' }
    const run = await runCommand({ args: ['validate', 'data/good.jsonl', ...WITH_SCHEMA], files: FILES, env })
    expect(run, run.stderr).toMatchObject({ exitCode: 0, folder: FILES })
  })
})

describe('wrong use of the command line', () => {
  const refused = async (...args: readonly string[]) => {
    const run = await runCommand({ args, files: FILES })
    expect(run).toMatchObject({ exitCode: 2, stdout: '', folder: FILES })
    return run.stderr
  }

  it('prints help without any words', async () => {
    expect(await refused()).toMatch(/^Usage: .*\n\nCommands\n {2}validate/)
  })

  it.each([
    [['validate'], 'No file is given'],
    [['validate', 'data/god.jsonl', ...WITH_SCHEMA], 'There is no file "data/god.jsonl" (did you mean "good.jsonl"?)'],
    [['validate', 'data/good.jsonl', '--schema-file', 'nope.json'], '--schema-file: there is no file "nope.json"'],
    [
      ['validate', 'data/good.jsonl', '--mapping', 'nope.json', ...WITH_SCHEMA],
      '--mapping: there is no file "nope.json"',
    ],
    [['validate', 'data/good.jsonl', '--format', 'jsn', ...WITH_SCHEMA], '(did you mean "json"?)'],
    [['validate', 'data/good.jsonl', '--schema-fil', 'a'], 'did you mean --schema-file?'],
    [['publish', 'data/good.jsonl'], '"publish" is not a command'],
    [['validate', 'data/good.jsonl', '--dataset', 'a'], '"client-id" is missing; allowed: the client id'],
    [
      ['validate', 'data/good.jsonl', '--dataset', 'a'],
      'allowed: one of them, as AEP_CLIENT_SECRET or AEP_ACCESS_TOKEN in the environment',
    ],
    [['validate', '', ...WITH_SCHEMA], 'The name of a file is empty; a variable may be unset'],
    [['validate', '-', '-', ...WITH_SCHEMA], '"-" is given twice'],
    [['validate', 'data/good.jsonl', '--schema-file', 'data'], '--schema-file: "data" is a folder, not a file'],
    [['validate', 'data/good.jsonl', '--mapping', '/dev/null', ...WITH_SCHEMA], '"/dev/null" is not a regular file'],
  ])('says what is wrong: %j', async (args, text) => {
    const said = await refused(...args)
    expect(said).toContain(text)
    expect(said).toMatch(/^See publish-to-experience-platform.* --help$/m)
  })

  it('asks whoever has no connection for a stored schema, and for nothing else', async () => {
    const said = await refused('validate', 'data/good.jsonl')
    expect(said).toMatch(/^Error: "schema-file" is missing; .*\nSee .*\n$/)
    const more = await refused('validate', 'data/good.jsonl', '--format', 'jsn')
    expect(more).toMatch(/^Error: "schema-file" is missing; .*\nError: "format" is "jsn"; .*\nSee .*\n$/)
  })

  it.each([
    [['validate', 'data/good.jsonl', '--client-secret', 'p8e-AbC_123_xyz'], 'AEP_CLIENT_SECRET'],
    [['--client-secret', 'p8e-AbC_123_xyz', 'validate', 'data/good.jsonl'], 'AEP_CLIENT_SECRET'],
    [['--password', 'p8e-AbC_123_xyz', 'validate', 'data/good.jsonl'], '--password is not an option'],
    [['--token=p8e-AbC_123_xyz'], '--token is not an option'],
  ])('never shows a secret that was given as an option: %j', async (args, text) => {
    const said = await refused(...args)
    expect(said).toContain(text)
    expect(said).not.toContain('p8e-AbC_123_xyz')
  })

  it.skipIf(process.platform === 'win32')(
    'names a file that cannot be looked up, such as a link to itself',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'loop-'))
      await symlink('loop', join(folder, 'loop'))
      const [said, asSchema] = [
        await refused('validate', join(folder, 'loop'), ...WITH_SCHEMA),
        await refused('validate', 'data/good.jsonl', '--schema-file', join(folder, 'loop')),
      ]
      expect(said).toMatch(/^Error: Cannot read ".*loop": ELOOP: [a-z ]+\n/)
      expect(asSchema).toMatch(/^Error: --schema-file: cannot read ".*loop": ELOOP: [a-z ]+\n/)
      await rm(folder, { recursive: true })
    },
  )

  it('commands neither a terminal nor a runner with what it was given', async () => {
    const word = 'x\u001b[2J\u009b\u202e\n::stop-commands::y'
    for (const args of [[`--${word}`], [word], ['validate', word], ['validate', 'a', '--format', word]]) {
      const said = await refused(...args)
      for (const text of [ESC, '\u009b', '\u202e']) expect(said).not.toContain(text)
      expect(said).not.toMatch(COMMANDS_OF_RUNNERS)
    }
  })
})

it('the JSON report has the words of the log, with options as a command writes them', async () => {
  const { stdout, stderr } = await runCommand({
    args: ['validate', 'data/bad.jsonl', '--json', ...WITH_SCHEMA],
    files: FILES,
  })
  const { stopped } = JSON.parse(stdout) as { readonly stopped: { readonly remedy: string } }
  expect(stopped.remedy).toContain('"--validation warn"')
  expect(stderr).toContain(stopped.remedy)
})

describe('the end of the command line', () => {
  /** More than a pipe holds, so that all of it is written only while the program reads. */
  const MUCH = member('1').repeat(40_000)

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'comes at once on %s, also while it waits for standard input',
    async (signal) => {
      const run = await runCommand({ args: ['validate', '-', ...WITH_SCHEMA], files: FILES, input: MUCH, signal })
      expect(run).toMatchObject({ exitCode: 1, stdout: '', folder: FILES })
      expect(run.stderr).toBe(`Error: Cancelled (${signal})\n`)
    },
  )

  it.skipIf(!existsSync('/dev/full')).each([
    ['the log', ['validate', 'data/good.jsonl', ...WITH_SCHEMA]],
    ['the report', ['validate', 'data/good.jsonl', '--json', ...WITH_SCHEMA]],
    ['the help', ['--help']],
  ])('is a failure when the disk is too full for %s', async (_, args) => {
    const { exitCode, stderr } = await runCommand({ args, files: FILES, outputTo: '/dev/full' })
    expect(stderr).toContain('Error: Cannot write all of standard output: ENOSPC: no space left on device\n')
    expect(exitCode).toBe(1)
  })
})

describe.skipIf(!hasScript)('in a terminal (needs "script" of util-linux)', () => {
  const args = ['validate', 'data/bad.jsonl', ...WITH_SCHEMA]

  it('the log has colours, and the exit code is the same', async () => {
    const { exitCode, stdout } = await runCommand({ args, files: FILES, inTerminal: true })
    expect(stdout.replaceAll(ESC, '<ESC>')).toMatch(/bad\.jsonl:2:\d+: <ESC>\[1;31merror<ESC>\[0m: /)
    expect(exitCode).toBe(1)
  })

  it('NO_COLOR keeps them out', async () => {
    const { stdout } = await runCommand({ args, files: FILES, inTerminal: true, env: { NO_COLOR: '1' } })
    expect(stdout).toContain(': error: ')
    expect(stdout).not.toContain('\u001b[1;31m')
  })
})
