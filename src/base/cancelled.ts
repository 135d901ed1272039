/** A person, a newer run or a time limit of the workflow stopped this step. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled'

  constructor(signal: string) {
    super(`The step was cancelled (${signal})`)
  }
}
