import { pointer, pointerSegments } from '../lib/json-pointer.ts'
import type { CompiledSchema } from '../schema/compile.ts'
import type { Field } from '../schema/field.ts'
import { isPlainName } from '../schema/walk.ts'
import type { ChangedField } from './row-diff.ts'

export type Showing = {
  /** Undefined if it was not read. */
  readonly schema: CompiledSchema | undefined
  /** Names that may be data are shown. */
  readonly showValues: boolean
}

/**
 * Fields by names that can be shown. Keys of maps, and columns of a file without a header, are data: such a name
 * becomes `*`. Fields that then look alike are reported together, with the most rows that one of them has: how many
 * rows they have together is not known.
 */
export function shownFields(fields: readonly ChangedField[], { schema, showValues }: Showing): readonly ChangedField[] {
  if (showValues) return fields
  const rows = new Map<string, number>()
  for (const { path, rows: more } of fields) {
    const shown = shownPath(path, schema?.root)
    rows.set(shown, Math.max(rows.get(shown) ?? 0, more))
  }
  return Array.from(rows, ([path, most]) => ({ path, rows: most }))
}

function shownPath(path: string, root: Field | undefined): string {
  let field = root
  const shown: string[] = []
  for (const name of pointerSegments(path)) {
    const isKey = field?.kind === 'map'
    const known = field?.kind === 'object' ? field.fields.get(name) : undefined
    shown.push(known !== undefined || (!isKey && isPlainName(name)) ? name : '*')
    field = field?.kind === 'map' ? field.values : known
  }
  return pointer(shown)
}
