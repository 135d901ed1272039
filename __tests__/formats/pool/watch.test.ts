import { join } from 'node:path'
import { expect, it } from 'vitest'
import { checkFile } from '../../../src/formats/check.ts'
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

function watched(mostMs: number) {
  const problemOf = (mark: number) => new Problem(`row stuck at ${mark}`, { remedy: 'Look.' })
  return openPool({ program: { path, setup: 'endless' }, check: rowCheck, threads: 1, watch: { mostMs, problemOf } })
}

it('a row that takes any time is given up, and what it was busy with is named', async () => {
  await using checker = watched(200)
  const failure = checkFile(file, { checker, signal: new AbortController().signal })
  await expect(failure).rejects.toThrow('row stuck at 7')
})

it('a row that takes any time does not keep a signal from being heard', async () => {
  await using checker = watched(600_000)
  await expect(checkFile(file, { checker, signal: AbortSignal.timeout(200) })).rejects.toThrow('timeout')
})

it('a check of which a row may take any time leaves this thread free to hear a signal, also for a small file', async () => {
  const check = { ...rowCheck, isSlow: true }
  await using checker = openPool({ program: { path, setup: 'endless' }, check, threads: 1 })
  await expect(checkFile(file, { checker, signal: AbortSignal.timeout(200) })).rejects.toThrow('timeout')
})
