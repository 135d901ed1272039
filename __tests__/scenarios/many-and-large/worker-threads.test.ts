import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { member } from '../../support/runs/platform-inputs.ts'
import { runCommand } from '../../support/runs/run-command.ts'

const SCHEMA = readFileSync(join(import.meta.dirname, '../../../samples/loyalty-members.schema.json'), 'utf8')

/** So that each thread checks more than one slice. */
const ROWS_BYTES = 13_000_000

function manyRows(): string {
  const row = member('1')
  return row.repeat(Math.ceil(ROWS_BYTES / row.length))
}

it('what checks rows is compiled once in a thread, and not again when the first slice has been handed back', async () => {
  const { exitCode, folder } = await runCommand({
    args: ['validate', 'rows.jsonl', '--schema-file', 'schema.json'],
    files: { 'rows.jsonl': manyRows(), 'schema.json': SCHEMA },
    // One log for each thread: in one output, lines of several threads would be mixed.
    flags: ['--log-code', '--log-deopt', '--logfile-per-isolate', '--logfile=v8.log'],
  })
  expect(exitCode).toBe(0)
  const logs = Object.entries(folder).flatMap(([name, text]) => (name.endsWith('v8.log') ? [text] : []))
  const ofRowThreads = logs.filter((log) => !log.includes('main-thread.js')).join('')
  expect(ofRowThreads).toMatch(/^code-creation,.*index\.js:[\d:]+,\w+,[+*]/m)
  expect(Array.from(ofRowThreads.matchAll(/^code-deopt,.*property cell changed.*$/gm), ([line]) => line)).toEqual([])
})

it('threads that were started for rows that nobody can check are ended, and hold up nothing', async () => {
  const { exitCode, stdout } = await runCommand({
    args: ['validate', 'rows.jsonl', '--schema-file', 'schema.json'],
    files: { 'rows.jsonl': manyRows(), 'schema.json': '{}' },
  })
  expect(exitCode).toBe(1)
  expect(stdout).toContain('Cannot read the schema in "schema.json"')
})
