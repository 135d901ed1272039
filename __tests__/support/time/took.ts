/**
 * How much processor time of this thread the work takes, in milliseconds: unlike the time that passes, it does not grow
 * while other processes load the machine. For work that must not be quadratic: a test uses a size at which quadratic
 * work would take at least ten times the test's limit, and the actual work at most a tenth of the limit.
 */
export async function tookMs(work: () => unknown): Promise<number> {
  const begun = process.threadCpuUsage()
  await work()
  const { user, system } = process.threadCpuUsage(begun)
  return (user + system) / 1_000
}
