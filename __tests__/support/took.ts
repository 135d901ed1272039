/**
 * How long the work takes, in milliseconds. For work that must not be quadratic: a test uses a size at which quadratic
 * work would take at least ten times the test's limit, and the actual work at most a tenth of the limit.
 */
export async function tookMs(work: () => unknown): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}
