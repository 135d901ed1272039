import { parquetFile } from '../parquet/parquet-file.ts'

/** A Parquet file for the seeded loyalty dataset; `without` the identity, it has only the tier. */
export function membersParquet(ids: readonly string[], columns: 'with identity' | 'without' = 'with identity') {
  const isWith = columns === 'with identity'
  const text = { type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' } as const
  const group = (name: string, children: number) =>
    ({ name, num_children: children, repetition_type: 'REQUIRED' }) as const
  const leaves = [...(isWith ? [{ name: 'loyaltyId', ...text }] : []), { name: 'tier', ...text }]
  const schema = [group('_emutenant', 1), group('loyalty', leaves.length), ...leaves]
  const rowOf = (id: string) => ({ loyalty: { ...(isWith ? { loyaltyId: id } : {}), tier: 'gold' } })
  return parquetFile(schema, [{ name: '_emutenant', data: ids.map(rowOf) }])
}
