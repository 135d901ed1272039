import { brokenJson } from './broken-json.ts'
import { joined, type Extent } from './extent.ts'
import type { Line, LineSink } from './read-json-lines.ts'
import { KeyList, type RowKeys } from './row-keys.ts'
import { placeAt, type Issue, type Report, type RowCheck, type RowKey, type RowPlace, type Where } from './row.ts'
import { Tally, type Finding } from './tally.ts'

/** What was found in a slice; places count from where it begins. */
export type SliceResult = {
  /** Records, those that can't be read among them. */
  readonly rows: number
  /** Records with at least one error. */
  readonly badRows: number
  readonly extent: Extent
  readonly findings: readonly Finding[]
  readonly keys: RowKeys
}

/** A check that knows most of the records that it has nothing to say of by their bytes. */
export type SwiftCheck = RowCheck & {
  /** What `text` would return for a record that it surely says nothing of; false where that is in doubt. */
  readonly clean?: (line: Line) => RowKey | false
}

/** Asks the check about every record and counts what it says. One object for all rows: nothing is made for a clean one. */
export class Inspector implements LineSink {
  #check: SwiftCheck
  #tally = new Tally()
  #keys = new KeyList()
  #rows = 0
  #badRows = 0
  #isBad = false
  #where: Where | undefined

  constructor(check: SwiftCheck) {
    this.#check = check
  }

  takes(line: Line): boolean {
    const { clean } = this.#check
    const key = clean === undefined ? false : clean(line)
    if (key === false) return false
    this.#begin(line)
    this.#key(key, line)
    return true
  }

  text(text: string, where: Where): void {
    this.#begin(where)
    try {
      this.#key(this.#check.text(text, this.#report), where)
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      this.#broken(text, where)
    }
  }

  value(value: Readonly<Record<string, unknown>>, where: Where): void {
    this.#begin(where)
    this.#key(this.#check.value(value, this.#report), where)
  }

  corrupt(issue: Issue, where: Where, rows = 1): void {
    this.#begin(where)
    this.#report(issue)
    this.#rows += rows - 1
    this.#badRows += rows - 1
  }

  result(extent: Extent): SliceResult {
    return {
      rows: this.#rows,
      badRows: this.#badRows,
      extent,
      findings: this.#tally.findings(),
      keys: this.#keys.keys(),
    }
  }

  #begin(where: Where): void {
    this.#where = where
    this.#rows++
    this.#isBad = false
  }

  #key(key: RowKey, where: Where): void {
    if (key === undefined) return
    const place = where.placeOf('')
    this.#keys.add(key, place.kind === 'row' ? place.row : place.line)
  }

  #report: Report = (issue) => {
    const where = this.#where
    if (where === undefined) return
    this.#blame(issue)
    this.#tally.count(issue, () => ({ issue, place: where.placeOf(issue.path) }))
  }

  #blame({ level }: Issue): void {
    if (level !== 'error' || this.#isBad) return
    this.#isBad = true
    this.#badRows++
  }

  #broken(text: string, where: Where): void {
    this.#blame(MALFORMED)
    this.#tally.count(MALFORMED, () => {
      // The place of a record is that of its first character, blanks before it not counted.
      const { issue, at } = brokenJson(text.replace(/^[ \t\r\n]+/, ''))
      return { issue, place: behind(where.placeOf(''), at) }
    })
  }
}

const MALFORMED: Issue = {
  code: 'corrupt-record',
  level: 'error',
  path: '',
  expected: 'JSON',
  received: 'something else',
}

function behind(start: RowPlace, at: Extent): RowPlace {
  return start.kind === 'row' ? start : placeAt(joined({ lines: start.line - 1, columns: start.column - 1 }, at))
}
