import type { Facts } from '../journeys/logbook.ts'
import type { Placed } from '../steps/examine/finding.ts'
import type { Examined } from '../steps/examine.ts'
import type { Rejection } from '../steps/diagnose/rejection.ts'

/** What the check of the rows had said before the platform said the same. */
export type Foreseen = {
  /** Of the field that the platform rejected a row for. */
  readonly of: (rejection: Rejection) => Placed | undefined
  /** The findings without those that the platform confirmed at every place. */
  readonly unconfirmed: readonly Examined[]
}

export function foreseen({ examined = [], batches }: Partial<Pick<Facts, 'examined' | 'batches'>>): Foreseen {
  const said = new Map(examined.flatMap(({ path, findings }) => findings.flatMap(({ first }) => keyed(path, first))))
  const rejections = batches?.flatMap(({ diagnosis }) => diagnosis?.rejections ?? []) ?? []
  const confirmed = new Set(rejections.map(keyOf))
  const unconfirmed = examined.map((file) => ({
    ...file,
    findings: file.findings.filter(
      ({ count, first }) => count > first.length || keyed(file.path, first).some(([where]) => !confirmed.has(where)),
    ),
  }))
  return { of: (rejection) => said.get(keyOf(rejection)), unconfirmed }
}

function keyed(file: string, placed: readonly Placed[]): readonly (readonly [string, Placed])[] {
  return placed.map((one) => [key(file, one.place, one.issue.path), one])
}

/** What has no place of its own is like nothing. */
function keyOf({ found, pointer }: Rejection): string {
  return found.kind === 'found' ? key(found.file, found.place, pointer) : ''
}

type Where = { readonly kind: string; readonly line?: number; readonly row?: number }

/** Both sides name the line of the field; the columns of a list are counted differently. */
function key(file: string, { kind, line, row }: Where, pointer: string): string {
  return JSON.stringify([file, kind, line ?? row ?? 0, pointer])
}
