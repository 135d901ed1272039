import { Walk, type Check } from './walk.ts'

/** Asks the check of a field itself about a value, for rules that bytes alone don't answer. */
export class Probe {
  readonly #walk = new Walk(false)
  #isClean = true

  accepts(check: Check, value: unknown): boolean {
    this.#isClean = true
    this.#walk.begin(this.#doubt)
    check(value, this.#walk)
    return this.#isClean
  }

  readonly #doubt = (): void => {
    this.#isClean = false
  }
}
