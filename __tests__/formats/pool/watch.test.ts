import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type SliceChecker, checkFile } from '../../../src/formats/check.ts'
import { openPool } from '../../../src/formats/pool.ts'
import { bytesContent } from '../../../src/lib/content.ts'
import { Problem } from '../../../src/lib/errors.ts'
import { LINES } from '../../support/files/shapes.ts'
import { rowCheck } from '../row-check.ts'

const path = join(import.meta.dirname, 'row-program.ts')
const file = {
  content: bytesContent(Buffer.from(`"a"\n"${'a'.repeat(60)}!"\n`)),
  shape: LINES,
}

function watched(setup: unknown, mostMs: number) {
  const problemOf = (mark: number) => new Problem(`row stuck at ${mark}`, { remedy: 'Look.' })
  return openPool({ program: { path, setup }, check: rowCheck, threads: 1, watch: { mostMs, problemOf } })
}

/** The check must hear the signal that fires while a thread checks a row without an end. */
async function expectStopped(open: (begun: Int32Array<SharedArrayBuffer>) => SliceChecker): Promise<void> {
  const begun = new Int32Array(new SharedArrayBuffer(4))
  await using checker = open(begun)
  const controller = new AbortController()
  const failure = checkFile(file, { checker, signal: controller.signal })
  failure.catch(() => undefined)
  await Atomics.waitAsync(begun, 0, 0).value
  controller.abort(new Error('enough'))
  await expect(failure).rejects.toThrow('enough')
}

it('a row that takes any time is given up, and what it was busy with is named', async () => {
  await using checker = watched('endless', 200)
  const failure = checkFile(file, { checker, signal: new AbortController().signal })
  await expect(failure).rejects.toThrow('row stuck at 7')
})

it('a row that takes any time does not keep a signal from being heard', async () => {
  await expectStopped((begun) => watched(begun, 600_000))
})

it('a check of which a row may take any time leaves this thread free to hear a signal, also for a small file', async () => {
  const check = { ...rowCheck, isSlow: true }
  await expectStopped((begun) => openPool({ program: { path, setup: begun }, check, threads: 1 }))
})
