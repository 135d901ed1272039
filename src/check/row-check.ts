import { type SchemaSource, compileSource } from './schema-source.ts'
import type { QuickCheck } from '../formats/check.ts'
import { type MappingSetup, mappedRows } from './mapped-rows.ts'
import { columnChecksOf } from './column-check.ts'
import { asJson } from './typed-values.ts'
import type { CompiledSchema } from '../schema/compile.ts'
import { hasSlowPattern } from '../schema/patterns.ts'
import { checkRelationalCells, primaryKeyOf } from '../schema/relational.ts'
import { recordCheck, recordScan, reportRowSize, textCheck } from '../schema/record.ts'

/** The setup of a row check: plain data, from which every thread makes its own check. */
export type CheckSetup = {
  readonly source: SchemaSource
  /** Findings show the values that they are about. */
  readonly showValues: boolean
  /** Rows must meet the requirements of Profile. */
  readonly isForProfile: boolean
  /** Rows of text columns are promoted unchanged (troubleshooting guide, CSV): only their header can have findings. */
  readonly isUntyped: boolean
  /** A mapping makes records of the rows, which are checked instead. */
  readonly mapping?: MappingSetup | undefined
}

/** `progress`: see {@link mappedRows}. @throws Problem if the schema is not one */
export function rowCheckOf(
  { source, showValues, isForProfile: isOfProfile, isUntyped, mapping }: CheckSetup,
  progress?: Int32Array,
): QuickCheck {
  const schema = compileSource(source)
  const { relational } = schema
  // Profile does not accept relational data.
  const isForProfile = isOfProfile && relational === undefined
  const options = { showValues, isForProfile }
  const checkText = textCheck(schema, options)
  const check = recordCheck(schema, options)
  const keyOf = keyOfRecord(schema)
  // Relational rows have a key, so each of them is read.
  const scan = relational === undefined ? recordScan(schema, options) : undefined
  const hasKey = schema.behaviour === 'time-series'
  const checksValues = mapping === undefined ? !isUntyped : mapping.isChecked
  return {
    isSlow: checksValues && hasSlowPattern(schema.root),
    conversion: mapping === undefined ? undefined : mappedRows(mapping, { showValues, keyOf, progress }),
    ignoresCells: isUntyped && !isForProfile && relational === undefined,
    columns: isUntyped ? undefined : (tree) => columnChecksOf(tree, schema, options),
    scan: scan === undefined ? undefined : { ...scan, key: () => (hasKey ? scan.id() : undefined) },
    text(text, report) {
      return keyOf(checkText(text, report))
    },
    value(value, report) {
      if (isUntyped) {
        if (isForProfile) reportRowSize(schema, value, report)
        if (relational === undefined) return undefined
        checkRelationalCells(relational, value, report)
        return keyOf(value)
      }
      const record = asJson(value)
      if (isForProfile) reportRowSize(schema, record, report)
      check(record, report)
      return keyOf(record)
    },
  }
}

function keyOfRecord({ relational, behaviour }: CompiledSchema): (record: unknown) => string | undefined {
  if (relational !== undefined) return (record) => primaryKeyOf(relational, record)
  return behaviour === 'time-series' ? eventId : () => undefined
}

/** The platform treats events with the same `_id` as one event. */
function eventId(record: unknown): string | undefined {
  const id = typeof record === 'object' && record !== null && '_id' in record ? record['_id'] : undefined
  return typeof id === 'string' ? id : undefined
}
