import { converted } from './converted.ts'
import { oneOf } from './one-of.ts'
import type { Reader } from './reading.ts'

const YES: readonly string[] = ['true', 'True', 'TRUE']

/** The booleans of YAML 1.2's core schema, as the runner's toolkit reads them; `yes`, `on` and `1` are not among them. */
export const yesOrNo: Reader<boolean> = converted(oneOf('true', 'false', 'True', 'TRUE', 'False', 'FALSE'), (word) =>
  YES.includes(word),
)
