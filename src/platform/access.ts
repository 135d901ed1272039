import type { Client } from '../http/client.ts'
import { findOrMiss, type Found } from './found.ts'
import type { BatchId } from './ids.ts'
import { readPages } from './pages.ts'

/** One file of a batch in the data lake; `records` is undefined where the platform doesn't say. */
export type StoredFile = { readonly id: string; readonly records: number | undefined }

export type AccessApi = {
  /** The files that a successful batch wrote. */
  files(batch: BatchId, signal: AbortSignal): Promise<Found<readonly StoredFile[]>>
}

/** Data Access API, "Retrieve a list of files in a batch". Its links are not followed: pages are asked for by offset. */
export function accessApi(client: Client): AccessApi {
  return {
    files: (batch, signal) =>
      findOrMiss(() =>
        readPages(async (start, limit) => {
          const path = `/data/foundation/export/batches/${batch}/files?start=${start}&limit=${limit}`
          const purpose = `list the files of batch "${batch}"`
          const answer = await client.send({ method: 'GET', path, purpose, repeatable: true }, signal)
          return answer
            .json()
            .get('data')
            .items()
            .map((at) => ({ id: at.get('dataSetFileId').mustText(), records: at.get('records').number() }))
        }),
      ),
  }
}
