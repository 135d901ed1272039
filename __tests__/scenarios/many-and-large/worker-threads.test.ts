import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { member } from '../../support/platform-inputs.ts'
import { runCommand } from '../../support/run-command.ts'

const SCHEMA = readFileSync(join(import.meta.dirname, '../../../samples/loyalty-members.schema.json'), 'utf8')

/** So that each thread checks more than one slice. */
const ROWS_BYTES = 13_000_000

function manyRows(): string {
  const row = member('1')
  return row.repeat(Math.ceil(ROWS_BYTES / row.length))
}

it('what checks rows is compiled once in a thread, and not again when the first slice has been handed back', async () => {
  const { exitCode, stdout } = await runCommand({
    args: ['validate', 'rows.jsonl', '--schema-file', 'schema.json'],
    files: { 'rows.jsonl': manyRows(), 'schema.json': SCHEMA },
    flags: ['--trace-opt', '--trace-deopt'],
  })
  expect(exitCode).toBe(0)
  expect(stdout).toMatch(/marking \S+ <JSFunction scan\w+ .*for optimization/)
  const thrownAway = Array.from(stdout.matchAll(/<SharedFunctionInfo (scan\w+)>.*dependent property cell changed/g))
  expect(thrownAway.map(([, name]) => name)).toEqual([])
})

it('threads that were started for rows that nobody can check are ended, and hold up nothing', async () => {
  const { exitCode, stdout } = await runCommand({
    args: ['validate', 'rows.jsonl', '--schema-file', 'schema.json'],
    files: { 'rows.jsonl': manyRows(), 'schema.json': '{}' },
  })
  expect(exitCode).toBe(1)
  expect(stdout).toContain('Cannot read the schema in "schema.json"')
})
