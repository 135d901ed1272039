import { rowCheckOf } from '../../src/check/row-check.ts'
import { compileSchema } from '../../src/schema/compile.ts'
import { recordCheck } from '../../src/schema/record.ts'
import { csvShape } from '../support/shapes.ts'
import { runCheckProgram } from './check-program.ts'
import { FLAT_HEADER, FLAT_SCHEMA } from './check-schema.ts'

/** The cells of each row as strings; checked as the action does it; or each row as an object, against a schema. */
export type CsvDepth = 'parse' | 'check' | 'schema'

const PLAIN = { showValues: false, isForProfile: false }

/** Checks a file of CSV as deep as the setup says. */
await runCheckProgram({
  checkFor(depth) {
    const text = () => undefined
    if (depth === 'parse') return { text, value: () => undefined, cells: () => undefined }
    const source = { schema: FLAT_SCHEMA, descriptors: undefined }
    if (depth === 'check') return rowCheckOf({ source, ...PLAIN, isUntyped: true })
    // More than the action does, which takes the columns of CSV as they are.
    const check = recordCheck(compileSchema(FLAT_SCHEMA), PLAIN)
    return { text, value: (value, report) => void check(value, report) }
  },
  shapeOf: () => csvShape(FLAT_HEADER),
})
