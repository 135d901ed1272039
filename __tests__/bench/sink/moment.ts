/** A point in time by the clock that all processes of the machine share, and the processor time of this one by then. */
export type Moment = { readonly ms: number; readonly cpuMs: number }

export function moment(): Moment {
  const { user, system } = process.cpuUsage()
  return { ms: sharedMs(), cpuMs: (user + system) / 1000 }
}

/** Milliseconds of the monotonic clock, which Linux and macOS have once for all processes. */
export function sharedMs(): number {
  return Number(process.hrtime.bigint()) / 1e6
}
