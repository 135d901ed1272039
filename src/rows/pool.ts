import { createGate } from '../base/gate.ts'
import type { Slice } from './read-slice.ts'
import { RowWorker, type Program } from './row-worker.ts'
import type { RowCheck } from './row.ts'
import { checkerHere, type SliceChecker } from './slice-checker.ts'

export type PoolSetup = {
  readonly program: Program
  /** What the program makes of its setup, for what is checked in this thread. */
  readonly check: RowCheck
  readonly threads: number
}

/** What takes less time than the start of a thread is done at once. */
const HERE_BYTES = 1024 * 1024

/**
 * Checks slices in worker threads, each started when it is first needed. The first MiB of a run is checked in this thread:
 * most pull requests never start another. To be disposed of when no check is under way any more.
 */
export function openPool({ program, check, threads }: PoolSetup): SliceChecker {
  const here = checkerHere(check)
  const gate = createGate(threads)
  const idle: RowWorker[] = []
  let hereBytes = 0

  async function inThread(slice: Slice, signal: AbortSignal) {
    const worker = idle.pop() ?? new RowWorker(program)
    try {
      const { result, bytes } = await worker.check(slice, signal)
      idle.push(worker)
      here.buffers.give(bytes)
      return result
    } catch (error) {
      await worker.end()
      throw error
    }
  }

  return {
    width: threads,
    buffers: here.buffers,
    check: async (slice, signal) => {
      hereBytes += slice.bytes.length
      if (hereBytes <= HERE_BYTES) return await here.check(slice, signal)
      return await gate.enter(signal, () => inThread(slice, signal))
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(idle.splice(0).map((worker) => worker.end()))
    },
  }
}
