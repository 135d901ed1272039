import type { Wire } from '../base/wire.ts'
import type { DatasetId } from './ids.ts'

export type Tags = Readonly<Record<string, readonly string[]>>

export type DatasetRecord = {
  readonly id: DatasetId
  readonly name: string
  readonly schemaId: string | undefined
  readonly tags: Tags
  /** The platform manages it itself: no customer writes to it. */
  readonly isManaged: boolean
  /** Grows with each change. */
  readonly version: string | undefined
  /** Of the last change, in milliseconds since the epoch, by the platform's clock. */
  readonly updatedMs: number | undefined
  /** Format of the stored data; `json` refuses batches (`ERR-BI-106`). */
  readonly storedFormat: string | undefined
}

export function readDatasetRecord(id: DatasetId, at: Wire): DatasetRecord {
  return {
    id,
    name: at.get('name').mustText(),
    schemaId: at.get('schemaRef').get('id').text(),
    tags: readTags(at.get('tags')),
    isManaged: isManaged(at),
    version: at.get('version').text(),
    updatedMs: at.get('updated').number(),
    storedFormat: at.get('fileDescription').get('format').text(),
  }
}

/** Catalog Service API: datasets that Adobe manages carry one of these marks. */
export function isManaged(at: Wire): boolean {
  const tags = readTags(at.get('tags'))
  const managedBy = at.get('classification').get('managedBy').text()
  return managedBy === 'SYSTEM' || 'adobeInternal' in tags || 'aep/siphon/managed' in tags
}

/** Tag values are lists of strings, but samples also show bare scalars, numbers and booleans. */
export function readTags(at: Wire): Tags {
  const scalar = (value: Wire) => value.text() ?? value.number()?.toString() ?? value.boolean()?.toString()
  const list = (value: Wire) => [scalar(value), ...value.items().map(scalar)].filter((text) => text !== undefined)
  return Object.fromEntries(at.entries().map(([key, value]) => [key, list(value)]))
}
