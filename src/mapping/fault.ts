import { Problem } from '../lib/errors.ts'
import { count, formatNumber } from '../lib/text.ts'

/**
 * A value that can't be computed or converted: Data Prep would leave the target empty. `expected` and `received` never
 * contain the value itself. `detail` may quote it, but only becomes part of the message, which is shown for text of the
 * mapping set and not for data of a row.
 */
export class ValueFault extends Error {
  override readonly name = 'ValueFault'
  readonly expected: string
  readonly received: string

  constructor(expected: string, received: string, detail?: string) {
    super(`expected ${expected}, found ${received}${detail === undefined ? '' : `: ${detail}`}`)
    this.expected = expected
    this.received = received
  }
}

/**
 * Treats limits of the JavaScript engine as faults of the value, too: a string that is too long, or a match that needs
 * too much memory.
 *
 * @throws any other error
 */
export function valueFaultOf(error: unknown): ValueFault {
  if (error instanceof ValueFault) return error
  if (error instanceof RangeError) return new ValueFault('a value that can be computed', 'one that is too large')
  throw error
}

/**
 * | code         | what is wrong, before the first row is read                                |
 * |--------------|----------------------------------------------------------------------------|
 * | `form`       | the file is not a mapping set, or a mapping in it is incomplete            |
 * | `syntax`     | a path or an expression cannot be read                                     |
 * | `refused`    | it is valid in Data Prep, but this action does not support it              |
 * | `value`      | it fails for every row: a broken date pattern, a constant that never fits  |
 * | `target`     | the schema does not define the target                                      |
 * | `type`       | what the source gives never fits the target                                |
 * | `duplicate`  | two mappings have one target                                               |
 * | `required`   | no mapping fills a required target, or the primary identity                |
 * | `source`     | a file has no column of this name                                          |
 */
export type MappingFaultCode =
  'form' | 'syntax' | 'refused' | 'value' | 'target' | 'type' | 'duplicate' | 'required' | 'source'

/** A fault of a mapping set. */
export type MappingFault = {
  readonly code: MappingFaultCode
  readonly message: string
  /** The number of the mapping in its set, from 1; absent if the fault concerns the whole set. */
  readonly mapping?: number
  readonly target?: string
  /** The place of the fault in the source, the target or the file, counted from 0. */
  readonly excerpt?: MappingExcerpt
}

export type MappingExcerpt = { readonly text: string; readonly at: number }

/** A remark about a valid mapping set. */
export type MappingNote = { readonly message: string; readonly mapping?: number; readonly target?: string }

/** Refuses a part of a mapping at a place in its text. {@link MappingFault} adds the number of that mapping. */
export class PlacedFault extends Error {
  override readonly name = 'PlacedFault'
  readonly code: 'syntax' | 'refused' | 'value'
  readonly at: number

  constructor(code: PlacedFault['code'], at: number, message: string) {
    super(message)
    this.code = code
    this.at = at
  }
}

const MOST_SHOWN = 20

/** All faults of a mapping set as one problem, each with a caret at its place. `name` is the file or the id of the set. */
export function mappingProblem(name: string, faults: readonly MappingFault[]): Problem {
  const more = faults.length - MOST_SHOWN
  const lines = faults.slice(0, MOST_SHOWN).map(faultText)
  if (more > 0) lines.push(`and ${formatNumber(more)} more`)
  return new Problem(
    `Cannot use the mapping set ${JSON.stringify(name)}: ${count(faults.length, 'error')}\n${lines.join('\n')}`,
    {
      remedy: 'Fix the mapping set. No rows were read.',
    },
  )
}

/** `mapping 3 (→ person.birthDate), column 7: …`, and below it the line with a caret. */
export function faultText({ message, mapping, target, excerpt }: MappingFault): string {
  const shown = excerpt === undefined ? undefined : showExcerpt(excerpt)
  const of = mapping === undefined ? [] : [`mapping ${mapping}${target === undefined ? '' : ` (→ ${target})`}`]
  const where = [...of, ...(shown === undefined ? [] : [shown.place])].join(', ')
  const first = where === '' ? message : `${where}: ${message}`
  return shown === undefined ? first : `${first}\n    ${shown.line}\n    ${' '.repeat(shown.caret)}^`
}

export function noteText({ message, mapping, target }: MappingNote): string {
  if (mapping === undefined) return message
  return `mapping ${mapping}${target === undefined ? '' : ` (→ ${target})`}: ${message}`
}

/** How many characters of a line are shown on each side of the place. */
const MOST_BESIDE = 50

type ShownExcerpt = { readonly place: string; readonly line: string; readonly caret: number }

function showExcerpt({ text, at }: MappingExcerpt): ShownExcerpt {
  const before = text.slice(0, at).split(/\r\n|\n|\r/)
  const column = before.at(-1)?.length ?? 0
  const [line = ''] = text.slice(at - column).split(/[\r\n]/, 1)
  const from = Math.max(0, column - MOST_BESIDE)
  const cut = line.slice(from, column + MOST_BESIDE)
  const head = from > 0 ? '…' : ''
  return {
    place: `${before.length > 1 ? `line ${before.length}, ` : ''}column ${column + 1}`,
    line: `${head}${cut.replaceAll('\t', ' ')}${line.length > column + MOST_BESIDE ? '…' : ''}`,
    caret: head.length + column - from,
  }
}
