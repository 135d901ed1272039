import type { Exchange } from './sink-program.ts'

/** From the first file's request to the last answer to one. */
export type TransferWindow = {
  readonly bytes: number
  readonly requests: number
  readonly connections: number
  readonly ms: number
  /** How much of that time the sink worked: near 1, it would be what is measured. */
  readonly sinkBusy: number
}

/** @throws Error when no file came */
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
