/** The way for whoever reads a message: no way of this action takes back more than that one batch. */
export function howToRevert(id: string): string {
  return `"mode: revert" with "batch-id: ${id}"`
}
