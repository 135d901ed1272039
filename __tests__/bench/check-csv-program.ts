import { rowCheckOf } from '../../src/check/row-check.ts'
import { compileSchema } from '../../src/schema/compile.ts'
import { recordCheck } from '../../src/schema/record.ts'
import { csvShape } from '../support/files/shapes.ts'
import { runCheckProgram } from './check-program.ts'
import { FLAT_HEADER, FLAT_SCHEMA } from './check-schema.ts'

/** `parse`: the cells of each row as strings; `check`: as the action does; `schema`: rows as objects, against a schema. */
export type CsvDepth = 'parse' | 'check' | 'schema'

const PLAIN = { showValues: false, isForProfile: false }

/** Checks a CSV file to the depth in the setup. */
await runCheckProgram({
  checkFor(depth) {
    const text = () => undefined
    if (depth === 'parse') return { text, value: () => undefined, cells: () => undefined }
    const source = { schema: FLAT_SCHEMA, descriptors: undefined }
    if (depth === 'check') return rowCheckOf({ source, ...PLAIN, isUntyped: true })
    // More than the action does: it does not validate the values of CSV.
    const check = recordCheck(compileSchema(FLAT_SCHEMA), PLAIN)
    return { text, value: (value, report) => void check(value, report) }
  },
  shapeOf: () => csvShape(FLAT_HEADER),
})
