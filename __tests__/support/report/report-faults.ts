import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'

const schema = JSON.parse(readFileSync(new URL('../../../report.schema.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, unknown>
>
const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema)

/** The violations of `report.schema.json` in a report. */
export function reportFaults(report: unknown): readonly string[] {
  validate(report)
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}
