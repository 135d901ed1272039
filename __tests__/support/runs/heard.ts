import type { Log } from '../../../src/github/runner.ts'

export type Heard = Log & { readonly infos: readonly string[]; readonly warnings: readonly string[] }

/** A log that keeps all messages. */
export function heard(): Heard {
  const infos: string[] = []
  const warnings: string[] = []
  return { infos, warnings, info: (text) => infos.push(text), warning: (text) => warnings.push(text) }
}
