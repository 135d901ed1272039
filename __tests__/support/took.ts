/**
 * How long the work takes, in milliseconds. For what must not cost the square of its size: a test gives it so much that the
 * square would take at least ten times as long as the test allows, and the work itself a tenth of that.
 */
export async function tookMs(work: () => unknown): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}
