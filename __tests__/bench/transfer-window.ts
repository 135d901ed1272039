import type { Exchange } from './sink-program.ts'

/** The time from the first request for a file to the last answer to one. */
export type TransferWindow = {
  readonly bytes: number
  readonly requests: number
  readonly connections: number
  readonly ms: number
  /** The share of the time in which the sink worked. Near 1, the sink would be the limit. */
  readonly sinkBusy: number
}

/** @throws Error if no file arrived */
export function transferWindow(exchanges: readonly Exchange[]): TransferWindow {
  const files = exchanges.filter(({ kind }) => kind === 'file')
  const heads = files.map(({ head }) => head).toSorted((a, b) => a.ms - b.ms)
  const answers = files.map(({ answered }) => answered).toSorted((a, b) => a.ms - b.ms)
  const [first, last] = [heads[0], answers.at(-1)]
  if (first === undefined || last === undefined) throw new Error('The sink was sent no file')
  const ms = last.ms - first.ms
  const bytes = files.reduce((sum, { bodyBytes }) => sum + bodyBytes, 0)
  const connections = new Set(files.map(({ connection }) => connection)).size
  return { bytes, requests: files.length, connections, ms, sinkBusy: (last.cpuMs - first.cpuMs) / ms }
}
