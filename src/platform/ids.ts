import { Problem } from '../lib/errors.ts'
import type { JsonReader } from '../lib/json-reader.ts'

declare const brand: unique symbol

/** A string that has been checked, and that can't be mistaken for another kind of string. */
type Brand<Name extends string> = string & { readonly [brand]: Name }

/** 24 lower-case hexadecimal digits. */
export type DatasetId = Brand<'DatasetId'>

/** Opaque: a ULID today, a UUID or hexadecimal in older answers. */
export type BatchId = Brand<'BatchId'>

export function isDatasetId(text: string): text is DatasetId {
  return /^[0-9a-f]{24}$/.test(text)
}

/** @throws Problem when the platform's answer holds no dataset id here: it goes into URLs, so nothing else may. */
export function readDatasetId(at: JsonReader): DatasetId {
  const text = at.mustText()
  if (isDatasetId(text)) return text
  throw notAnIdProblem(at.path, text, 'dataset')
}

export function isBatchId(text: string): text is BatchId {
  return /^[A-Za-z0-9_-]{1,64}$/.test(text)
}

/** @throws Problem when the platform's answer holds no batch id here: it goes into URLs, so nothing else may. */
export function readBatchId(at: JsonReader): BatchId {
  const text = at.mustText()
  if (isBatchId(text)) return text
  throw notAnIdProblem(at.path, text, 'batch')
}

/** A code, a status or the id of a request, which log and report show as it is; whatever else stands there may quote data. */
export function isPlainWord(text: string): boolean {
  return /^[\w.:-]{1,64}$/.test(text)
}

/** More than any id has. */
const LONGEST_QUOTE = 100

function notAnIdProblem(path: string, text: string, of: 'dataset' | 'batch'): Problem {
  return new Problem(
    `Cannot read the platform's answer: ${path} is ${JSON.stringify(text.slice(0, LONGEST_QUOTE))}, not a ${of} id`,
    {
      remedy: 'Check "platform-url": the answer may not come from Adobe.',
    },
  )
}
