import { bytes, empty, json, problem } from '../http/answers.ts'
import { updateBatch } from '../batches/batches.ts'
import { param, type Call, type Route } from '../http/call.ts'
import { Refusal, type Answer } from '../http/exchange.ts'
import { findBatch } from '../batches/find-batch.ts'
import { contiguousBytes, parseContentRange, pieceFault } from '../uploads/pieces.ts'
import { receive, tooLarge, type Received } from '../uploads/receive.ts'
import { maxChunkBytes, maxPutBytes } from '../settings.ts'
import type { Batch, Upload } from '../state.ts'
import type { StoredBytes } from '../uploads/storage.ts'

const pattern = '/data/foundation/import/batches/:batch/datasets/:dataset/files/*'

export const fileRoutes: readonly Route[] = [
  { method: 'PUT', pattern, answer: putFile },
  { method: 'PATCH', pattern, answer: patchFile },
  { method: 'HEAD', pattern, answer: headFile },
  { method: 'POST', pattern, answer: actOnFile },
]

/** API guide, "Upload a small file": a repeated PUT replaces the data. */
async function putFile(call: Call): Promise<Answer> {
  openBatch(call)
  refuseMediaType(call)
  refuseLength(call, maxPutBytes(call.platform.settings()))
  const replaced = await storeWhole(call, await call.platform.storage.create())
  if (call.dialect === 'lab') return bytes(200, Buffer.from('1'))
  return empty(call.dialect === 'oas' && replaced === undefined ? 201 : 200)
}

/** Removes the bytes of a failed upload, and the bytes that the upload replaces. */
async function storeWhole(call: Call, stored: StoredBytes): Promise<Upload | undefined> {
  try {
    const received = await receiveInto(call, stored, { position: 0, maxBytes: maxPutBytes(call.platform.settings()) })
    const replaced = keep(call, { how: 'whole', finished: true, stored, ...received, pieces: [] })
    await replaced?.stored.remove()
    return replaced
  } catch (error) {
    await stored.remove()
    throw error
  }
}

async function actOnFile(call: Call): Promise<Answer> {
  const sent = call.query.get('action') ?? ''
  const action = call.strict ? sent : sent.toUpperCase()
  if (action === 'INITIALIZE') return await initialize(call)
  if (action === 'COMPLETE') return completeFile(call)
  return problem(400, 'The query parameter action must be INITIALIZE or COMPLETE.')
}

/** The effect of INITIALIZE on an existing file is undocumented. Here, the file starts over. */
async function initialize(call: Call): Promise<Answer> {
  openBatch(call)
  refuseMultipart(call)
  const stored = await call.platform.storage.create()
  const old = keep(call, { how: 'pieces', finished: false, stored, size: 0, sha256: undefined, pieces: [] })
  await old?.stored.remove()
  return fileAnswer(call, 201, { size: 0 })
}

async function patchFile(call: Call): Promise<Answer> {
  const batch = openBatch(call)
  refuseMediaType(call)
  const { stored } = startedUpload(call, batch)
  const maxBytes = maxChunkBytes(call.platform.settings())
  const range = parseContentRange(call.headers['content-range'] ?? '', call.strict ? 'strict' : 'lenient')
  if (range === undefined) return problem(400, 'A header Content-Range of the form "bytes 0-99" is required.')
  refuseLength(call, maxBytes)
  const { size, sha256 } = await receiveInto(call, stored, { position: range.start, maxBytes })
  if (size !== range.end - range.start + 1) {
    return problem(400, `Content-Range ${range.start}-${range.end} and a body of ${size} bytes don't agree.`)
  }
  const before = startedUpload(call, openBatch(call))
  const pieces = [...before.pieces, { ...range, sha256 }]
  keep(call, { ...before, size: Math.max(before.size, range.end + 1), pieces })
  return call.dialect === 'oas' ? fileAnswer(call, 200, { size: range.end + 1, pieces }) : empty(200)
}

