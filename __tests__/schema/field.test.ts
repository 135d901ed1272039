import { describe, expect, it } from 'vitest'
import { compileSchema } from '../../src/schema/compile.ts'
import { shownPointer } from '../../src/schema/field.ts'
import { schemaOf } from './issues-of.ts'

const text = { type: 'string' }
const group = { type: 'object', properties: { name: text } }

const { root } = compileSchema(
  schemaOf({
    person: group,
    list: { type: 'array', items: group },
    byMail: { type: 'object', additionalProperties: group },
    open: {},
  }),
)

describe('a field that the platform names', () => {
  it.each([
    ['', ''],
    ['/person/name', '/person/name'],
    ['/person/anna@example.com', '/person/*'],
    ['/Anna/name', '/*/*'],
    ['/list/3/name', '/list/3/name'],
    ['/list/list/element/name', '/list/list/element/name'],
    ['/list/name', '/list/name'],
    ['/byMail/anna@example.com/name', '/byMail/*/name'],
    ['/byMail/anna/name', '/byMail/*/name'],
    ['/open/anna', '/open/*'],
    ['/person~1name', '/*'],
  ])('%s is shown as %s', (written, shown) => expect(shownPointer(root, written)).toBe(shown))
})
