import { standsAt } from './clean-bytes.ts'
import type { CleanScan } from './clean-scan.ts'

/** A field that an object may have. */
export type Member = {
  /** Its name as it stands in the record: quoted, with the colon. */
  readonly token: Uint8Array
  readonly scan: CleanScan
  /** 1 when it is required: those that are there can be counted down. */
  readonly required: 0 | 1
  /** The object that it was seen in, by its number: a second time there it is doubled. */
  lastObject: number
}

/** Records of one file name their fields in one order, mostly: what followed last time is tried first. */
export class Names {
  /** Those that records were seen to have; a schema may have hundreds that none has. */
  readonly #seen: Member[] = []
  readonly #others: Set<Member>
  #next = 0

  constructor(members: readonly Member[]) {
    this.#others = new Set(members)
  }

  at(bytes: Uint8Array, at: number): Member | undefined {
    const seen = this.#seen
    for (let tried = 0, place = this.#next; tried < seen.length; tried++, place++) {
      if (place >= seen.length) place = 0
      const member = seen[place]
      if (member === undefined || !standsAt(bytes, at, member.token)) continue
      this.#next = place + 1
      return member
    }
    return this.#learn(bytes, at)
  }

  #learn(bytes: Uint8Array, at: number): Member | undefined {
    for (const member of this.#others) {
      if (!standsAt(bytes, at, member.token)) continue
      this.#others.delete(member)
      this.#next = this.#seen.push(member)
      return member
    }
    return undefined
  }
}
