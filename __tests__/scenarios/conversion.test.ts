import { statSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { leftovers } from '../support/emulator/truth.ts'
import { localPlatform } from '../support/emulator/local-platform.ts'
import { member } from '../support/runs/platform-inputs.ts'
import { waitUntil } from '../support/time/wait-until.ts'

/** Text, numbers and order of keys that a parser would write otherwise. */
const RECORDS = [
  '{"_emutenant":{"loyalty":{"loyaltyId":"\\u0031","discount":12345678901234567890.50,"points":1e2}}}',
  '{"_emutenant":{"loyalty":{"tags":["a b","\\u00e9\\/"],"loyaltyId":"2","loyaltyId":"2b","discount":-0.0}}}',
]
const LINES = RECORDS.map((record) => `${record}\n`).join('')

/** White space between tokens, as a pretty-printer puts it there. */
const PRETTY = RECORDS.map((record) => record.replaceAll(/([{:,[])(?=["{[\d-])/g, '$1\n  \t')).join('\r\n')

const SHAPES = [
  ['an array', `[\n${RECORDS.join(',\n')}\n]\n`],
  ['an array in one line', `[${RECORDS.join(',')}]`],
  ['pretty-printed objects', PRETTY],
] as const

describe('a file that is not JSON Lines', () => {
  it.each(SHAPES)('(%s) travels as JSON Lines, every token as it was', async (_, content) => {
    await using platform = await localPlatform()
    const run = await platform.publish({ files: { 'data/a.json': content }, inputs: { glob: 'data/*.json' } })
    expect(run.exitCode, run.log).toBe(0)
    expect(await platform.received()).toEqual({ 'data/a.json': LINES })
    expect(await platform.batch()).toMatchObject({ inputFormat: { format: 'json', isMultiLineJson: false } })
    expect(run.outputs['byte-count']).toBe(String(Buffer.byteLength(content)))
    expect(leftovers(run.temp)).toEqual([])
  })

  it('travels as it is when it is to be kept', async () => {
    await using platform = await localPlatform()
    const files = { 'data/a.json': `[\n${member('1')},${member('2')}]` }
    const run = await platform.publish({ files, inputs: { glob: 'data/*.json', 'multiline-json': 'keep' } })
    expect(run.exitCode, run.log).toBe(0)
    expect(await platform.received()).toEqual(files)
    expect(await platform.batch()).toMatchObject({ inputFormat: { format: 'json', isMultiLineJson: true } })
    expect(run.outputs['records-written']).toBe('2')
  })

  it('(lines with carriage returns between tokens) travels with spaces in their place, and ends as it ended', async () => {
    await using platform = await localPlatform()
    const content = [member('1').replace(':', ':\r'), member('2').replace('\n', '\r\n'), member('3').trimEnd()].join('')
    const run = await platform.publish({ files: { 'data/a.jsonl': content }, inputs: { glob: 'data/*.jsonl' } })
    expect(run.exitCode, run.log).toBe(0)
    expect(await platform.received()).toEqual({ 'data/a.jsonl': content.replace(':\r', ': ') })
    expect(run.outputs['records-written']).toBe('3')
    expect(leftovers(run.temp)).toEqual([])
  })

  it('is refused when a carriage return stands between tokens of its lines and it is to be kept', async () => {
    await using platform = await localPlatform()
    const files = { 'data/a.jsonl': member('1') + member('2').replace(':', ':\r') }
    const run = await platform.publish({ files, inputs: { glob: 'data/*.jsonl', 'multiline-json': 'keep' } })
    expect(run.exitCode, run.log).toBe(1)
    expect(run.outputs['outcome']).toBe('invalid')
    expect(run.log).toMatch(/has a carriage return between tokens of a record at line 2, column \d+/)
    expect(run.log).toContain('Set "multiline-json: convert"')
  })

  it('is refused when a carriage return parts two records of a line, of which most readers would take one', async () => {
    await using platform = await localPlatform()
    const files = { 'data/a.jsonl': member('1') + member('2').replace('\n', '\r') + member('3') }
    const run = await platform.publish({ files, inputs: { glob: 'data/*.jsonl', validation: 'off' } })
    expect(run.exitCode, run.log).toBe(1)
    expect(run.outputs['outcome']).toBe('invalid')
    expect(run.log).toMatch(/has a carriage return between two records of a line at line 2, column \d+/)
    expect(await platform.emulator.batches()).toEqual([])
  })

  it('can be read by this user alone while it waits, and is gone even after a cancel', async () => {
    await using platform = await localPlatform()
    platform.emulator.faults.add({ method: 'PUT', times: 0, effect: { kind: 'slow-upload', bytesPerSecond: 1 } })
    let modes: readonly number[] = []
    const run = await platform.publish({
      files: { 'data/a.json': `[${member('1')}]` },
      inputs: { glob: 'data/*.json' },
      onLine: {
        match: /Created batch/,
        act: async (child, { temp }) => {
          await waitUntil(() => platform.requests('PUT', /a\.json/).length > 0)
          modes = modesUnder(temp)
          child.kill('SIGINT')
        },
      },
    })
    expect(modes).toEqual([0o700, 0o600])
    expect(run.outputs['outcome'], run.log).toBe('cancelled')
    expect(leftovers(run.temp)).toEqual([])
  })
})

function modesUnder(folder: string): readonly number[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .toSorted()
    .map((name) => statSync(join(folder, name)).mode & 0o777)
}
