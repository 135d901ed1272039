/** A date of Data Prep (Java's ZonedDateTime): an instant and its offset. */
export class Moment {
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly offsetMinutes: number

  constructor(at: number, offsetMinutes: number) {
    this.at = at
    this.offsetMinutes = offsetMinutes
  }

  /** ISO 8601 with offset; with a fraction only if there is one. */
  toText(): string {
    return this.#local().replace('.000', '') + this.#offset()
  }

  /** `yyyy-MM-dd`, at the moment's own offset. */
  day(): string {
    return this.#local().slice(0, 10)
  }

  #local(): string {
    return new Date(this.at + this.offsetMinutes * 60_000).toISOString().slice(0, -1)
  }

  #offset(): string {
    if (this.offsetMinutes === 0) return 'Z'
    const size = Math.abs(this.offsetMinutes)
    const [hours, minutes] = [Math.trunc(size / 60), size % 60].map((part) => String(part).padStart(2, '0'))
    return `${this.offsetMinutes < 0 ? '-' : '+'}${hours}:${minutes}`
  }
}

/** The parts of a date as read. Missing parts default to the first day, midnight and UTC. */
export type MomentParts = {
  readonly year: string
  readonly month?: string | undefined
  readonly day?: string | undefined
  readonly hour?: string | undefined
  readonly minute?: string | undefined
  readonly second?: string | undefined
  readonly fraction?: string | undefined
  /** `Z`, `+02`, `+0200` or `+02:00`. */
  readonly offset?: string | undefined
  readonly half?: string | undefined
}

/** Undefined if the parts are no valid moment: month 13, 30 February, 24 o'clock. */
export function momentOf(parts: MomentParts): Moment | undefined {
  const part = (name: keyof MomentParts, otherwise: number) => Number(parts[name] ?? otherwise)
  const hour = hourOf(part('hour', 0), parts.half)
  const fields = [part('month', 1), part('day', 1), hour, part('minute', 0), part('second', 0)] as const
  const [month, day, , minute, second] = fields
  const date = new Date(0)
  date.setUTCFullYear(part('year', 0), month - 1, day)
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined
  if (hour === undefined || hour > 23 || minute > 59 || second > 59) return undefined
  const offset = offsetOf(parts.offset ?? 'Z')
  const ms = Number((parts.fraction ?? '').padEnd(3, '0'))
  return new Moment(date.getTime() + ((hour * 60 + minute - offset) * 60 + second) * 1_000 + ms, offset)
}

function hourOf(hour: number, half: string | undefined): number | undefined {
  if (half === undefined) return hour
  if (hour < 1 || hour > 12) return undefined
  return (hour % 12) + (half === 'PM' ? 12 : 0)
}

function offsetOf(text: string): number {
  if (text === 'Z') return 0
  const digits = text.slice(1).replace(':', '').padEnd(4, '0')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))
  return text.startsWith('-') ? -minutes : minutes
}
