import { RowMapper, readRow } from '../../check/row-mapper.ts'
import type { RunMapping } from '../../files/mapping.ts'
import type { CheckedFile } from '../../files/read.ts'
import type { RecordLocator, RowIssue, RowSink } from '../../formats/record.ts'
import type { JsonObject } from '../../schema/json.ts'

/** Passes the records that a mapping makes from a file's rows to a sink, each with the place of its row. */
export class MappedSink implements RowSink {
  readonly #sink: Pick<RowSink, 'value'>
  readonly #mapper: RowMapper

  constructor(sink: Pick<RowSink, 'value'>, { shape, sentName }: CheckedFile, { compiled, plan }: RunMapping) {
    const header = shape.format === 'csv' ? shape.header : undefined
    this.#sink = sink
    this.#mapper = new RowMapper({ mapping: compiled, header, name: sentName, nowMs: plan.nowMs }, 0)
  }

  text(text: string, where: RecordLocator): void {
    const row = readRow(text)
    if (row === undefined) this.#mapper.skip(1)
    else this.#show(row, { text, where })
  }

  value(row: JsonObject, where: RecordLocator): void {
    this.#show(row, { text: undefined, where })
  }

  corrupt(_: RowIssue, __: RecordLocator, rows = 1): void {
    this.#mapper.skip(rows)
  }

  #show(row: JsonObject, { text, where }: RowSource): void {
    const { record } = this.#mapper.map(row, text, where)
    const placeOf = (pointer: string) => where.placeOf(this.#mapper.originOf(pointer)?.at ?? '')
    this.#sink.value(record, { placeOf })
  }
}

type RowSource = { readonly text: string | undefined; readonly where: RecordLocator }
