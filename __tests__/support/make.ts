import { bytesContent } from '../../src/lib/content.ts'
import type { Run } from '../../src/github/context.ts'
import type { WorkspaceFile } from '../../src/github/file.ts'
import { type BatchRecord, readBatchRecord } from '../../src/platform/records.ts'
import { isBatchId, isDatasetId, type BatchId, type DatasetId } from '../../src/platform/ids.ts'
import { jsonReader } from '../../src/lib/json-reader.ts'

export function batchId(text = '01HBATCH'): BatchId {
  if (isBatchId(text)) return text
  throw new Error(`${text} is no batch id`)
}

export function datasetId(text: string): DatasetId {
  if (isDatasetId(text)) return text
  throw new Error(`${text} is no dataset id`)
}

/** A record in the form of Catalog's answer, read with the action's own reader. */
export function batchRecord(status: string, body: object = {}): BatchRecord {
  return readBatchRecord(batchId(), jsonReader({ status, ...body }, 'answer'))
}

/** A file of a workspace in memory. */
export function workspaceFile(path: string, more: Partial<WorkspaceFile> = {}): WorkspaceFile {
  return {
    path,
    identity: path,
    isLinked: false,
    realPath: path,
    sharedId: undefined,
    content: bytesContent(Buffer.from(path)),
    ...more,
  }
}

export const RUN: Run = {
  repository: 'acme/loyalty-data',
  repositoryId: '4711',
  ref: 'refs/heads/main',
  sha: '0a1b2c3d',
  runId: '1001',
  attempt: 2,
  workflow: 'Publish',
  url: 'https://github.com/acme/loyalty-data/actions/runs/1001',
  event: { name: 'push', isMerged: false, isForeign: false, origin: '', isQueued: false, isOnPullRequest: false },
}
