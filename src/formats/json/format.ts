import { JsonCompactor } from './compactor.ts'
import { MalformedJson } from './grammar.ts'
import { readJsonLines, readJsonObjects, scanObjects } from './records.ts'
import { type JsonRecordShape, LineCounter, ReturnsInLines, jsonShape } from './shape.ts'
import {
  type FileFormat,
  type FileSummary,
  type NamedContent,
  type Slice,
  type SlicesOptions,
  type SummaryOptions,
  readForAll,
} from '../format.ts'
import { placeOfByte } from '../record.ts'
import { refuseContent } from '../refusal.ts'
import { type Cut, cutAt, slices, splitPoints } from '../slices.ts'
import type { Content } from '../../lib/content.ts'
import { LINE_FEED } from '../../lib/text.ts'

/** Records are objects: one per line, in an array, or one after another. */
export const jsonFormat: FileFormat<'json'> = {
  extensions: ['.json', '.jsonl', '.ndjson'],
  placedBy: 'text',
  isJoinedByLines: true,
  isReadApart: false,
  isUntyped: false,
  summarise: summariseJson,
  slices: jsonSlices,
  readSlice: ({ bytes, layout }, sink) =>
    layout.unit === 'lines' ? readJsonLines(bytes, sink) : readJsonObjects(bytes, layout.unit === 'items', sink),
  split: async (content, _, options) => cutAt(content, await splitPoints(content, { cut: cutLines, ...options })),
  lacksColumn: () => false,
  shown: { areValuesTexts: false, areMomentsRespelled: false, isCorruptText: true },
  inputFormat: ({ isMultiLine }) => ({ format: 'json', isMultiLineJson: isMultiLine }),
}

/** These extensions promise one object per line; `.json` promises nothing. */
const LINES = /\.(jsonl|ndjson)$/i

async function summariseJson({ path, content }: NamedContent, options: SummaryOptions): Promise<FileSummary> {
  const shape = await jsonShape(content)
  const isPromisedLines = LINES.test(path)
  switch (shape.kind) {
    case 'blank':
      return refuseContent('no-records')
    case 'other':
      return refuseContent('not-json', shape)
    case 'lines':
      return await countRows(content, options)
    case 'array':
      return isPromisedLines ? refuseContent('array-in-lines') : await countRecords(content, shape.kind, options)
    case 'documents':
      return isPromisedLines ? refuseContent('documents-in-lines') : await countRecords(content, shape.kind, options)
    default:
      return shape satisfies never
  }
}

async function countRows(content: Content, options: SummaryOptions): Promise<FileSummary> {
  const shape = { format: 'json', kind: 'lines' } as const
  const lines = new LineCounter()
  const returns = new ReturnsInLines(content, options.onLines)
  const see = async (chunk: Uint8Array) => {
    lines.write(chunk)
    await returns.see(chunk)
  }
  await readForAll(content, shape, { ...options, see })
  await returns.end()
  const { first, between } = returns
  if (between !== undefined) {
    return refuseContent('return-between-records', { place: await placeOfByte(content, between) })
  }
  if (first !== undefined && options.onLines === undefined) {
    return refuseContent('return-in-lines', { place: await placeOfByte(content, first) })
  }
  return { kind: 'records', rows: lines.rows, shape, isMultiLine: false, isRewritten: first !== undefined }
}

async function countRecords(
  content: Content,
  kind: 'array' | 'documents',
  options: SummaryOptions,
): Promise<FileSummary> {
  const shape = { format: 'json', kind } as const
  const compactor = new JsonCompactor()
  const see = async (chunk: Uint8Array) => {
    const lines = compactor.write(chunk)
    if (lines.length > 0) await options.onLines?.(lines)
  }
  try {
    await readForAll(content, shape, { ...options, see })
    compactor.end()
  } catch (error) {
    if (error instanceof MalformedJson) return refuseContent('malformed-json', error)
    throw error
  }
  const rows = compactor.records
  const isRewritten = options.onLines !== undefined
  return rows === 0 ? refuseContent('empty-array') : { kind: 'records', rows, shape, isMultiLine: true, isRewritten }
}

async function* jsonSlices(
  content: Content,
  { kind }: JsonRecordShape,
  options: SlicesOptions,
): AsyncGenerator<Slice<'json'>> {
  const cut = kind === 'lines' ? cutLines : cutObjects
  const layout = { unit: UNITS[kind] }
  for await (const bytes of slices(content, { cut, ...options })) yield { format: 'json', bytes, layout }
}

const UNITS = { lines: 'lines', array: 'items', documents: 'documents' } as const

export const cutLines: Cut = (block) => block.lastIndexOf(LINE_FEED) + 1

export const cutObjects: Cut = (block) => {
  let last = 0
  scanObjects(block, (_, end) => (last = end))
  return last
}
