import { extentOf, type Extent } from './extent.ts'
import { JsonCompactor } from './json-compactor.ts'
import { MalformedJson } from './malformed-json.ts'
import type { Issue } from './row.ts'

export type BrokenJson = { readonly issue: Issue; readonly at: Extent }

/**
 * What is wrong with a text that is not one JSON value, and where. Slow: it is made for the few places that are shown, and
 * goes by the grammar of tokens, since the messages of `JSON.parse` quote the data.
 */
export function brokenJson(text: string): BrokenJson {
  const bytes = Buffer.from(text)
  const compactor = new JsonCompactor()
  try {
    compactor.write(bytes)
    compactor.end()
  } catch (error) {
    if (!(error instanceof MalformedJson)) throw error
    return { issue: issue(error), at: extentOf(bytes.subarray(0, error.place.offset).toString()) }
  }
  const more = compactor.records > 1
  const found = more ? 'more than one' : 'a number, a word or an escape that JSON does not know'
  return { issue: issue({ expected: more ? 'one object' : 'JSON', found }), at: extentOf('') }
}

function issue({ expected, found }: { readonly expected: string; readonly found: string }): Issue {
  return { code: 'corrupt-record', level: 'error', path: '', expected, received: found }
}
