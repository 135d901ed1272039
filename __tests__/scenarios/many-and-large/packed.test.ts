import { describe, expect, it } from 'vitest'
import { localPlatform } from '../../support/emulator/local-platform.ts'
import { datasets, member } from '../../support/runs/platform-inputs.ts'
import { rejectedIn } from '../../support/check/validated.ts'

const COUNT = 150
const pathOf = (index: number) => `data/${String(index).padStart(3, '0')}.json`

/** Lines, lines without an end, arrays and pretty-printed objects by turns. */
function fileOf(index: number, row = member(String(index))): string {
  const pretty = JSON.stringify(JSON.parse(row), null, 2)
  return [row, row.trimEnd(), `[${row.trimEnd()}]`, pretty][index % 4] ?? row
}

const FILES = Object.fromEntries(Array.from({ length: COUNT }, (_, index) => [pathOf(index), fileOf(index)]))

describe('150 small JSON files', () => {
  it('travel in one file, every row once and in its own line', async () => {
    await using platform = await localPlatform()
    const run = await platform.publish({ files: FILES, inputs: { glob: 'data/*.json' } })
    expect(run.exitCode, run.log).toBe(0)
    const received = await platform.received()
    expect(Object.keys(received)).toEqual(['packed-00001.json'])
    const rows = (received['packed-00001.json'] ?? '').trimEnd().split('\n')
    expect(rows.map((row) => JSON.parse(row) as unknown)).toEqual(
      Array.from({ length: COUNT }, (_, index) => JSON.parse(member(String(index))) as unknown),
    )
    expect(run.outputs).toMatchObject({ 'file-count': String(COUNT), 'records-written': String(COUNT) })
    expect(run.log).toContain('150 files, 150 rows')
    expect(run.log).toContain('(1 upload)')
  })

  it('are named, with the line, for rows that the platform rejects in the file that they were packed in', async () => {
    await using platform = await localPlatform()
    const bad = { tier: 'iron' }
    const files = {
      ...FILES,
      [pathOf(41)]: `${member('41')}${member('bad', bad)}`,
      [pathOf(90)]: `[${member('90').trimEnd()},\n\n  ${member('worse', bad).trimEnd()}]`,
    }
    const inputs = { glob: 'data/*.json', 'error-threshold': '50' }
    const run = await platform.publish({ files, inputs })
    expect(run.outputs['outcome'], run.log).toBe('partially-published')
    expect(run.outputs['records-failed']).toBe('2')
    expect(rejectedIn(run)[0]?.rows.map(({ found }) => found)).toEqual([
      { kind: 'found', file: pathOf(41), place: { kind: 'text', line: 2, column: expect.any(Number) as number } },
      {
        kind: 'found',
        file: pathOf(90),
        place: { kind: 'text', line: 3, column: expect.any(Number) as number, index: 1 },
      },
    ])
  })

  it('travel as they are under "multiline-json: keep", and in partition directories', async () => {
    await using platform = await localPlatform()
    const lines = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [pathOf(index), member(String(index))]))
    const kept = await platform.publish({ files: lines, inputs: { glob: 'data/*.json', 'multiline-json': 'keep' } })
    expect(kept.exitCode, kept.log).toBe(0)
    expect((await platform.batch()).files).toHaveLength(101)
    const inDays = Object.fromEntries(Object.entries(lines).map(([path, text]) => [`day=1/${path}`, text]))
    await using other = await localPlatform()
    await other.publish({ files: inDays, inputs: { glob: '**/*.json' } })
    expect((await other.batch()).files).toHaveLength(101)
  })

  it('of another format travel as they are', async () => {
    await using platform = await localPlatform()
    const files = Object.fromEntries(
      Array.from({ length: 101 }, (_, index) => [`${index}.csv`, `sku,name\n${index},Name ${index}\n`]),
    )
    const run = await platform.publish({ files, inputs: { glob: '*.csv', dataset: datasets.products } })
    expect(run.exitCode, run.log).toBe(0)
    expect((await platform.batch()).files).toHaveLength(101)
  })
})
