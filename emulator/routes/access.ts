import { json, problem } from '../http/answers.ts'
import { asked, param, type Call, type Route } from '../http/call.ts'
import { batchParts, fileIdOf } from '../batches/batch-parts.ts'
import { sendBytes, type Download } from '../export/export-bytes.ts'
import { exportLink, exportPage } from '../export/export-links.ts'
import type { Answer } from '../http/exchange.ts'
import { diagnosticFiles, failedFiles } from '../export/diagnostic-files.ts'
import { findBatch, findDataset } from '../batches/find-batch.ts'
import type { JsonObject } from '../json.ts'
import type { Batch } from '../state.ts'

const base = '/data/foundation/export'

export const accessRoutes: readonly Route[] = [
  { method: 'GET', pattern: `${base}/batches/:batch/files`, answer: listFiles },
  {
    method: 'GET',
    pattern: `${base}/batches/:batch/failed`,
    answer: (call) => browse(call, failedFiles(findBatch(call)), 'failed'),
  },
  { method: 'GET', pattern: `${base}/batches/:batch/meta`, answer: readMeta },
  { method: 'GET', pattern: `${base}/files/:file`, answer: readFile },
  { method: 'HEAD', pattern: `${base}/files/:file`, answer: readFile },
  { method: 'GET', pattern: `${base}/datasets/:dataset/preview`, answer: preview },
]

/** This call returns numbers as strings. */
function listFiles(call: Call): Answer {
  const batch = findBatch(call)
  const parts = batchParts(batch)
  if (parts.length === 0) return exportPage(call, [])
  const size = parts.reduce((sum, part) => sum + part.size, 0)
  return exportPage(call, [fileEntry(call, batch, size)])
}

function fileEntry(call: Call, batch: Batch, size: number): JsonObject {
  const settings = call.platform.settings()
  const dataset = call.platform.state.datasets.get(batch.datasetId)
  const time = String(batch.completed ?? batch.updated)
  const records = batch.harvest.metrics?.['outputRecordCount'] ?? batch.harvest.rows.length
  const isCounted = settings.fileEntries === 'counted'
  return {
    dataSetFileId: fileIdOf(batch, settings),
    dataSetViewId: dataset?.record['viewId'],
    version: '1.0.0',
    created: time,
    updated: time,
    isValid: isCounted,
    ...(isCounted ? { records: String(records), size: String(size) } : {}),
    _links: exportLink(call, `/files/${fileIdOf(batch, settings)}`),
  }
}

/** A file entry is a directory of parts: without `path`, the parts are listed; with it, one part is sent. */
async function readFile(call: Call): Promise<Answer> {
  const id = param(call, 'file')
  const batch = call.platform.state.batches.get(id.replace(/-(?:DE)?1$/, ''))
  const isFile = batch?.sandbox === call.sandbox && fileIdOf(batch, call.platform.settings()) === id
  const parts = isFile ? batchParts(batch) : []
  if (parts.length === 0) return problem(404, `File ${id} not found.`)
  const path = asked(call, 'path')
  if (path === undefined && call.method === 'HEAD') return problem(400, 'The query parameter path is required.')
  if (path === undefined)
    return exportPage(
      call,
      parts.map((part) => partEntry(call, part, `/files/${id}`)),
    )
  const part = parts.find(({ name }) => name === path)
  return part === undefined ? problem(404, `Path ${path} not found.`) : await sendBytes(call, part)
}

async function readMeta(call: Call): Promise<Answer> {
  const batch = findBatch(call)
  return await browse(call, diagnosticFiles(call, batch), 'meta')
}

/** Lists the files under `path`, or sends the file that it names. */
async function browse(call: Call, files: readonly Download[], room: 'failed' | 'meta'): Promise<Answer> {
  const path = asked(call, 'path')?.replace(/\/$/, '')
  const file = files.find(({ name }) => name === path)
  if (file !== undefined) return await sendBytes(call, file)
  const prefix = path === undefined ? '' : `${path}/`
  const inside = files.filter(({ name }) => name.startsWith(prefix))
  if (inside.length === 0 && path !== undefined) return problem(404, `Path ${path} not found.`)
  const at = `/batches/${param(call, 'batch')}/${room}`
  return exportPage(
    call,
    inside.map((found) => ({ ...partEntry(call, found, at), name: found.name.slice(prefix.length) })),
  )
}

function partEntry(call: Call, { name, size }: Download, at: string): JsonObject {
  const href = `${at}?path=${encodeURIComponent(name)}`
  return { name, length: String(size), _links: exportLink(call, href) }
}

/** OpenAPI file of Data Access: the first 100 rows. */
function preview(call: Call): Answer {
  const { id } = findDataset(call)
  const active = [...call.platform.state.batches.values()].filter(
    (batch) => batch.datasetId === id && batch.phase.kind === 'success',
  )
  return json(200, { data: active.flatMap((batch) => batch.harvest.rows).slice(0, 100) })
}
