import { rowCheckOf } from '../../src/check/row-check.ts'
import { LINES } from '../support/files/shapes.ts'
import { runCheckProgram } from './check-program.ts'
import { ROW_SHAPES, schemaOfShape } from './row-shapes.ts'

/** Checks a file with rows of one shape, whose name is the setup. */
await runCheckProgram({
  checkFor(name) {
    const shape = ROW_SHAPES.find((one) => one.name === name)
    if (shape === undefined) throw new Error(`There are no rows called "${String(name)}"`)
    const source = { schema: schemaOfShape(shape), descriptors: [] }
    return rowCheckOf({ source, showValues: false, isForProfile: shape.isForProfile, isUntyped: false })
  },
  shapeOf: () => LINES,
  inspect({ findings }) {
    const odd = findings.find(({ code }) => code !== 'null-value')
    if (odd !== undefined) throw new Error(`The rows should be in order: ${odd.code} at ${odd.path}`)
  },
})
