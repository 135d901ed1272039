import { bytes, problem } from '../http/answers.ts'
import type { Call } from '../http/call.ts'
import type { Answer } from '../http/exchange.ts'

/** A file that Data Access can serve, whole or in part. */
export type Download = {
  readonly name: string
  readonly size: number
  readonly type: string
  /** From `start` up to but not including `end`. */
  read(start: number, end: number): Promise<Uint8Array>
}

export function textDownload(name: string, records: readonly unknown[]): Download {
  const content = Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(''))
  const read = (start: number, end: number) => Promise.resolve(content.subarray(start, end))
  return { name, size: content.length, type: 'application/x-ndjson', read }
}

export async function sendBytes(call: Call, download: Download): Promise<Answer> {
  const { size, type } = download
  const headers = { 'accept-ranges': 'bytes', 'content-type': type }
  if (call.method === 'HEAD') return bytes(200, new Uint8Array(0), { ...headers, 'content-length': String(size) })
  const range = requested(call.headers['range'], size)
  if (range === 'unsatisfiable') return problem(416, `The file has ${size} bytes.`)
  if (range === undefined) return bytes(200, await download.read(0, size), headers)
  const content = await download.read(range.start, range.end + 1)
  return bytes(206, content, { ...headers, 'content-range': `bytes ${range.start}-${range.end}/${size}` })
}

type Range = { readonly start: number; readonly end: number }

/** `bytes=0-99`, `bytes=100-`, `bytes=-100`; any other form is ignored, as HTTP requires. */
function requested(header: string | undefined, size: number): Range | 'unsatisfiable' | undefined {
  const [, from = '', to = ''] = header?.match(/^bytes=(\d*)-(\d*)$/) ?? []
  if (from === '' && to === '') return undefined
  const start = from === '' ? Math.max(size - Number(to), 0) : Number(from)
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1)
  return start > end ? 'unsatisfiable' : { start, end }
}
