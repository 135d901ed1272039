import type { ActionResult } from './run-action.ts'

/** What the report says of the rejected rows of one batch. */
type SeenRejected = {
  readonly isWhole: boolean
  readonly notes: readonly string[]
  readonly reasons: readonly { readonly code: string }[]
  readonly rows: readonly { readonly code: string; readonly found: object; readonly message?: string }[]
}

/** What the report says of rejected rows, batch by batch; nothing of a batch that lost none. */
export function rejectedIn({ kept }: ActionResult): readonly SeenRejected[] {
  const { batches } = JSON.parse(kept.report) as {
    readonly batches: readonly { readonly rejected: SeenRejected | null }[]
  }
  return batches.flatMap(({ rejected }) => rejected ?? [])
}
