/** How much a summary shows. */
export type Detail = {
  readonly files: number
  readonly findings: number
  /** Rejected rows that are shown with their places, and batches. */
  readonly rejections: number
  readonly batches: number
  /** Of each batch, and lines of a message. */
  readonly notes: number
  readonly diagram: boolean
}

/** From everything that a person may want to read to what a summary can't be without. */
export const DETAILS: readonly [Detail, ...Detail[]] = [
  { files: 2_000, findings: 100, rejections: 100, batches: 500, notes: 100, diagram: true },
  { files: 200, findings: 30, rejections: 30, batches: 100, notes: 20, diagram: true },
  { files: 20, findings: 10, rejections: 10, batches: 20, notes: 5, diagram: false },
]
