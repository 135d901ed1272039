import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { pathsOf, readPage, readPages } from './read-pages.ts'

type Field = {
  readonly type: string
  readonly id?: string
  readonly attributes: { readonly label?: string; readonly value?: string; readonly description?: string }
}

type Form = { readonly name: string; readonly description: string; readonly body: readonly Field[] }

const forms = pathsOf('.github/ISSUE_TEMPLATE/*.yml').map((path) => ({
  path,
  form: parse(readPage(path).text) as Form,
}))

describe.each(forms)('the form $path', ({ form }) => {
  it('has a name, a description, and fields with an id and a label', () => {
    expect([form.name, form.description]).not.toContain('')
    const fields = form.body.filter(({ type }) => type !== 'markdown')
    expect(fields.filter(({ id, attributes }) => !id || !attributes.label)).toEqual([])
    expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length)
  })

  it('asks for the report, with values hidden', () => {
    const report = form.body.find(({ id }) => id === 'report')
    expect(report?.attributes.description).toContain('without `show-values`')
  })
})

it('the pages lead to every form, and to no other', () => {
  const linked = readPages().flatMap(({ text }) =>
    Array.from(text.matchAll(/issues\/new\?template=([\w.-]+)/g), ([, name]) => name),
  )
  expect(new Set(linked)).toEqual(new Set(forms.map(({ path }) => path.split('/').at(-1))))
})
