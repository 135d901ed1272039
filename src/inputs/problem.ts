import { Problem } from '../lib/errors.ts'

export const CORRECT_INPUTS =
  'Correct them under "with:" of the step, or in its environment. An empty value (an undefined secret, say) counts as missing.'

/** One Problem for all faults, a line for each. Also for faults that only the workspace shows. */
export function inputProblem(
  faults: readonly string[],
  more: { readonly remedy: string; readonly cause?: unknown } = { remedy: CORRECT_INPUTS },
): InputProblem {
  return new InputProblem(faults, more)
}

/** Invalid inputs, with a line for each fault. */
export class InputProblem extends Problem {
  readonly faults: readonly string[]

  constructor(faults: readonly string[], more: { readonly remedy: string; readonly cause?: unknown }) {
    super(`Cannot use the inputs of this step:\n${faults.map((fault) => `- ${fault}`).join('\n')}`, more)
    this.faults = faults
  }
}