function headFile(call: Call): Answer {
  const upload = findBatch(call).uploads.get(param(call, '*'))
  if (upload === undefined) return problem(404, `File ${param(call, '*')} not found.`)
  const held = upload.how === 'whole' ? upload.size : contiguousBytes(upload.pieces)
  return empty(200, held > 0 ? { range: `bytes=0-${held - 1}` } : {})
}

function completeFile(call: Call): Answer {
  const upload = openBatch(call).uploads.get(param(call, '*'))
  if (upload === undefined) return problem(404, `File ${param(call, '*')} not found.`)
  if (upload.finished) return fileAnswer(call, 201, { size: upload.size })
  const fault = pieceFault(upload.pieces, call.strict ? 'strict' : 'lenient')
  if (fault !== undefined) return problem(400, fault, { errorCode: 'EMU-PIECES' })
  keep(call, { ...upload, finished: true })
  return fileAnswer(call, 201, { size: upload.size })
}

/** Guides: 201 and no body; OpenAPI: 200 with the file. */
/** `pieces`: those of a file that arrives in pieces. */
type ShownFile = { readonly size: number; readonly pieces?: Upload['pieces'] }

function fileAnswer(call: Call, status: number, { size: sizeInBytes, pieces = [] }: ShownFile): Answer {
  if (call.dialect === 'lab') return bytes(200, Buffer.from('1'))
  if (call.dialect === 'docs') return empty(status)
  const held = contiguousBytes(pieces)
  return json(200, { name: param(call, '*'), sizeInBytes }, held > 0 ? { range: `bytes=0-${held - 1}` } : {})
}

/** The batch, if it still takes uploads. No document covers uploads after COMPLETE, and none could count. */
function openBatch(call: Call): Batch {
  const batch = findBatch(call)
  if (batch.datasetId !== param(call, 'dataset') || !batch.takesUploads) {
    throw new Refusal(problem(404, `Batch ${batch.id} takes no files for dataset ${param(call, 'dataset')}.`))
  }
  if (param(call, '*') === '') throw new Refusal(problem(400, 'A file name is required.'))
  if (batch.phase.kind === 'loading') return batch
  throw new Refusal(problem(400, `Batch ${batch.id} is ${batch.phase.kind}.`, { errorCode: 'EMU-BATCH-CLOSED' }))
}

function startedUpload(call: Call, batch: Batch): Upload {
  const upload = batch.uploads.get(param(call, '*'))
  if (upload?.how === 'pieces' && !upload.finished) return upload
  throw new Refusal(problem(404, `File ${param(call, '*')} was not initialised.`))
}

function refuseMediaType(call: Call): void {
  refuseMultipart(call)
  const type = call.headers['content-type'] ?? ''
  if (call.strict && type !== 'application/octet-stream') {
    throw new Refusal(problem(415, `Media type '${type}' is not supported: send application/octet-stream.`))
  }
}

/** API guide: multipart uploads don't work, because the envelope would become part of the file. */
function refuseMultipart({ headers }: Call): void {
  if ((headers['content-type'] ?? '').startsWith('multipart/')) {
    throw new Refusal(problem(415, 'Multipart bodies are not supported: send the bytes of the file alone.'))
  }
}

function refuseLength({ headers }: Call, maxBytes: number): void {
  if (Number(headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes)
}

type Place = { readonly position: number; readonly maxBytes: number }

async function receiveInto(call: Call, stored: StoredBytes, place: Place): Promise<Received> {
  const length = Number(call.headers['content-length'] ?? 0)
  return await receive(stored, call.body, { ...place, hashed: length < call.platform.settings().hashBelowBytes })
}

/** Returns the upload that this one replaces. Checks the batch again: it may have been completed or aborted meanwhile. */
function keep(call: Call, upload: Omit<Upload, 'name'>): Upload | undefined {
  const name = param(call, '*')
  const replaced = openBatch(call).uploads.get(name)
  updateBatch(call.platform, param(call, 'batch'), (batch) => ({
    uploads: new Map(batch.uploads).set(name, { ...upload, name }),
  }))
  return replaced
}
