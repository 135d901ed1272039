import type { Perform } from '../../action.ts'
import { proposeMapping } from '../../check/proposal.ts'
import { type SchemaSource, readStoredSchema, registeredSchema, storedSchema } from '../../check/schema-source.ts'
import type { CheckedFile } from '../../files/read.ts'
import type { Inputs } from '../../inputs/inputs.ts'
import { count, quoteList } from '../../lib/text.ts'
import type { MappingCounts } from '../../mapping/counts.ts'
import { noFiles } from '../../modes/steps/no-files.ts'
import { findOrGlance } from '../../modes/steps/find.ts'
import { schemaHolderOf, prepare } from '../../modes/steps/prepare.ts'
import { countsLine } from '../../modes/steps/records.ts'
import type { RunContext } from '../../modes/steps/run.ts'
import type { Destination } from '../../publish/dataset.ts'

export type RecordSink = {
  /** Takes records, one per line; the caller waits for it. @returns whether more are wanted */
  readonly write: (lines: string) => Promise<boolean>
  /** How many it takes; Infinity for all. */
  readonly most: number
}

/**
 * `map`: prints the records that a mapping set makes of the rows, as they would be sent, and how often each mapping
 * gave a value.
 */
export function mapRows(sink: RecordSink): Perform {
  return async (inputs, context) => {
    const prepared = await prepare(asReader(inputs), () => findOrGlance(inputs, context), context)
    if (prepared.kind !== 'ready') return noFiles(prepared, inputs, context)
    const printed = await writeRecords(prepared.files, sink, context)
    const rows = prepared.files.reduce((sum, file) => sum + (file.rows ?? 0), 0)
    if (printed === sink.most && printed < rows)
      context.log.info(`${count(rows - printed, 'more record')} not shown: --limit shows more`)
    const { mapping } = context.recorder.facts()
    if (mapping !== undefined) {
      context.log.info(countsLine(mapping))
      for (const line of mapping.counts.map(countLine)) context.log.info(line)
    }
    return { kind: 'examined', verdict: { fails: false }, words: `Mapped ${count(rows, 'row')}` }
  }
}

/** `map --suggest`: proposes a mapping set for the columns of the first file, by their names. */
export function suggestSet(write: (text: string, context: RunContext) => Promise<void>): Perform {
  return async (inputs, context) => {
    const unchecked = { validation: 'off', upsert: 'false', mapping: undefined, isToBeMapped: true } as const
    const quick = { ...asReader(inputs), ...unchecked }
    const prepared = await prepare(quick, () => findOrGlance(inputs, context), context)
    const [file] = prepared.kind === 'ready' ? prepared.files : []
    if (prepared.kind !== 'ready' || file === undefined) {
      return noFiles(
        prepared.kind === 'ready' ? { ...prepared, kind: 'no-files', hints: new Map() } : prepared,
        inputs,
        context,
      )
    }
    const source = await sourceFor(inputs, prepared.destination, context)
    const { mappings, unmatched, missing, text } = await proposeMapping(file, source)
    for (const { column, target, certainty } of mappings)
      context.log.info(`${JSON.stringify(column)} → ${target} (${certainty})`)
    if (unmatched.length > 0) context.log.info(`Columns without a field: ${quoteList(unmatched)}`)
    for (const lack of missing) context.log.warning(lack)
    await write(text, context)
    return { kind: 'examined', verdict: { fails: false }, words: `Proposed ${count(mappings.length, 'mapping')}` }
  }
}

/** Prevents samples of records, which are for users who do not see all of them. */
function asReader(inputs: Inputs): Inputs {
  return { ...inputs, mode: 'publish' }
}

async function sourceFor(
  inputs: Inputs,
  destination: Destination | undefined,
  context: RunContext,
): Promise<SchemaSource> {
  const { schemaFile } = inputs
  if (destination === undefined || schemaFile !== '') return storedSchema(await readStoredSchema(schemaFile, context))
  return await registeredSchema(schemaHolderOf(destination, inputs), context)
}

/** @returns how many were written */
async function writeRecords(
  files: readonly CheckedFile[],
  { write, most }: RecordSink,
  { signal }: RunContext,
): Promise<number> {
  let written = 0
  for (const { content } of files) {
    const decoder = new TextDecoder()
    let rest = ''
    for await (const chunk of content.bytes()) {
      signal.throwIfAborted()
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      const shown = lines.slice(0, most - written)
      written += shown.length
      const isEnough = shown.length > 0 && !(await write(`${shown.join('\n')}\n`))
      if (isEnough || written >= most) return written
    }
  }
  return written
}

function countLine({ mapping, source, target, values, nulls, errors }: MappingCounts): string {
  const counts = [count(values, 'value'), count(nulls, 'null'), count(errors, 'error')].join(', ')
  return `${mapping}. ${source} → ${target}: ${counts}`
}
