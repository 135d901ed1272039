import { bytesContent } from '../../../src/lib/content.ts'
import type { Fault } from '../../../emulator/faults/faults.ts'
import type { Settings } from '../../../emulator/settings.ts'
import type { BatchRecord } from '../../../src/platform/records.ts'
import type { BatchId, DatasetId } from '../../../src/platform/ids.ts'
import type { DiagnosticsApi } from '../../../src/platform/data-access.ts'
import type { Platform } from '../../../src/context.ts'
import { diagnose, type Diagnosis } from '../../../src/publish/rejected/diagnose.ts'
import type { SentFiles, SourcePlace } from '../../../src/publish/rejected/locate.ts'
import { type SearchSetup, searchCheckOf } from '../../../src/publish/rejected/search.ts'
import type { SliceChecker } from '../../../src/formats/check.ts'
import type { FormatName } from '../../../src/formats/format.ts'
import { createLocalChecker } from '../../../src/formats/pool.ts'
import { readInputs, type Inputs } from '../../../src/inputs/inputs.ts'
import { inputSource } from '../runs/input-source.ts'
import { preflight, type CheckedFile } from '../../../src/files/read.ts'
import { contextOf } from '../runs/context.ts'
import { inMemoryPlatform, type InMemoryPlatform } from './in-memory-platform.ts'
import { noScratchTree, scratchInMemory } from '../runs/kept-in-memory.ts'
import { RUN, workspaceFile } from '../make.ts'
import { never } from '../time/never.ts'
import { apisOf, LOYALTY } from '../platform/platform-client.ts'

export type Sending = {
  readonly files: Readonly<Record<string, string | Uint8Array>>
  readonly format?: FormatName
  readonly dataset?: DatasetId
  /** The percentage of invalid rows up to which the batch succeeds. */
  readonly threshold?: number
  /** Uploads arrays and pretty-printed objects unchanged. */
  readonly keepMultiLine?: true
  readonly settings?: Partial<Settings>
}

export type FinishedBatch = {
  readonly platform: InMemoryPlatform
  readonly diagnostics: DiagnosticsApi
  readonly record: BatchRecord
  readonly files: readonly CheckedFile[]
  diagnose(how?: How): Promise<Diagnosis>
}

type How = {
  readonly faults?: readonly Fault[]
  readonly keepRecords?: boolean
  readonly sent?: SentFiles
  readonly record?: BatchRecord
  readonly signal?: AbortSignal
}

/** Sends files as the action does, including invalid rows, and waits until the platform has processed them. */
export async function finishedBatch(sending: Sending): Promise<FinishedBatch> {
  const platform = inMemoryPlatform(sending.settings)
  const inputs = readInputs(inputSource({ ...CHECKING, 'multiline-json': multiline(sending) }))
  const files = await checked(sending, inputs)
  const apis = await apisOf(platform)
  const record = await promoted({ ...platform, ...apis }, files, sending)
  const { diagnostics } = apis
  return {
    platform,
    diagnostics,
    record,
    files,
    diagnose: ({ faults = [], keepRecords = false, signal = never(), ...how } = {}) => {
      const subject = { record, sent: { files, transfers: [] }, ...how }
      platform.emulator.faults.add(...faults)
      const { clock } = platform
      const pointerView = async () => (pointer: string) => pointer
      return diagnose(
        subject,
        { keepRecords, pointerView, openSearch: searchHere },
        contextOf({ diagnostics, clock, signal }),
      )
    },
  }
}

/** Searches in the current thread. */
export function searchHere(setup: SearchSetup): SliceChecker {
  return createLocalChecker(searchCheckOf(setup))
}

const CHECKING = { mode: 'validate', glob: '**', 'schema-file': 'x' }

function multiline({ keepMultiLine }: Sending): string {
  return keepMultiLine === true ? 'keep' : 'convert'
}

async function checked({ files, format = 'json' }: Sending, inputs: Inputs) {
  const found = Object.entries(files).map(([path, content]) => {
    const file = workspaceFile(path, { content: bytesContent(Buffer.from(content)) })
    return { ...file, name: path, format }
  })
  const read = await preflight(
    found,
    { ...inputs, checker: undefined, mapping: undefined },
    contextOf({ workspace: keeping() }),
  )
  return read.files
}

function keeping() {
  return {
    find: () => Promise.reject(new Error('Nothing is sought here')),
    read: () => Promise.reject(new Error('Nothing is read here')),
    keep: scratchInMemory,
    keepTree: noScratchTree,
    write: () => Promise.reject(new Error('Nothing is written here')),
    [Symbol.asyncDispose]: async () => undefined,
  }
}

type Reached = Pick<InMemoryPlatform, 'clock'> & Pick<Platform, 'batches' | 'catalog'>

async function promoted({ clock, batches, catalog }: Reached, files: readonly CheckedFile[], sending: Sending) {
  const { dataset = LOYALTY } = sending
  const created = await batches.create(orderOf(files, sending, dataset), never())
  if (created === 'wrong state') throw new Error('The batch could not be created')
  for (const { name, content } of files) await batches.put({ batch: created.id, dataset, name }, content, never())
  await batches.complete(created.id, never())
  await clock.sleep(10_000, never())
  const found = await catalog.batch(created.id, never())
  if (found.kind === 'missing') throw new Error('The batch is gone')
  return found.record
}

function orderOf(files: readonly CheckedFile[], { format = 'json', threshold = 0 }: Sending, datasetId: DatasetId) {
  const csv = { delimiter: ',', quote: '"', escape: '"', header: true, charset: 'UTF-8' } as const
  const isMultiLineJson = files.some(({ isMultiLine }) => isMultiLine)
  const inputFormat =
    format === 'csv' ? { format, ...csv } : format === 'json' ? { format, isMultiLineJson } : ({ format } as const)
  const tags = { gh_repository: [RUN.repository] }
  return { datasetId, inputFormat, externalId: 'gh/1', partialIngestionPercent: threshold, tags }
}

/** Faults that list and send diagnostic files of this batch, as the platform would. */
export function keptRows(batch: BatchId, room: 'row_errors' | 'failed', text: string): readonly Fault[] {
  const base = `/data/foundation/export/batches/${batch}/${room === 'failed' ? 'failed?' : 'meta?path=row_errors'}`
  const entry = { name: 'errors_0.json', length: String(Buffer.byteLength(text)) }
  const list = { data: [entry], _page: { limit: 100, count: 1 } }
  const path = room === 'failed' ? 'path=' : '%2F'
  return [
    { path: `${base}${path}errors_0.json`, effect: { kind: 'answer', status: 200, body: text }, times: 0 },
    { path: `${base}*start=0**`, effect: { kind: 'answer', status: 200, body: JSON.stringify(list) }, times: 0 },
  ]
}

/** `data/a.jsonl:2:52 100` for every rejected row: its place, then the error code. */
export function placesOf({ rejections }: Diagnosis): readonly string[] {
  return rejections.map(({ code, found }) => {
    if (found.kind === 'not found') return `nowhere ${code}`
    const places = found.kind === 'found' ? [found] : found.places
    return `${places.map(placeText).join(' or ')} ${code}`
  })
}

function placeText({ file, place }: SourcePlace): string {
  return place.kind === 'row' ? `${file} row ${place.row}` : `${file}:${place.line}:${place.column}`
}
