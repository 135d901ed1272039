import type { Emulator } from '../../../emulator/emulator.ts'

/** The ids of the datasets with this name in sandbox `dev`. */
export function idsOfName({ emulator }: { readonly emulator: Emulator }, name: string): readonly string[] {
  const own = emulator.datasets().filter(({ sandbox, record }) => sandbox === 'dev' && record['name'] === name)
  return own.map(({ id }) => id)
}
