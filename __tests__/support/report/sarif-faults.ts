import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'

// The schema is draft-04, which has `id` for its name; ajv reads the rest as draft-07.
const {
  $schema: _dialect,
  id: _name,
  ...schema
} = JSON.parse(
  readFileSync(new URL('../../fixtures/sarif/sarif-schema-2.1.0.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, unknown>>

// One of its patterns is invalid in Unicode mode.
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false })
formats.default(ajv)
const validate = ajv.compile(schema)

/** The violations of the SARIF 2.1.0 schema in a file. */
export function sarifFaults(text: string): readonly string[] {
  validate(JSON.parse(text))
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}
