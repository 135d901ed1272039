import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { issuesIn, schemaOf } from '../schema/issues-of.ts'

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/validation.md'), 'utf8')

/** A string that no format allows. */
const BAD = 'a b{'

it('docs/validation.md lists the formats of strings that are checked, and no others', () => {
  const [, list = ''] = /The formats that the action knows are (.*?);/.exec(PAGE) ?? []
  const listed = Array.from(list.matchAll(/`([a-z0-9-]+)`/g), ([, name = '']) => name)
  expect(listed.length).toBeGreaterThan(5)
  const isChecked = (format: string) =>
    issuesIn(schemaOf({ text: { type: 'string', format } }), { text: BAD }).some(({ code }) => code === 'format')
  // Formats of JSON Schema that no document of Adobe mentions.
  const others = ['uuid', 'duration', 'regex', 'iri', 'idn-email', 'relative-json-pointer', 'unknown']
  expect([...listed, ...others].filter(isChecked)).toEqual(listed)
})
