import { rowCheckOf } from '../../src/check/row-check.ts'
import { parquetSummary } from '../../src/formats/parquet/summary.ts'
import { xdmSchemaOf } from '../support/parquet/parquet-xdm.ts'
import { runCheckProgram } from './check-program.ts'
import { PARQUET_SUBJECTS } from './parquet-subjects.ts'

/** Checks a file of a subject, whose key is the setup, against a schema that matches its columns. */
await runCheckProgram({
  checkFor(subject) {
    const schema = xdmSchemaOf(PARQUET_SUBJECTS[String(subject)]?.columns ?? [])
    const source = { schema, descriptors: undefined }
    return rowCheckOf({ source, showValues: false, isForProfile: false, isUntyped: false })
  },
  async shapeOf(content) {
    const shape = await parquetSummary(content)
    if (!('format' in shape)) throw new Error(`The file ${shape.says}`)
    return shape
  },
})
