export type Sides<A, B> = { readonly ours: () => Promise<A>; readonly theirs: () => Promise<B> }

export type Rounds<A, B> = { readonly ours: readonly A[]; readonly theirs: readonly B[] }

/** Runs both sides in turn, so that what else the machine does meets both; and in turn the one or the other first. */
export async function alternate<A, B>(runs: number, { ours, theirs }: Sides<A, B>): Promise<Rounds<A, B>> {
  const rounds: { readonly ours: A[]; readonly theirs: B[] } = { ours: [], theirs: [] }
  for (let round = 0; round < runs; round++) {
    if (round % 2 === 0) rounds.ours.push(await ours())
    rounds.theirs.push(await theirs())
    if (round % 2 === 1) rounds.ours.push(await ours())
  }
  return rounds
}
