import type { BooleanField, DateField, DateTimeField, Field } from './field.ts'
import type { Allowed } from './node.ts'
import { arrayCheck, arrayScan, mapCheck, mapScan } from './kinds/collection.ts'
import { dateCheck, dateScan, dateTimeCheck, dateTimeScan, passDateTimes } from './kinds/date.ts'
import { integerCheck, integerScan, numberCheck, numberScan } from './kinds/number.ts'
import { objectCheck, objectScan } from './kinds/object.ts'
import { stringCheck, stringPass, stringScan } from './kinds/string.ts'
import { DOUBT, type Pass, type Scan, type ScanState, noteOf, scanBoolean } from './scan.ts'
import { scanJson } from './scan/json.ts'
import { readScan } from './scan/read.ts'
import { type Check, type Walk, allowedCheck, untypedCheck } from './walk.ts'

/**
 * The functions for the values of a field. They are closures over the field's rules, so no rule is looked up per value.
 */
type FieldKind = {
  /** Reports the errors of a value. */
  readonly check: () => Check
  /**
   * Recognises, by its bytes, a value that the check is certain to accept. Undefined if every value must be read and
   * checked.
   */
  readonly scan: (path: string | undefined) => Scan | undefined
  /** Recognises many values of a list at once. */
  readonly pass?: Pass | undefined
}

/** The only place that distinguishes kinds of fields. */
function kindOf(field: Field): FieldKind {
  switch (field.kind) {
    case 'string':
      return { check: () => stringCheck(field), scan: () => stringScan(field), pass: stringPass(field) }
    case 'number':
      return { check: () => numberCheck(field), scan: () => numberScan(field) }
    case 'integer':
      return { check: () => integerCheck(field), scan: () => integerScan(field) }
    case 'boolean':
      return amongAllowed(field, { check: () => checkBoolean, scan: () => scanBoolean })
    case 'date':
      return amongAllowed(field, { check: () => dateCheck, scan: () => dateScan })
    case 'date-time':
      return amongAllowed(field, { check: () => dateTimeCheck, scan: () => dateTimeScan, pass: passDateTimes })
    case 'object':
      return {
        check: () => objectCheck(field, checkOf),
        scan: (path) => objectScan(field, path, (inner, _, at) => scanOf(inner, at)),
      }
    case 'map':
      return {
        check: () => mapCheck(checkOf(field.values)),
        scan: (path) => mapScan(scanOf(field.values, itemPath(path)), itemPath(path)),
      }
    case 'array':
      return {
        check: () => arrayCheck(checkOf(field.items)),
        scan: (path) => arrayScan(scanOf(field.items, itemPath(path)), itemPath(path), passOf(field.items)),
      }
    case 'any':
      return untypedKind(field.allowed)
    default:
      return field satisfies never
  }
}

/** Such fields rarely have an enum, so reading their values is fast enough. */
function amongAllowed({ kind, allowed }: BooleanField | DateField | DateTimeField, plain: FieldKind): FieldKind {
  if (allowed === undefined) return plain
  const check = allowedCheck(kind === 'boolean' ? 'boolean' : 'string', allowed, plain.check())
  return { check: () => check, scan: () => readScan(check) }
}

/** Without an enum, any value is allowed. */
function untypedKind(allowed: Allowed | undefined): FieldKind {
  if (allowed === undefined) return { check: () => checkNothing, scan: () => scanAnything }
  const check = untypedCheck(allowed)
  return { check: () => check, scan: () => readScan(check) }
}

/** Except null, which the surrounding object handles. */
function scanAnything(state: ScanState, start: number): number {
  return state.bytes[start] === N ? DOUBT : scanJson(state, start)
}

const N = 0x6e

export function itemPath(path: string | undefined): string | undefined {
  return path === undefined ? undefined : `${path}/*`
}

/** For a field in any position: a member, an item of a list, a value of a map. */
export function checkOf(field: Field): Check {
  const check = kindOf(field).check()
  return field.isDeprecated ? deprecatedCheck(check) : check
}

const DEPRECATED = { expected: 'a field in use', received: 'a deprecated field' }

function deprecatedCheck(check: Check): Check {
  return (value, walk) => {
    walk.report('deprecated-field', DEPRECATED)
    check(value, walk)
  }
}

/** `path` is the path of the field in notes; undefined if every value is read and checked. */
export function scanOf(field: Field, path: string | undefined): Scan | undefined {
  const scan = kindOf(field).scan(path)
  return field.isDeprecated && scan !== undefined ? deprecatedScan(scan, path) : scan
}

/** A deprecated item is noted, so each is scanned. */
function passOf(items: Field): Pass | undefined {
  return items.isDeprecated ? undefined : kindOf(items).pass
}

function deprecatedScan(scan: Scan, path: string | undefined): Scan | undefined {
  const note = noteOf('deprecated-field', path, DEPRECATED)
  if (note === undefined) return undefined
  return (state, start) => {
    const noted = state.notes.length
    state.notes.add(note, start)
    const end = scan(state, start)
    if (end === DOUBT) state.notes.length = noted
    return end
  }
}

function checkBoolean(value: unknown, walk: Walk): void {
  if (typeof value !== 'boolean') walk.reportMismatch(value, 'true or false')
}

function checkNothing(value: unknown, walk: Walk): void {
  walk.passBy(value)
}
