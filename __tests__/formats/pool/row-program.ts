import { isMainThread } from 'node:worker_threads'
import { Problem } from '../../../src/lib/errors.ts'
import { serveSlices } from '../../../src/formats/pool.ts'
import type { RowCheck } from '../../../src/formats/record.ts'
import { rowCheck } from '../row-check.ts'

/** The entry point as a worker thread runs it; its setup says how it ends before its time. */
if (!isMainThread) serveSlices(checkFor)

function checkFor(setup: unknown, progress: Int32Array): RowCheck {
  if (setup === 'endless') return { ...rowCheck, text: (text) => backtrack(text, progress) }
  if (setup === 'refuse') throw new Error('no schema')
  if (setup === 'problem') return { ...rowCheck, text: () => refuse() }
  if (setup === 'fill') throw Object.assign(new Error('reached its memory limit'), { code: 'ERR_WORKER_OUT_OF_MEMORY' })
  if (setup === 'exit') return { ...rowCheck, text: () => process.exit(7) }
  if (setup === 'exit at a row') return { ...rowCheck, value: () => process.exit(7) }
  if (setup instanceof Int32Array) return { ...rowCheck, text: () => hang(setup) }
  return rowCheck
}

function refuse(): never {
  throw new Problem('Cannot read it', { remedy: 'Look.' })
}

const ENDLESS = /^(a+)+$/

function backtrack(text: string, progress: Int32Array): void {
  progress[1] = (progress[1] ?? 0) + 1
  progress[0] = 7
  ENDLESS.test(JSON.parse(text) as string)
  progress[0] = 0
}

/** Says that it has begun, and has no end. */
function hang(begun: Int32Array): void {
  Atomics.store(begun, 0, 1)
  Atomics.notify(begun, 0)
  ENDLESS.test(`${'a'.repeat(60)}!`)
}
