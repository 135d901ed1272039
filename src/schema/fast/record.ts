import type { CheckOptions } from '../check/record.ts'
import type { CompiledSchema } from '../compile.ts'
import { type ScanOf, cleanArray, cleanMap, cleanObject } from './containers.ts'
import { type CleanScan, DOUBT, Probe, type Reading, anyString, textOf } from './scan.ts'
import { cleanBoolean, cleanDate, cleanDateTime, cleanInteger, cleanNumber, cleanString } from './values.ts'
import type { Field } from '../field.ts'

/** The scan of a field; absent where every value is worth a second look. */
function cleanField(field: Field): CleanScan | undefined {
  if (field.isDeprecated) return undefined
  switch (field.kind) {
    case 'string':
      return cleanString(field)
    case 'number':
      return cleanNumber(field)
    case 'integer':
      return cleanInteger(field)
    case 'boolean':
      return cleanBoolean
    case 'date':
      return cleanDate
    case 'date-time':
      return cleanDateTime
    case 'object':
      return cleanObject(field, cleanField)
    case 'map':
      return repeated(cleanMap, field.values)
    case 'array':
      return repeated(cleanArray, field.items)
    case 'any':
      // Texts are the most that fields without a type hold, and anything goes.
      return anyString
    default:
      return field satisfies never
  }
}

function repeated(scanOfMany: (scan: CleanScan) => CleanScan, field: Field): CleanScan | undefined {
  const scan = cleanField(field)
  return scan === undefined ? undefined : scanOfMany(scan)
}

/** Whether the record that fills the bytes up to a line feed at `end` is surely clean. The bytes are valid UTF-8. */
export type CleanRecord = {
  recognises(bytes: Buffer, start: number, end: number): boolean
  /** The `_id` of the record recognised last, where it is a text. */
  id(): string | undefined
}

/**
 * Most records are in order, and need not be read to see it: their bytes are compared with what the schema expects. What
 * it recognises is JSON that `textCheck` says nothing of; where it does not, nothing is said: the record may still be
 * clean. Absent where no record can be recognised.
 */
export function cleanRecord(schema: CompiledSchema, options: CheckOptions): CleanRecord | undefined {
  const path = identityPath(schema, options)
  if (path === undefined) return undefined
  const scan = rootScan(schema, options, path)
  const reading: Reading = {
    bytes: Buffer.alloc(0),
    objects: 0,
    idStart: 0,
    idEnd: 0,
    hasIdentity: false,
    probe: new Probe(),
  }
  return {
    recognises(bytes, start, end) {
      reading.bytes = bytes
      reading.idStart = reading.idEnd = 0
      reading.hasIdentity = path.length === 0
      const stop = scan(reading, start)
      return stop !== DOUBT && reading.hasIdentity && afterMargin(bytes, stop) === end
    },
    id: () => idOf(reading),
  }
}

/** None where no identity is asked for; absent where the identityMap has to be looked into. */
function identityPath({ identity }: CompiledSchema, { isForProfile }: CheckOptions): readonly string[] | undefined {
  if (!isForProfile || identity.kind === 'unknown') return []
  return identity.kind === 'field' ? identity.path : undefined
}

function rootScan({ root, identity }: CompiledSchema, options: CheckOptions, path: readonly string[]): CleanScan {
  // Nobody knows whether an identity is missing, but a map that is there may mark too many of its own as primary.
  const isMapAsked = options.isForProfile && identity.kind === 'unknown'
  const scanOf = scanAlong(path)
  return cleanObject(root, (field, name) => {
    if (isMapAsked && name === 'identityMap') return undefined
    const scan = scanOf(field, name)
    return name === '_id' && scan !== undefined ? idScan(scan) : scan
  })
}

/** A path through anything but objects leads nowhere: the identity is then never seen. */
function scanAlong([first, ...rest]: readonly string[]): ScanOf {
  return (field, name) => {
    if (name === first && rest.length === 0) return identityScan(cleanField(field))
    if (name === first && field.kind === 'object' && !field.isDeprecated) return cleanObject(field, scanAlong(rest))
    return cleanField(field)
  }
}

/** An empty text is no identity. */
function identityScan(scan: CleanScan | undefined): CleanScan | undefined {
  if (scan === undefined) return undefined
  return (reading, start) => {
    const end = scan(reading, start)
    reading.hasIdentity = end !== DOUBT && !(reading.bytes[start] === QUOTE && end === start + 2)
    return end
  }
}

function idScan(scan: CleanScan): CleanScan {
  return (reading, start) => {
    const end = scan(reading, start)
    reading.idStart = start
    reading.idEnd = end
    return end
  }
}

function idOf({ bytes, idStart, idEnd }: Reading): string | undefined {
  return bytes[idStart] === QUOTE && idEnd > idStart ? textOf(bytes, idStart, idEnd) : undefined
}

const QUOTE = 34

/** Lines may end with blanks, and those of Windows with a carriage return. */
function afterMargin(bytes: Buffer, from: number): number {
  let at = from
  while (bytes[at] === SPACE || bytes[at] === TAB || bytes[at] === CARRIAGE_RETURN) at++
  return at
}

const TAB = 9
const CARRIAGE_RETURN = 13
const SPACE = 32
