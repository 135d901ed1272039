import type { CompiledSchema } from './compile.ts'
import type { Field, ObjectField } from './field.ts'
import { issueOf, type Issue, type Report } from './issue.ts'
import { pointer } from './pointer.ts'
import { suggester } from './suggest.ts'

/**
 * Whether the header of a CSV file fits the schema, which has to be flat: CSV is stored as it is ("Batch ingestion
 * troubleshooting", CSV). In an ad-hoc schema the fields stand in one object, and columns go by their last name.
 */
export function checkHeader(schema: CompiledSchema, header: readonly string[], report: Report): void {
  const fields = flatFields(schema)
  if (fields === undefined) {
    report(issueOf('schema-nested', { path: '', expected: 'a flat schema', received: 'a schema with nested fields' }))
    return
  }
  if (header.every((name) => name === '')) {
    report(issueOf('header-empty', { path: '', expected: 'the names of columns', received: 'an empty header' }))
    return
  }
  const suggest = otherDelimiter(header) ?? suggester(fields)
  header.forEach((name, at) => {
    const issue = nameIssue(name, header.indexOf(name) < at, fields.fields.has(name) ? undefined : suggest)
    if (issue !== undefined) report(issue)
  })
  for (const [name, field] of fields.fields) {
    if (!header.includes(name)) report(missing(name, field, fields.required.has(name)))
  }
}

/** Absent for a schema that is not flat. */
function flatFields({ root, behaviour, tenant }: CompiledSchema): ObjectField | undefined {
  const inner = tenant === undefined ? undefined : root.fields.get(tenant)
  const fields = behaviour === 'ad-hoc' && inner?.kind === 'object' ? inner : root
  return [...fields.fields.values()].every(isFlat) ? fields : undefined
}

function isFlat({ kind }: Field): boolean {
  return kind !== 'object' && kind !== 'array' && kind !== 'map'
}

/** A header in one piece that holds what other files have between their columns is most likely one of those files. */
function otherDelimiter([name = '', ...others]: readonly string[]): (() => string) | undefined {
  const [found] = others.length === 0 ? (/[;\t|]/.exec(name) ?? []) : []
  if (found === undefined) return undefined
  const written = found === '\t' ? '\\t' : found
  return () => `do its values stand apart by "${written}"? Then set "csv-delimiter" to it`
}

/** `suggest` where the schema does not have the name. */
function nameIssue(
  name: string,
  isSecond: boolean,
  suggest: ((name: string) => string | undefined) | undefined,
): Issue | undefined {
  const path = pointer([name])
  if (name === '') return issueOf('column-empty', { path, expected: 'the name of a column', received: 'nothing' })
  if (isSecond) return issueOf('column-duplicate', { path, expected: 'each column once', received: 'a second one' })
  if (suggest !== undefined) return unknown(path, suggest(name))
  if (!/\s/.test(name)) return undefined
  return issueOf('column-blank', { path, expected: 'a name without blanks', received: 'a name with a blank' })
}

function unknown(path: string, hint: string | undefined): Issue {
  const words = { path, expected: 'a field of the schema', received: 'a column' }
  return issueOf('unknown-field', hint === undefined ? words : { ...words, hint })
}

function missing(name: string, field: Field, isRequired: boolean): Issue {
  const code = isRequired && !field.hasDefault ? 'required-missing' : 'column-missing'
  return issueOf(code, { path: pointer([name]), expected: 'a column', received: 'nothing' })
}
