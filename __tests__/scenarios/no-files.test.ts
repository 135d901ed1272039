import { expect, it } from 'vitest'
import { localPlatform } from '../support/local-platform.ts'
import { commandsIn } from '../support/commands.ts'

const TEXT = 'No file matches "glob": "data/*.jsonl"'

it.each([
  ['error', 1, ['error']],
  ['warn', 0, ['warning']],
  ['ignore', 0, []],
] as const)(
  'when no file is found, if-no-files-found: %s ends with exit code %i',
  async (choice, exitCode, commands) => {
    await using platform = await localPlatform()
    const run = await platform.publish({ files: { 'README.md': '#' }, inputs: { 'if-no-files-found': choice } })
    expect(run.exitCode, run.log).toBe(exitCode)
    expect(run.outputs).toMatchObject({ outcome: 'no-files', 'file-count': '0', 'batch-id': '', 'batch-ids': '[]' })
    expect(run.log).toContain(TEXT)
    expect(commandsIn(run.log).filter((name) => name !== 'add-mask')).toEqual(commands)
    expect(await platform.emulator.batches()).toEqual([])
  },
)
