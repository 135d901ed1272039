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
