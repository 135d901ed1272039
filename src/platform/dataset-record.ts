import type { Wire } from '../base/wire.ts'
import type { DatasetId } from './ids.ts'

export type DatasetRecord = {
  readonly id: DatasetId
  readonly name: string
  readonly schemaId: string | undefined
  readonly tags: Readonly<Record<string, readonly string[]>>
  readonly managedBy: string | undefined
  /** Format of the stored data; `json` refuses batches (`ERR-BI-106`). */
  readonly storedFormat: string | undefined
}

export function readDatasetRecord(id: DatasetId, at: Wire): DatasetRecord {
  return {
    id,
    name: at.get('name').mustText(),
    schemaId: at.get('schemaRef').get('id').text(),
    tags: readTags(at.get('tags')),
    managedBy: at.get('classification').get('managedBy').text(),
    storedFormat: at.get('fileDescription').get('format').text(),
  }
}

/** Tag values are lists of strings, but samples also show bare scalars, numbers and booleans. */
export function readTags(at: Wire): Readonly<Record<string, readonly string[]>> {
  const scalar = (value: Wire) => value.text() ?? value.number()?.toString() ?? value.boolean()?.toString()
  const list = (value: Wire) => [scalar(value), ...value.items().map(scalar)].filter((text) => text !== undefined)
  return Object.fromEntries(at.entries().map(([key, value]) => [key, list(value)]))
}
