import { link, mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { localPlatform } from '../support/local-platform.ts'
import { member } from '../support/platform-inputs.ts'

const files = { 'data/a.jsonl': member('1'), 'data/b.jsonl': member('2') }

describe('the files of a publish', () => {
  it('are sent once, however many patterns match them', async () => {
    await using platform = await localPlatform()
    const run = await platform.publish({ files, inputs: { glob: 'data/*.jsonl\n./data/a.*\ndata' } })
    expect(run.exitCode, run.log).toBe(0)
    expect(await platform.received()).toEqual(files)
    expect(platform.requests('PUT', /./)).toHaveLength(2)
    expect(run.log).toMatch(/^"data\/a\.jsonl" is sent once/m)
  })

  it('are sent once, however many links lead to them', async () => {
    await using platform = await localPlatform()
    const prepare = async (workspace: string) => {
      await symlink('a.jsonl', join(workspace, 'data/alias.jsonl'))
      await symlink('data', join(workspace, 'copy'))
    }
    const run = await platform.publish({ files, prepare, inputs: { glob: '**/*.jsonl' } })
    expect(run.exitCode, run.log).toBe(0)
    expect(await platform.received()).toEqual(files)
    expect(run.log).toMatch(/^"data\/a\.jsonl" is sent once, .*"copy\/a\.jsonl".*"data\/alias\.jsonl"/m)
  })

  it('are two where two names share their bytes on disk', async () => {
    await using platform = await localPlatform()
    const prepare = (workspace: string) => link(join(workspace, 'data/a.jsonl'), join(workspace, 'data/hard.jsonl'))
    const run = await platform.publish({ files, prepare })
    expect(run.exitCode, run.log).toBe(0)
    expect(Object.keys(await platform.received())).toContain('data/hard.jsonl')
  })

  it('are refused where a link leads nowhere', async () => {
    await using platform = await localPlatform()
    const prepare = (workspace: string) => symlink('gone.jsonl', join(workspace, 'data/broken.jsonl'))
    const run = await platform.publish({ files, prepare })
    expect(run.exitCode).toBe(1)
    expect(run.log).toMatch(/^::error::.*broken\.jsonl/m)
    expect(await platform.emulator.batches()).toEqual([])
  })

  it('are not touched by a broken link that no pattern matches, or that is excluded', async () => {
    await using platform = await localPlatform()
    const prepare = async (workspace: string) => {
      await symlink('gone', join(workspace, 'data/notes.md'))
      await symlink('gone.jsonl', join(workspace, 'data/broken.jsonl'))
    }
    const run = await platform.publish({ files, prepare, inputs: { glob: '**/*.jsonl\n!data/broken.jsonl' } })
    expect(run.exitCode, run.log).toBe(0)
    expect(await platform.received()).toEqual(files)
  })

  it.each(['file', 'folder'])('are refused where a link to a %s leads out of the workspace', async (kind) => {
    await using platform = await localPlatform()
    const prepare = async (workspace: string) => {
      const outside = join(workspace, '../outside')
      await mkdir(outside)
      await writeFile(join(outside, 'secret.jsonl'), member('9'))
      if (kind === 'file') await symlink(join(outside, 'secret.jsonl'), join(workspace, 'data/secret.jsonl'))
      else await symlink(outside, join(workspace, 'data/outside'))
    }
    const run = await platform.publish({ files, prepare, inputs: { glob: 'data/**/*.jsonl' } })
    expect(run.exitCode).toBe(1)
    expect(run.log).toMatch(/^::error::.*secret\.jsonl.*leads out of the workspace/m)
    expect(await platform.emulator.batches()).toEqual([])
  })

  it('leave out what an exclude takes away, and a pattern that finds none is named', async () => {
    await using platform = await localPlatform()
    const run = await platform.publish({ files, inputs: { glob: 'data/*.jsonl\nmore/*.jsonl\n!data/b.*' } })
    expect(run.exitCode, run.log).toBe(0)
    expect(Object.keys(await platform.received())).toEqual(['data/a.jsonl'])
    expect(run.log).toContain('::warning::The pattern "more/*.jsonl" of "glob" matches no file')
  })

  it('travel in the bytewise order of their names', async () => {
    await using platform = await localPlatform()
    const names = ['data/b.jsonl', 'data/a/x.jsonl', 'data/a.jsonl', 'data/a-b.jsonl', 'data/Z.jsonl']
    const unordered = Object.fromEntries(names.map((name) => [name, member('1')]))
    const inputs = { glob: 'data/**/*.jsonl', concurrency: '1' }
    await platform.publish({ files: unordered, inputs })
    const sent = platform.requests('PUT', /./).map(({ target }) => target.split('/files/')[1])
    expect(sent).toEqual(names.toReversed())
  })
})
