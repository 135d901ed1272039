import type { Brand } from '../base/brand.ts'
import { Problem } from '../base/problem.ts'
import type { Wire } from '../base/wire.ts'

/** 24 lower-case hexadecimal digits. */
export type DatasetId = Brand<'DatasetId'>

/** Opaque: a ULID today, a UUID or hexadecimal in older answers. */
export type BatchId = Brand<'BatchId'>

/** @throws Problem for anything else, since it goes into URLs. */
export function datasetId(text: string): DatasetId {
  if (/^[0-9a-f]{24}$/.test(text)) return text as DatasetId
  throw new Problem(`Cannot use ${JSON.stringify(text)} as a dataset id`, {
    remedy: 'A dataset id has 24 hexadecimal digits in lower case.',
  })
}

export function isBatchId(text: string): text is BatchId {
  return /^[A-Za-z0-9_-]{1,64}$/.test(text)
}

/** @throws Problem when the platform's answer holds no batch id here: it goes into URLs, so nothing else may. */
export function readBatchId(at: Wire): BatchId {
  const text = at.mustText()
  if (isBatchId(text)) return text
  throw new Problem(`Cannot read the platform's answer: ${at.path} is ${JSON.stringify(text)}, not a batch id`, {
    remedy: 'Check "platform-url": something else than Adobe may answer there.',
  })
}
