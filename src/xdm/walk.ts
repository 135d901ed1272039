import { countMembers } from './count-members.ts'
import { describe, describeShape, kindOf } from './describe.ts'
import { issueOf, type Issue, type Report } from './issue.ts'
import { pointer } from './pointer.ts'
import type { RuleCode } from './rules.ts'

/** Checks one value of a record; what is wrong with it goes to the walk. A clean value allocates nothing. */
export type Check = (value: unknown, walk: Walk) => void

type Received = { readonly expected: string; readonly received: string; readonly hint?: string | undefined }

/** Where in a record the check stands. One for all records: a path becomes text only when there is an issue. */
export class Walk {
  readonly showValues: boolean
  /** Of all objects that the walk came through or passed by. */
  members = 0
  readonly #segments: (string | number)[] = []
  #depth = 0
  #report: Report = () => undefined

  constructor(showValues: boolean) {
    this.showValues = showValues
  }

  begin(report: Report): void {
    this.#depth = 0
    this.members = 0
    this.#report = report
  }

  enter(segment: string | number): void {
    this.#segments[this.#depth++] = segment
  }

  leave(): void {
    this.#depth--
  }

  /** What stands here is not looked into. */
  passBy(value: unknown): void {
    this.members += countMembers(value)
  }

  mismatch(value: unknown, expected: string): void {
    this.passBy(value)
    this.say('type-mismatch', { expected, received: kindOf(value) })
  }

  wrong(code: RuleCode, value: unknown, expected: string): void {
    this.say(code, { expected, received: describe(value, this.showValues) })
  }

  malformed(code: RuleCode, value: unknown, { expected, hint }: Omit<Received, 'received'>): void {
    this.say(code, { expected, received: describeShape(value, this.showValues), hint })
  }

  say(code: RuleCode, { expected, received, hint }: Received): void {
    const words: Pick<Issue, 'path' | 'expected' | 'received'> = { path: this.#path(), expected, received }
    this.#report(issueOf(code, hint === undefined ? words : { ...words, hint }))
  }

  #path(): string {
    return pointer(this.#segments.slice(0, this.#depth))
  }
}
