import { readFileSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type GitRepository, gitRepository } from '../support/github/git-repository.ts'
import { localPlatform } from '../support/emulator/local-platform.ts'
import type { ActionRun } from '../support/runs/run-action.ts'
import { readPages } from './read-pages.ts'

const WITH_ERRORS = publishOf('samples/members-with-bad-rows', ['eu.jsonl'])

/** Logs in README.md and docs/: `vitest -u` writes these files anew, and "npm run readme" puts them into the pages. */
describe('the log of', () => {
  it('a publish run, the same once more, a plan of less data, and a revert', async () => {
    await using platform = await localPlatform()
    await using repository = await gitRepository()
    const { files = {}, inputs } = publishOf('samples/members', ['eu.jsonl', 'us.json'])
    const run = { files, inputs, env: { GITHUB_SHA: await repository.commit(files) } }
    await expectLog('published', (await platform.publish(run)).log)
    await expectLog('skipped', (await platform.publish(run)).log)
    await expectLog('planned', (await platform.publish(planOfLess(run, repository))).log)
    const revert = { mode: 'revert', 'batch-id': 'previous', publication: 'members', glob: '' }
    await expectLog('reverted', (await platform.publish({ inputs: revert })).log)
  })

  it('a run with errors, at the places that the page names', async () => {
    await using platform = await localPlatform()
    const { log } = await platform.publish(WITH_ERRORS)
    await expectLog('invalid', log)
    const places = Array.from(log.matchAll(/,line=(\d+),.*,col=(\d+),/g), ([, line, column]) => [line, column])
    const page = readFileSync(new URL('../../docs/validation.md', import.meta.url), 'utf8')
    const named = Array.from(page.matchAll(/at line (\d+), column (\d+)/g), ([, line, column]) => [line, column])
    expect(named).toEqual(places)
  })

  it('a run whose rows the platform rejected, from there on', async () => {
    await using platform = await localPlatform()
    const inputs = { ...WITH_ERRORS.inputs, validation: 'warn', 'error-threshold': '10' }
    const { log } = await platform.publish({ ...WITH_ERRORS, inputs })
    await expectLog('rejected', log.slice(log.search(/^Batch \S+: \d+ rejected rows?, /m)))
  })

  it('an error, with what to do about it', async () => {
    await using platform = await localPlatform()
    const run = publishOf('samples/members', ['eu.jsonl'])
    await expectLog(
      'error',
      (await platform.publish({ ...run, inputs: { ...run.inputs, dataset: 'Loyalty member' } })).log,
    )
  })

  it('nothing else is in the pages', () => {
    const texts = readPages().flatMap(({ text }) =>
      Array.from(text.matchAll(/^(.*)\n\n```text\n(.*)\n/gm), ([, before = '', first]) => ({ before, first })),
    )
    const unknown = texts.filter(({ before }) => !/^<!-- log: .* -->$/.test(before))
    // What pre-commit reads.
    expect(unknown.map(({ first }) => first)).toEqual(['repos:'])
    const shown = readPages().flatMap(({ text }) =>
      Array.from(text.matchAll(/^<!-- log: (.*) -->$/gm), ([, name]) => name),
    )
    expect(new Set(shown)).toEqual(
      new Set(['command-line', 'error', 'invalid', 'planned', 'published', 'rejected', 'reverted', 'skipped']),
    )
  })
})

type Publish = Pick<ActionRun, 'files' | 'inputs'>

async function expectLog(name: string, log: string): Promise<void> {
  await expect(likened(log)).toMatchFileSnapshot(`logs/${name}.txt`)
}

function publishOf(folder: string, names: readonly string[]): Publish {
  const paths = names.map((name) => `${folder}/${name}`)
  return {
    files: Object.fromEntries(paths.map((path) => [path, read(path)])),
    inputs: { glob: `${folder}/*`, publication: 'members', validation: 'error' },
  }
}

/** A pull request that takes one row away. */
function planOfLess({ files, inputs }: Publish, repository: GitRepository): Partial<ActionRun> {
  const path = 'samples/members/eu.jsonl'
  return {
    files: { ...files, [path]: read(path).replace(/^.*\n/, '') },
    inputs: { ...inputs, mode: 'plan', 'replay-predecessors': 'previous' },
    env: { GITHUB_RUN_ID: '1002', GITHUB_REF: 'refs/pull/7/merge' },
    prepare: (workspace) => cp(join(repository.folder, '.git'), join(workspace, '.git'), { recursive: true }),
  }
}

/** With one id and one duration for all, and only the last of the statuses, as the others may be missed. */
function likened(log: string): string {
  const lines = asTheRunnerShows(log)
    .split('\n')
    .filter((line) => line !== '' && !/^ *Batch \S+: (?!success|inactive)\w+ after /.test(line))
  return `${lines.join('\n')}\n`
    .replace(/\b01[0-9A-Z]{24}\b/g, '01M81NDYG1T5JTG6A2FXH3QFD8')
    .replace(/\bcommit [0-9a-f]{7}\b/g, 'commit 0a1b2c3')
    .replace(/\b(in|after) \d+(?:\.\d)? m?s\b/g, '$1 1.0 s')
}

function asTheRunnerShows(log: string): string {
  const shown = log
    .replace(/^::(?:debug|add-mask)::.*\n/gm, '')
    .replace(/^::error[^:]*::/gm, 'Error: ')
    .replace(/^::warning[^:]*::/gm, 'Warning: ')
  return shown.replaceAll('%0A', '\n').replaceAll('%25', '%')
}

function read(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
}
