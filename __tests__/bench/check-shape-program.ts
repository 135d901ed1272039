import { LINES } from '../support/files/shapes.ts'
import { runCheckProgram } from './check-program.ts'
import { ROW_SHAPES, checkOfShape, requireInOrder } from './row-shapes.ts'

/** Checks a file with rows of one shape, whose name is the setup. */
await runCheckProgram({
  checkFor(name) {
    const shape = ROW_SHAPES.find((one) => one.name === name)
    if (shape === undefined) throw new Error(`There are no rows called "${String(name)}"`)
    return checkOfShape(shape)
  },
  shapeOf: () => LINES,
  inspect: requireInOrder,
})
