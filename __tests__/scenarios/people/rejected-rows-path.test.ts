import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { localPlatform, type LocalPlatform } from '../../support/emulator/local-platform.ts'
import { member } from '../../support/runs/platform-inputs.ts'
import type { ActionResult, ActionRun } from '../../support/runs/run-action.ts'

const BAD = { 'data/a.jsonl': `${member('1')}${member('2', { points: 3_000_000_000 })}` }
const GOOD = { 'data/a.jsonl': member('1') }

/** Publishes with `rejected-rows-path`, and hands back what the file holds then, undefined where there is none. */
async function written(
  platform: LocalPlatform,
  path: string,
  run: Partial<ActionRun>,
): Promise<{ readonly run: ActionResult; readonly text: string | undefined }> {
  let text: string | undefined
  const result = await platform.publish({
    ...run,
    inputs: { 'rejected-rows-path': path, ...run.inputs },
    afterwards: async (workspace) => {
      text = await readFile(join(workspace, path), 'utf8').catch(() => undefined)
      await run.afterwards?.(workspace)
    },
  })
  return { run: result, text }
}

describe('`rejected-rows-path`', () => {
  it.concurrent('gets a line for each rejected row: why, where, and the record itself', async () => {
    await using platform = await localPlatform()
    const files = { 'data/a.jsonl': `${member('1')}${member('2', { points: 'many' })}{"_emutenant":\n` }
    const { run, text = '' } = await written(platform, 'out/rejected.jsonl', { files })
    expect(run.outputs['outcome'], run.log).toBe('failed')
    const [first = '', second = '', ...others] = text.split('\n')
    expect(JSON.parse(first)).toEqual({
      code: '100',
      reason: expect.stringContaining('Cannot convert'),
      pointer: '/_emutenant/loyalty/points',
      file: 'data/a.jsonl',
      line: 2,
      record: JSON.parse(member('2', { points: 'many' })),
    })
    expect(JSON.parse(second)).toMatchObject({ file: 'data/a.jsonl', line: 3, record: '{"_emutenant":' })
    expect(others).toEqual([''])
    expect(run.log).toContain('Wrote 2 rejected rows to "out/rejected.jsonl"')
  })

  it.concurrent('is for this user alone, also where there was a file that anybody could read', async () => {
    await using platform = await localPlatform()
    let mode = 0
    const { text } = await written(platform, 'rejected.jsonl', {
      files: BAD,
      prepare: (workspace) =>
        writeFile(join(workspace, 'rejected.jsonl'), 'of an earlier run\n'.repeat(99), { mode: 0o644 }),
      afterwards: async (workspace) => void (mode = (await stat(join(workspace, 'rejected.jsonl'))).mode & 0o777),
    })
    expect(text).not.toContain('of an earlier run')
    expect(mode.toString(8)).toBe('600')
  })

  it.concurrent('is empty where nothing was rejected: one of an earlier run would be taken for its own', async () => {
    await using platform = await localPlatform()
    const prepare = (workspace: string) => writeFile(join(workspace, 'rejected.jsonl'), 'of an earlier run')
    const { run, text } = await written(platform, 'rejected.jsonl', { files: GOOD, prepare })
    expect(run.exitCode, run.log).toBe(0)
    expect(text).toBe('')
  })

  it.concurrent.each(['../rejected.jsonl', '/etc/rejected.jsonl', 'out/../../rejected.jsonl'])(
    'is refused outside of the workspace before anything is asked: %s',
    async (path) => {
      await using platform = await localPlatform()
      const run = await platform.publish({ files: GOOD, inputs: { 'rejected-rows-path': path } })
      expect(run.exitCode).toBe(1)
      expect(run.log).toContain('"rejected-rows-path" is')
      expect(platform.emulator.requests()).toEqual([])
    },
  )

  it.concurrent.each(['data/a.jsonl', './data//a.jsonl', 'data\\a.jsonl'])(
    'is refused before anything is sent where it is a file to publish: %s',
    async (path) => {
      await using platform = await localPlatform()
      const { run } = await written(platform, path, { files: BAD })
      expect(run.exitCode).toBe(1)
      expect(run.log).toMatch(/^::error::Cannot write the rejected rows to .*: it is a file to publish/m)
      expect(await platform.emulator.batches()).toEqual([])
    },
  )
})

describe('`rejected-rows-path` that cannot be written', () => {
  it.concurrent('is a warning, and changes nothing of the verdict', async () => {
    await using platform = await localPlatform()
    const { run } = await written(platform, 'data', { files: GOOD })
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs['outcome']).toBe('published')
    expect(run.log).toMatch(/^::warning::Cannot write "data": /m)
  })

  it.concurrent('is a link: what it leads to is left alone', async () => {
    await using platform = await localPlatform()
    let other = ''
    const { run } = await written(platform, 'rejected.jsonl', {
      files: BAD,
      prepare: async (workspace) => {
        await writeFile(join(workspace, 'README.md'), 'mine')
        await symlink('README.md', join(workspace, 'rejected.jsonl'))
      },
      afterwards: async (workspace) => void (other = await readFile(join(workspace, 'README.md'), 'utf8')),
    })
    expect(run.log).toMatch(/^::warning::Cannot write "rejected.jsonl": there is a link at this path/m)
    expect(other).toBe('mine')
  })

  it.concurrent('lies beyond a link that leads out: not even a folder is made there', async () => {
    await using platform = await localPlatform()
    let beyond: readonly string[] = []
    const { run } = await written(platform, 'out/deep/rejected.jsonl', {
      files: BAD,
      prepare: async (workspace) => {
        await mkdir(join(workspace, '../elsewhere'))
        await symlink('../elsewhere', join(workspace, 'out'))
      },
      afterwards: async (workspace) => void (beyond = await readdir(join(workspace, '../elsewhere'))),
    })
    expect(run.outputs['outcome'], run.log).toBe('failed')
    expect(run.log).toMatch(
      /^::warning::Cannot write "out\/deep\/rejected.jsonl": .*is a link to a place outside the workspace/m,
    )
    expect(beyond).toEqual([])
  })
})
