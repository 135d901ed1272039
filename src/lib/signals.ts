import { Cancelled } from './errors.ts'

/** What the process is, for this. */
export type SignalSource = { on(name: NodeJS.Signals, listener: () => void): unknown }

/**
 * A runner that cancels sends Ctrl-C, which is SIGINT, and 7.5 s later SIGTERM; on Windows, which has no SIGTERM, that is
 * Ctrl-Break. The listeners stay, so that none of them ends the process at once. A signal that a system doesn't have never
 * comes.
 */
export function cancelOnSignals(source: SignalSource): AbortSignal {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGBREAK'] as const)
    source.on(name, () => controller.abort(new Cancelled(name)))
  return controller.signal
}
