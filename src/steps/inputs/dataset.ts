import { isDatasetId, type DatasetId } from '../../platform/ids.ts'
import { read, refuse, type Reading } from './reading.ts'

/** How a workflow names its dataset. What has the form of an id is one, so that the two can't be confused. */
export type DatasetNaming =
  { readonly kind: 'id'; readonly id: DatasetId } | { readonly kind: 'name'; readonly name: string }

const ALLOWED = 'the id of a dataset, 24 hexadecimal digits in lower case, or its exact name'

export function readDataset(text: string): Reading<DatasetNaming> {
  if (isDatasetId(text)) return read({ kind: 'id', id: text })
  const lower = text.toLowerCase()
  if (isDatasetId(lower)) return refuse({ value: text, allowed: ALLOWED, meant: lower })
  if (!/^[^\p{Cc}]{1,500}$/u.test(text)) return refuse({ value: text, allowed: ALLOWED })
  return read({ kind: 'name', name: text })
}

/** As a person reads it in a message. */
export function namingText(naming: DatasetNaming): string {
  return JSON.stringify(naming.kind === 'id' ? naming.id : naming.name)
}
