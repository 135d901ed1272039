import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { localPlatform } from '../support/local-platform.ts'
import type { ActionRun } from '../support/run-action.ts'

const readme = read('README.md')
const BAD_ROWS = publishOf('samples/members-with-bad-rows', ['eu.jsonl'])

describe('the logs in README.md', () => {
  const shown = Array.from(readme.matchAll(/^```text\n([^]*?)^```$/gm), ([, log]) => likened(log ?? ''))
  const [published, again, reverted, invalid, planned, rejected, ...others] = shown

  it('are as many as are compared here', () => {
    expect(others).toEqual([])
  })

  it('are what a publish says, the same once more, a plan of other content, and taking it back', async () => {
    await using platform = await localPlatform()
    const run = publishOf('samples/members', ['eu.jsonl', 'us.json'])
    expect(published).toEqual(likened((await platform.publish(run)).log))
    expect(again).toEqual(likened((await platform.publish(run)).log))
    expect(planned).toEqual(likened((await platform.publish(planOfLess(run))).log))
    const takeBack = { mode: 'revert', 'batch-id': 'previous', publication: 'members', glob: '' }
    expect(reverted).toEqual(likened((await platform.publish({ inputs: takeBack })).log))
  })

  it('are what a publish with bad rows says, at the places that the text names', async () => {
    await using platform = await localPlatform()
    const { log } = await platform.publish(BAD_ROWS)
    expect(invalid).toEqual(likened(log))
    const places = Array.from(log.matchAll(/,line=(\d+),.*,col=(\d+),/g), ([, line, column]) => [line, column])
    const named = Array.from(readme.matchAll(/at line (\d+), column (\d+)/g), ([, line, column]) => [line, column])
    expect(named).toEqual(places)
  })

  it('are how a publish ends whose bad rows the platform rejected', async () => {
    await using platform = await localPlatform()
    const inputs = { ...BAD_ROWS.inputs, validation: 'warn', 'error-threshold': '10' }
    const { log } = await platform.publish({ ...BAD_ROWS, inputs })
    const lines = likened(log)
    expect(rejected).toEqual(lines.slice(lines.indexOf('▾ Look for rejected rows')))
  })
})

type Publish = Pick<ActionRun, 'files' | 'inputs'>

function publishOf(folder: string, names: readonly string[]): Publish {
  const paths = names.map((name) => `${folder}/${name}`)
  return {
    files: Object.fromEntries(paths.map((path) => [path, read(path)])),
    inputs: { glob: `${folder}/*`, publication: 'members', validation: 'error' },
  }
}

/** A pull request that takes one row away. */
function planOfLess({ files, inputs }: Publish): Partial<ActionRun> {
  const path = 'samples/members/eu.jsonl'
  return {
    files: { ...files, [path]: read(path).replace(/^.*\n/, '') },
    inputs: { ...inputs, mode: 'plan', 'replay-predecessors': 'previous' },
    env: { GITHUB_RUN_ID: '1002', GITHUB_REF: 'refs/pull/7/merge' },
  }
}

/** Without what differs from run to run: ids, times, and the statuses that happened to be seen. */
function likened(log: string): readonly string[] {
  const lines = asTheRunnerShows(log)
    .split('\n')
    .filter((line) => line !== '' && !/^ *Batch \S+ is /.test(line))
  return lines.map((line) => line.replace(/\b01[0-9A-Z]{24}\b/g, 'ID').replace(/\d+(\.\d)? m?s$/, 'a while'))
}

function asTheRunnerShows(log: string): string {
  const shown = log
    .replace(/^::(?:debug|add-mask)::.*\n/gm, '')
    .replace(/^::group::(.*)\n([^]*?)^::endgroup::$/gm, (_, title: string, lines: string) => unfolded(title, lines))
    .replace(/^::error[^:]*::/gm, 'Error: ')
    .replace(/^::warning[^:]*::/gm, 'Warning: ')
  return shown.replaceAll('%0A', '\n').replaceAll('%25', '%')
}

/** A group with its lines under its title. */
function unfolded(title: string, lines: string): string {
  return `▾ ${title}\n${lines.replace(/^(?=.)/gm, '  ')}`
}

function read(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
}
