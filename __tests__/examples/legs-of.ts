import type { ExampleJob } from './read-example.ts'

export type Leg = Readonly<Record<string, string | number>>

/** Every combination of the matrix; one without anything where there is no matrix. */
export function legsOf({ strategy }: ExampleJob): readonly Leg[] {
  const axes = Object.entries(strategy?.matrix ?? {})
  const start: readonly Leg[] = [{}]
  return axes.reduce(
    (legs, [name, values]) => legs.flatMap((leg) => values.map((value) => ({ ...leg, [name]: value }))),
    start,
  )
}
