/** A point in time by the clock that all processes share, and the processor time of this process up to then. */
export type Moment = { readonly ms: number; readonly cpuMs: number }

export function moment(): Moment {
  const { user, system } = process.cpuUsage()
  return { ms: sharedMs(), cpuMs: (user + system) / 1000 }
}

/** Milliseconds of the monotonic clock, which all processes share on Linux and macOS. */
export function sharedMs(): number {
  return Number(process.hrtime.bigint()) / 1e6
}
