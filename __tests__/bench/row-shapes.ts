import { rowCheckOf } from '../../src/check/row-check.ts'
import type { QuickCheck } from '../../src/formats/check.ts'
import type { FileFindings } from '../../src/formats/results.ts'
import { IDENTITY_MAP_ROWS, MIXED_ROWS, type RowShape } from './profile-rows.ts'
import { VALID_ROWS } from './valid-rows.ts'

export const ROW_SHAPES: readonly RowShape[] = [IDENTITY_MAP_ROWS, MIXED_ROWS, ...VALID_ROWS]

/** The schema of a shape, in the registry's form (`xed-full`). */
export function schemaOfShape({ properties, classId = 'https://ns.adobe.com/xdm/context/profile' }: RowShape) {
  return {
    $id: 'https://ns.adobe.com/acme/schemas/rows',
    title: 'Rows',
    type: 'object',
    'meta:class': classId,
    'meta:xdmType': 'object',
    'meta:tenantNamespace': '_acme',
    properties,
  }
}

export function checkOfShape(shape: RowShape): QuickCheck {
  const source = { schema: schemaOfShape(shape), descriptors: [] }
  return rowCheckOf({ source, showValues: false, isForProfile: shape.isForProfile, isUntyped: false })
}

/** @throws Error for rows that are not in order: only a null may be reported. */
export function requireInOrder({ findings }: Pick<FileFindings, 'findings'>): void {
  const odd = findings.find(({ code }) => code !== 'null-value')
  if (odd !== undefined) throw new Error(`The rows should be in order: ${odd.code} at ${odd.path}`)
}
