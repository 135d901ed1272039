import { Problem } from '../lib/errors.ts'
import type { JsonReader } from '../lib/json-reader.ts'

declare const brand: unique symbol

/** A string that has been validated and that the compiler keeps apart from other kinds of strings. */
type Brand<Name extends string> = string & { readonly [brand]: Name }

/** 24 lower-case hexadecimal digits. */
export type DatasetId = Brand<'DatasetId'>

/** Opaque: a ULID today, a UUID or hexadecimal in older answers. */
export type BatchId = Brand<'BatchId'>

export function isDatasetId(text: string): text is DatasetId {
  return /^[0-9a-f]{24}$/.test(text)
}

/** @throws Problem when the response holds no dataset id here. The id goes into URLs, so nothing else is allowed. */
export function readDatasetId(at: JsonReader): DatasetId {
  const text = at.mustText()
  if (isDatasetId(text)) return text
  throw notAnIdProblem(at.path, text, 'dataset')
}

export function isBatchId(text: string): text is BatchId {
  return /^[A-Za-z0-9_-]{1,64}$/.test(text)
}

/** Profile ingests every batch once more, under an id that names the batch, the organization, the sandbox and the dataset. */
export function isProfileBatchId(text: string): boolean {
  return /^[\w-]+@AdobeOrg-[\w-]+-INGEST$/.test(text)
}

/** @throws Problem when the response holds no batch id here. The id goes into URLs, so nothing else is allowed. */
export function readBatchId(at: JsonReader): BatchId {
  const text = at.mustText()
  if (isBatchId(text)) return text
  throw notAnIdProblem(at.path, text, 'batch')
}

/** A code, a status or a request id, which log and report can show unchanged. Any other text may quote data. */
export function isPlainWord(text: string): boolean {
  return /^[\w.:-]{1,64}$/.test(text)
}

/** Longer than any id. */
const LONGEST_QUOTE = 100

function notAnIdProblem(path: string, text: string, of: 'dataset' | 'batch'): Problem {
  return new Problem(
    `Cannot read the platform's answer: ${path} is ${JSON.stringify(text.slice(0, LONGEST_QUOTE))}, not a ${of} id`,
    {
      remedy: 'Check "platform-url": the answer may not come from Adobe.',
    },
  )
}
