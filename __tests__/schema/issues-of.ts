import { compileSchema } from '../../src/schema/compile.ts'
import { recordCheck, recordScan, textCheck, type CheckOptions } from '../../src/schema/record.ts'
import type { Issue } from '../../src/schema/rules.ts'

type Json = Readonly<Record<string, unknown>>

export const PLAIN: CheckOptions = { showValues: false, isForProfile: false }

/** A `xed-full` answer with these fields. */
export function schemaOf(properties: Json, rest: Json = {}): Json {
  return {
    $id: 'https://ns.adobe.com/acme/schemas/1f0c9d7a',
    title: 'Loyalty Members',
    type: 'object',
    'meta:class': 'https://ns.adobe.com/xdm/context/profile',
    'meta:extends': ['https://ns.adobe.com/xdm/context/profile', 'https://ns.adobe.com/xdm/data/record'],
    'meta:tenantNamespace': '_acme',
    properties,
    ...rest,
  }
}

export function issuesIn(schema: Json, record: unknown, options: CheckOptions = PLAIN): readonly Issue[] {
  const issues: Issue[] = []
  recordCheck(compileSchema(schema), options)(record, (issue) => issues.push(issue))
  return issues
}

/**
 * `enum /person/gender`, one for each issue of the record that the text holds, with every name as it is. The scan must not take a record with issues
 * for one in order.
 */
export function found(schema: Json, text: string, options: CheckOptions = PLAIN): readonly string[] {
  const compiled = compileSchema(schema)
  const issues: string[] = []
  textCheck(compiled, options)(text, ({ code, path, at = path }) => issues.push(`${code} ${at}`))
  return issues.length > 0 && isRecognised(text) ? [...issues, 'and the scan recognises it as one in order'] : issues

  function isRecognised(line: string): boolean {
    const scan = recordScan(compiled, options)
    return scan !== undefined && scan.recognise(Buffer.from(`${line}\n`), 0) >= 0 && scan.notes.length === 0
  }
}
