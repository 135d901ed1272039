import { FileRefused } from './file-refused.ts'
import type { StoredFile } from './stored-file.ts'

/** Batch ingestion troubleshooting guide: an empty file fails its batch with code 106. */
export function refuseEmpty(file: StoredFile): never {
  throw new FileRefused({ code: '106', description: `Dataset file is empty: ${file.name}` })
}
