import { describe, expect, it } from 'vitest'
import type { ListedSchema, SchemasApi } from '../../../src/platform/schemas.ts'
import { findSchema } from '../../../src/publish/dataset.ts'
import { contextOf } from '../../support/runs/context.ts'
import { caught } from '../../support/caught.ts'

function schema(number: number, title: string): ListedSchema {
  return { id: `https://ns.adobe.com/acme/schemas/${number}`, altId: `_acme.schemas.${number}`, title }
}

function find(text: string, all: readonly ListedSchema[] | 'refused'): Promise<string> {
  const refuse = () => Promise.reject(new Error('Nothing is read but a list'))
  const list = all === 'refused' ? refuse : async () => all
  const schemas: SchemasApi = { list, schema: refuse, descriptors: refuse }
  return findSchema(text, contextOf({ schemas }))
}

const [ORDERS, MEMBERS] = [schema(1, 'Orders'), schema(2, 'Members')]

describe('a schema', () => {
  it.each([MEMBERS.altId, MEMBERS.title])('is found by %s', async (text) => {
    expect(await find(text, [ORDERS, MEMBERS])).toBe(MEMBERS.id)
  })

  it('is believed by its $id: no list is read', async () => {
    expect(await find(MEMBERS.id, 'refused')).toBe(MEMBERS.id)
  })

  it('whose title another has is ambiguous, with both ids', async () => {
    const twin = schema(3, 'Members')
    const error = await caught(find('Members', [MEMBERS, twin]))
    expect(error).toMatchObject({
      message: expect.stringContaining(`2 have the title "Members": ${MEMBERS.id}, ${twin.id}`),
    })
  })

  it('that nobody knows is an error with what is near', async () => {
    expect(await caught(find('members', [ORDERS, MEMBERS]))).toMatchObject({
      message: 'Cannot find the schema "members" among the 2 schemas of this sandbox',
      remedy: expect.stringContaining('Similar: "Members"'),
    })
    expect(await caught(find('x', []))).toMatchObject({ message: expect.stringContaining('among the 0') })
  })
})
