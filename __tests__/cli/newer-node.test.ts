import { EventEmitter } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runByNewerNode } from '../../src/cli/newer-node.ts'
import { waitUntil } from '../support/time/wait-until.ts'

/** A clone whose newer Node.js is this script; none without one. */
async function clone(script?: string) {
  const home = await mkdtemp(join(tmpdir(), 'clone-'))
  if (script !== undefined) {
    await mkdir(join(home, 'node_modules/.bin'), { recursive: true })
    await writeFile(join(home, 'node_modules/.bin/node'), `#!/bin/sh\n${script}\n`)
    await chmod(join(home, 'node_modules/.bin/node'), 0o755)
  }
  const [program, seen] = [join(home, 'dist/index.js'), join(home, 'seen')]
  const signals = new EventEmitter()
  const started = (version: string, args: readonly string[] = []) => ({ version, home, program, args, signals })
  return { seen, signals, started, [Symbol.asyncDispose]: () => rm(home, { recursive: true }) }
}

describe('an older Node.js', () => {
  /** The newer one is played by a shell script; packages bring none for Windows. */
  const onUnix = it.skipIf(process.platform === 'win32')

  onUnix('hands over to the newer one of the clone, with all arguments and its exit code', async () => {
    await using own = await clone('[ "$2" = "validate" ] && [ "$3" = "a b.jsonl" ] && [ "$#" = 3 ] && exit 7; exit 9')
    expect(await runByNewerNode(own.started('v20.20.2', ['validate', 'a b.jsonl']))).toEqual({ exitCode: 7 })
  })

  onUnix('ends as the newer one was ended', async () => {
    await using own = await clone('kill -TERM $$')
    expect(await runByNewerNode(own.started('v22.1.0'))).toEqual({ exitCode: 143 })
  })

  onUnix('waits for the newer one when both are stopped, which ends in its own way', async () => {
    await using own = await clone('trap "exit 5" TERM; touch "$2"; while :; do sleep 0.01; done')
    const rerun = runByNewerNode(own.started('v20.20.2', [own.seen]))
    await waitUntil(() => existsSync(own.seen))
    own.signals.emit('SIGTERM')
    expect(await rerun).toEqual({ exitCode: 5 })
  })

  it('says what is needed where the clone has no other', async () => {
    await using own = await clone()
    const rerun = await runByNewerNode(own.started('v20.20.2'))
    expect(rerun?.exitCode).toBe(2)
    expect(rerun?.message).toMatch(
      /^Node\.js 24 or later is needed, and this is v20\.20\.2\. Install it, or run "npm ci"/,
    )
  })
})

it.each(['v24.0.0', 'v24.21.0', 'v26.1.0', process.version])('Node.js %s runs the program itself', async (version) => {
  await using own = await clone('exit 9')
  expect(await runByNewerNode(own.started(version))).toBeUndefined()
})
