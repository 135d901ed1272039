/** What kept the run from going on: what could not be done and what is the case, and what a person can do about it. */
export class Problem extends Error {
  override readonly name: string = 'Problem'
  readonly remedy: string

  constructor(message: string, { remedy, cause }: { readonly remedy: string; readonly cause?: unknown }) {
    super(message, { cause })
    this.remedy = remedy
  }
}
