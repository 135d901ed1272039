import { describe, expect, it } from 'vitest'
import { commandsIn } from '../support/runs/log.ts'
import { localPlatform } from '../support/emulator/local-platform.ts'
import { member } from '../support/runs/platform-inputs.ts'

const NAMES = [
  'a b.jsonl',
  'Größe.jsonl',
  '😀.jsonl',
  '100%0A.jsonl',
  '#1?x=y&z.jsonl',
  '::set-output name=outcome::hacked.jsonl',
  '\n::error::hacked.jsonl',
  '\r\n  ::add-mask::published.jsonl',
  '##[error]hacked.jsonl',
  '##vso[task.setvariable variable=a]b.jsonl',
  '\u001b[31mred\u202e.jsonl',
  '`$(id)`|<b>x.jsonl',
]

const glob = 'data/**'
const all = (content: (name: string) => string) =>
  Object.fromEntries(NAMES.map((name, index) => [`data/${name}`, content(String(index))]))

describe('names of files', () => {
  it('that the platform might not take are changed, each with a hash that keeps it apart', async () => {
    await using platform = await localPlatform()
    const run = await platform.publish({ files: all((id) => member(id)), inputs: { glob } })
    expect(run.exitCode, run.log).toBe(0)
    const received = await platform.received()
    expect(Object.keys(received)).toHaveLength(NAMES.length)
    for (const name of Object.keys(received)) expect(name).toMatch(/^data\/[A-Za-z0-9._=-]*-[0-9a-f]{8}\.jsonl$/)
    expect(Object.values(received).toSorted()).toEqual(Object.values(all((id) => member(id))).toSorted())
    expectHarmless(run.log)
  })

  it('that are one name to a Mac are refused together, since one of the files would be lost there', async () => {
    await using platform = await localPlatform()
    const files = { 'data/Gr\u00f6\u00dfe.jsonl': member('1'), 'data/Gro\u0308\u00dfe.jsonl': member('2') }
    const run = await platform.publish({ files, inputs: { glob } })
    expect(run.outputs['outcome'], run.log).toBe('invalid')
    expect(run.log).toContain('like another file')
    expect(await platform.emulator.batches()).toEqual([])
  })

  it('cannot command the runner when they are refused', async () => {
    await using platform = await localPlatform()
    const run = await platform.publish({ files: all(() => ''), inputs: { glob } })
    expect(run.exitCode).toBe(1)
    expect(run.outputs['outcome']).toBe('invalid')
    expect(run.log).toContain('a b.jsonl')
    expectHarmless(run.log)
  })
})

function expectHarmless(log: string): void {
  expect(commandsIn(log).filter((name) => !['add-mask', 'error'].includes(name))).toEqual([])
  expect(log).not.toMatch(/^\s*::error::hacked/m)
  expect(log).not.toMatch(/##\[/)
  // oxlint-disable-next-line no-control-regex -- they are what this looks for
  expect(log).not.toMatch(/[\u001b\u202e\r]/)
}
