import type { JobEnd } from './run-example.ts'

/** What our steps said became of them: `job` or, of a matrix, `job value`, with the outcome, or how a job ended without one. */
export function outcomes(ends: readonly JobEnd[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    ends.map(({ job, leg, result, ours }) => [
      [job, ...Object.values(leg)].join(' '),
      ours.map(({ outputs }) => outputs['outcome'] ?? '').join(', ') || result,
    ]),
  )
}

/** For the message of an expectation that fails. */
export function logs(ends: readonly JobEnd[]): string {
  return ends.flatMap(({ ours }) => ours.map(({ logs: text }) => text)).join('\n')
}
