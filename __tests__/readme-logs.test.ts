import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { localPlatform } from './support/local-platform.ts'
import type { ActionRun } from './support/run-action.ts'

const readme = read('README.md')

describe('the logs in README.md', () => {
  const shown = Array.from(readme.matchAll(/^```text\n([^]*?)^```$/gm), ([, log]) => likened(log ?? ''))

  it('are what a publish says, the same once more, and taking it back', async () => {
    await using platform = await localPlatform()
    const run = publishOf('samples/members', ['eu.jsonl', 'us.json'])
    const takeBack = { mode: 'revert', 'batch-id': 'previous', publication: 'members', glob: '' }
    const said = [
      await platform.publish(run),
      await platform.publish(run),
      await platform.publish({ inputs: takeBack }),
    ]
    expect(shown.slice(0, 3)).toEqual(said.map(({ log }) => likened(log)))
  })

  it('are what a publish with bad rows says, at the places that the text names', async () => {
    await using platform = await localPlatform()
    const { log } = await platform.publish(publishOf('samples/members-with-bad-rows', ['eu.jsonl']))
    expect(shown.slice(3)).toEqual([likened(log)])
    const places = Array.from(log.matchAll(/,line=(\d+),.*,col=(\d+),/g), ([, line, column]) => [line, column])
    const named = Array.from(readme.matchAll(/at line (\d+), column (\d+)/g), ([, line, column]) => [line, column])
    expect(named).toEqual(places)
  })
})

function publishOf(folder: string, names: readonly string[]): Pick<ActionRun, 'files' | 'inputs'> {
  const paths = names.map((name) => `${folder}/${name}`)
  return {
    files: Object.fromEntries(paths.map((path) => [path, read(path)])),
    inputs: { glob: `${folder}/*`, publication: 'members', validation: 'error' },
  }
}

/** Without what differs from run to run: ids, times, and the statuses that happened to be seen. */
function likened(log: string): readonly string[] {
  const lines = asTheRunnerShows(log)
    .split('\n')
    .filter((line) => line !== '' && !/^::(debug|add-mask)::|^Batch \S+ is /.test(line))
  return lines.map((line) => line.replace(/\b01[0-9A-Z]{24}\b/g, 'ID').replace(/\d+(\.\d)? m?s$/, 'a while'))
}

function asTheRunnerShows(log: string): string {
  const shown = log.replace(/^::error[^:]*::(.*)$/gm, (_, message: string) => `Error: ${message}`)
  return shown.replaceAll('%0A', '\n').replaceAll('%25', '%')
}

function read(path: string): string {
  return readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
}
