import { chmod, mkdtempDisposable, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { GitObjects } from '../../src/github/git-program.ts'
import { waitUntil } from '../support/time/wait-until.ts'

const ID = '1'.repeat(40)

describe.skipIf(process.platform === 'win32')('the program git', () => {
  it('that was killed between two files makes the next one unreadable, and is not waited for', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'killed-git-'))
    const program = join(folder.path, 'git')
    const pidFile = join(folder.path, 'pid')
    await writeFile(program, `#!/bin/sh\necho $$ > '${pidFile}'\nread -r name\necho "$name blob 0"\necho\nkill -9 $$\n`)
    await chmod(program, 0o755)
    const env = { PATH: `${folder.path}:${process.env['PATH'] ?? ''}` }
    await using objects = new GitObjects({ workspace: folder.path, temp: folder.path, env })
    const sink = { accept: () => true, write: async () => undefined }
    expect(await objects.read(ID, sink)).toMatchObject({ kind: 'read' })
    const pid = Number(await readFile(pidFile, 'utf8'))
    await waitUntil(() => !isRunning(pid))
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(await objects.read(ID, sink)).toEqual({ kind: 'missing' })
  })
})

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
