import type { InputSource } from '../../../src/inputs/sources.ts'

type Texts = Readonly<Record<string, string>>

/** A step with these inputs and environment variables. */
export function inputSource(inputs: Texts, variables: Texts = {}): InputSource {
  return { input: (name) => inputs[name] ?? '', variable: (name) => variables[name] ?? '' }
}
