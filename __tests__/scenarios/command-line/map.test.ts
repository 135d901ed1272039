import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { localPlatform } from '../../support/emulator/local-platform.ts'
import { datasets, platformInputs, SECRET } from '../../support/runs/platform-inputs.ts'
import { hasScript, runCommand } from '../../support/runs/run-command.ts'

const read = (path: string) => readFileSync(join(import.meta.dirname, '../../../samples', path), 'utf8')
const FILES = {
  's.json': read('loyalty-members.schema.json'),
  'm.json': read('members-csv/mapping.json'),
  'crm.csv': read('members-csv/members.csv'),
}
const MAP = ['map', 'crm.csv', '--mapping', 'm.json', '--schema-file', 's.json']
const SUGGEST = ['map', 'crm.csv', '--suggest', '--schema-file', 's.json']

const linesOf = (text: string) => text.trimEnd().split('\n')

describe('map', () => {
  it('prints the record of each row, and how often each mapping gave a value', async () => {
    const { exitCode, stdout, stderr, folder } = await runCommand({ args: MAP, files: FILES })
    expect(exitCode, stderr).toBe(0)
    const records = linesOf(stdout).map((line) => JSON.parse(line) as unknown)
    expect(records).toHaveLength(9)
    expect(records[0]).toEqual({
      _emutenant: { loyalty: { loyaltyId: 'L2001', tier: 'gold', points: 1200 } },
      person: { name: { firstName: 'Ada' }, birthDate: '1985-12-10' },
      personalEmail: { address: 'ada@example.com' },
    })
    expect(stderr).toMatch(/^3\. lower\(trim\(\$\{E-Mail\}\)\) → personalEmail\.address: 8 values, 1 null, 0 errors$/m)
    expect(stderr).toContain('Mapped 9 rows')
    expect(folder).toEqual(FILES)
  })

  it('prints the first ones with --limit', async () => {
    const { stdout, stderr } = await runCommand({ args: [...MAP, '--limit', '2'], files: FILES })
    expect(linesOf(stdout)).toHaveLength(2)
    expect(stderr).toContain('7 more records not shown')
  })

  it('prints them although their fields have errors, which it reports', async () => {
    const files = { ...FILES, 'crm.csv': FILES['crm.csv'].replace(',1200', ',many') }
    const { exitCode, stdout, stderr } = await runCommand({ args: MAP, files })
    expect(linesOf(stdout)).toHaveLength(9)
    expect(stderr).toMatch(/^crm\.csv:2:\d+: error: .*\[mapping-error\]$/m)
    expect(exitCode).toBe(0)
  })

  it('commands neither a terminal nor a runner with what rows hold', async () => {
    const files = { ...FILES, 'crm.csv': FILES['crm.csv'].replace('Ada', '\u009b2J##[error]\u202e') }
    const { stdout } = await runCommand({ args: MAP, files })
    for (const text of ['\u009b', '##[', '\u202e']) expect(stdout).not.toContain(text)
    expect(JSON.parse(linesOf(stdout)[0] ?? '')).toMatchObject({
      person: { name: { firstName: '\u009b2J##[error]\u202e' } },
    })
  })

  it('ends quietly when nobody reads on', async () => {
    const files = {
      ...FILES,
      'crm.csv': FILES['crm.csv'] + FILES['crm.csv'].replace(/^.*\n/, '').repeat(2_000),
    }
    const { exitCode, stderr } = await runCommand({ args: MAP, files, closesOutput: true })
    expect(stderr).not.toContain('EPIPE')
    expect(exitCode).toBe(0)
  })

  it.skipIf(!hasScript)('shows ten records in a terminal, unless more are asked for', async () => {
    const rows = linesOf(FILES['crm.csv'])
    const files = { ...FILES, 'crm.csv': `${[...rows, ...rows.slice(1)].join('\n')}\n` }
    const { stdout } = await runCommand({ args: MAP, files, inTerminal: true })
    expect(stdout.match(/^\{/gm)).toHaveLength(10)
    expect(stdout).toContain('8 more records not shown')
  })

  it.each([
    [['map', 'crm.csv', '--schema-file', 's.json'], 'needs --mapping or --suggest'],
    [[...MAP, '--suggest'], 'one of them'],
    [[...MAP, '--output', 'x.json'], '--output is for --suggest'],
    [[...MAP, '--limit', '0'], '--limit is "0"'],
  ])('is refused as wrong use: %j', async (args, text) => {
    const { exitCode, stderr } = await runCommand({ args, files: FILES })
    expect(exitCode).toBe(2)
    expect(stderr).toContain(text)
  })
})

describe('map --suggest', () => {
  it('proposes a mapping set that "map" takes', async () => {
    const { exitCode, stdout, stderr, folder } = await runCommand({ args: SUGGEST, files: FILES })
    expect(exitCode, stderr).toBe(0)
    expect(folder).toEqual(FILES)
    expect(stderr).toMatch(/^"E-Mail" → personalEmail\.address \(likely\)$/m)
    expect(stderr).toContain('Columns without a field: "Member No", "Plan"')
    expect(stderr).toMatch(/^Warning: .*loyaltyId/m)
    const again = await runCommand({
      args: MAP,
      files: {
        ...FILES,
        'm.json': stdout
          .replace('"First name"', '"Member No"')
          .replace('person.name.firstName', '_emutenant.loyalty.loyaltyId'),
      },
    })
    expect(again.exitCode, again.stderr).toBe(0)
    expect(again.stdout).toContain('"loyaltyId":"L2001"')
  })

  it('takes every file that "map" takes, such as one with a line break in a value', async () => {
    const files = { ...FILES, 'crm.csv': FILES['crm.csv'].replace('Lovelace', '"Love\nlace"') }
    const proposed = await runCommand({ args: SUGGEST, files })
    expect(JSON.parse(proposed.stdout || '{}'), proposed.stderr).toMatchObject({ mappings: expect.any(Array) })
    expect(proposed.exitCode).toBe(0)
    const mapped = await runCommand({ args: MAP, files })
    expect(mapped.exitCode, mapped.stderr).toBe(0)
    expect(linesOf(mapped.stdout)).toHaveLength(9)
  })

  it('writes it into a file that is not there yet', async () => {
    const { folder } = await runCommand({ args: [...SUGGEST, '--output', 'mappings/crm.json'], files: FILES })
    expect(JSON.parse(folder['mappings/crm.json'] ?? '')).toMatchObject({ mappings: expect.any(Array) })
    const kept = await runCommand({ args: [...SUGGEST, '--output', 'm.json'], files: FILES })
    expect(kept).toMatchObject({ exitCode: 2, folder: FILES })
  })

  it('asks the registry for the schema of a dataset', async () => {
    await using platform = await localPlatform()
    const inputs = platformInputs(platform.url)
    const options = ['client-id', 'org-id', 'sandbox', 'platform-url', 'ims-url'].map(
      (name) => `--${name}=${inputs[name]}`,
    )
    const args = ['map', 'crm.csv', '--suggest', '--dataset', datasets.loyalty, ...options]
    const { exitCode, stdout, stderr } = await runCommand({ args, files: FILES, env: { AEP_CLIENT_SECRET: SECRET } })
    expect(exitCode, stderr).toBe(0)
    expect(stdout).toContain('"person.name.firstName"')
  })

  it('has nothing to propose for rows that are not flat', async () => {
    const files = { ...FILES, 'crm.csv': '', 'a.jsonl': '{"a":{"b":1}}\n' }
    const { exitCode, stderr } = await runCommand({
      args: ['map', 'a.jsonl', '--suggest', '--schema-file', 's.json'],
      files,
    })
    expect(exitCode).toBe(1)
    expect(stderr).toContain('its rows are not flat')
  })
})
