import type { CheckedFile } from '../../files/read.ts'
import { needsOf } from '../../check/mapped-rows.ts'
import { RowMapper, readRow } from '../../check/row-mapper.ts'
import { type QuickCheck, type SliceChecker, checkFile } from '../../formats/check.ts'
import { LineBuffer, type RowConversion, type SliceConversion } from '../../formats/conversion.ts'
import type { RowCheck } from '../../formats/record.ts'
import { HASH_WORDS, hashOf } from '../../formats/keys.ts'
import { type MappingPlan, compilePlan } from '../../mapping/plan.ts'
import type { JsonObject } from '../../schema/json.ts'
import { type Origin, recordKey, textKey } from './keys.ts'

/** What a worker thread searches for, as plain data. */
export type SearchSetup = {
  /** Keys of the records to find. */
  readonly sought: readonly string[]
  readonly origin: Origin
  /** The plan of the mapping that makes records from rows; absent without a mapping. */
  readonly plan?: MappingPlan | undefined
}

export type SearchTools = {
  readonly openSearch: (setup: SearchSetup) => SliceChecker
  readonly signal: AbortSignal
}

/** A check that reports no issues, and recognizes the sought records by their keys. */
export function searchCheckOf({ sought, origin, plan }: SearchSetup, progress?: Int32Array): QuickCheck {
  const wanted = new Set(sought)
  const known = (key: string) => (wanted.has(key) ? key : undefined)
  const check = {
    text: (text: string) => known(textKey(text)),
    value: (record: JsonObject) => known(recordKey(record, origin)),
  }
  return plan === undefined ? check : { ...check, conversion: mappedSearch(plan, check, progress) }
}

type FlatCheck = Pick<RowCheck, 'value'>

/** Passes the mapped records of the rows to the check. */
function mappedSearch(plan: MappingPlan, check: FlatCheck, progress: Int32Array | undefined): RowConversion {
  const mapping = compilePlan(plan)
  return {
    ...needsOf(mapping),
    begin: (slice, { name, rowsBefore }) => {
      const header = slice.format === 'csv' ? slice.layout.header : undefined
      const mapper = new RowMapper({ mapping, header, name, nowMs: plan.nowMs, progress }, rowsBefore)
      return searchConversion(mapper, check)
    },
  }
}

function searchConversion(mapper: RowMapper, check: FlatCheck): SliceConversion {
  return {
    typedValues: 'verbatim',
    text: (text, report) => {
      const row = readRow(text)
      if (row !== undefined) return check.value(mapper.map(row, text).record, report)
      mapper.skip(1)
      return undefined
    },
    value: (row, report, where) => check.value(mapper.map(row, undefined, where).record, report),
    corrupt: (issue, rows) => {
      mapper.skip(rows)
      return issue
    },
    trace: (issue) => issue,
    lines: new LineBuffer(),
    counts: new Float64Array(0),
  }
}

/** A found record: its key, and its row or the line where it begins. */
export type FoundRecord = { readonly key: string; readonly place: number }

/** A search of many files for the same records. Its worker threads are started once. */
export type FileSearch = AsyncDisposable & {
  /** Finds the sought records of a file, in file order. @throws Problem when it can't be read; the signal's reason */
  find(file: CheckedFile): Promise<readonly FoundRecord[]>
}

/** Opens a search. The caller must dispose it after the last file. */
export function openFileSearch(setup: SearchSetup, { openSearch, signal }: SearchTools): FileSearch {
  const checker = openSearch(setup)
  const byHash = new Map(setup.sought.map((key) => [hashOf(key).join(' '), key]))
  return {
    async find({ source, shape, sentName: name }) {
      const sending = { name, write: async () => undefined }
      const { keys } = await checkFile({ content: source, shape }, { checker, signal, sending })
      return Array.from(keys.places).flatMap((place, index) => {
        const key = byHash.get(keys.hashes.subarray(HASH_WORDS * index, HASH_WORDS * (index + 1)).join(' '))
        return key === undefined ? [] : [{ key, place }]
      })
    },
    [Symbol.asyncDispose]: () => checker[Symbol.asyncDispose](),
  }
}
