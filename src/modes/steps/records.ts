import type { CheckedFile } from '../../files/read.ts'
import type { Log } from '../../github/runner.ts'
import type { Content } from '../../lib/content.ts'
import { LINE_FEED, count, joinFirst } from '../../lib/text.ts'
import { type RecordSample, sampleOf } from '../../mapping/sample.ts'
import type { MappingFact } from '../../report/facts.ts'
import type { RunContext } from './run.ts'

/** As many records as a person looks at. */
const MOST_RECORDS = 3

/** The most bytes that are read for these records. */
const MOST_BYTES = 1 << 20

/** The most fields of a record in the log; the summary shows all. */
const MOST_LOGGED = 10

type Ports = Pick<RunContext, 'recorder' | 'signal'> & { readonly log: Log }

type ShownFiles = { readonly files: readonly CheckedFile[]; readonly showValues: boolean }

/** Shows the first records that a mapping made, in `validate` and `plan`, where users try it out. */
export async function showRecords({ files, showValues }: ShownFiles, ports: Ports): Promise<void> {
  const { recorder, log, signal } = ports
  const { mapping } = recorder.facts()
  const [first] = files
  const compiled = first?.mapping?.compiled
  if (mapping === undefined || first === undefined || compiled === undefined) return
  const lines = await firstLines(first.content, signal)
  const mappedRecords = lines.map((line) => sampleOf(line, compiled, showValues))
  recorder.note({ mappedRecords })
  log.info(countsLine(mapping))
  for (const [at, record] of mappedRecords.entries()) log.info(`Record ${at + 1}: ${recordLine(record)}`)
}

/** `Mapping "members.json": 6 mappings gave 50 values, 4 nulls and 0 errors` */
export function countsLine({ name, counts }: MappingFact): string {
  const sum = (of: 'values' | 'nulls' | 'errors') => counts.reduce((total, one) => total + one[of], 0)
  const [values, nulls, errors] = [
    count(sum('values'), 'value'),
    count(sum('nulls'), 'null'),
    count(sum('errors'), 'error'),
  ]
  return `Mapping ${JSON.stringify(name)}: ${count(counts.length, 'mapping')} gave ${values}, ${nulls} and ${errors}`
}

function recordLine(record: RecordSample): string {
  const fields = record.map(({ path, value }) => (value === undefined ? path : `${path} ${value}`))
  return fields.length === 0 ? 'empty' : joinFirst(fields, MOST_LOGGED)
}

/** The first lines of the content. Very long records are left out. */
async function firstLines(content: Content, signal: AbortSignal): Promise<readonly string[]> {
  const parts: Uint8Array[] = []
  let ends = 0
  for await (const chunk of content.slice(0, Math.min(MOST_BYTES, content.size)).bytes()) {
    signal.throwIfAborted()
    parts.push(chunk)
    for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, at + 1)) ends++
    if (ends >= MOST_RECORDS) break
  }
  return Buffer.concat(parts).toString().split('\n').slice(0, Math.min(ends, MOST_RECORDS))
}
