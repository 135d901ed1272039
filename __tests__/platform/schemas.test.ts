import { describe, expect, it } from 'vitest'
import { schemasApi } from '../../src/platform/schemas.ts'
import { caught } from '../support/caught.ts'
import { clientAt } from '../support/platform/client-at.ts'
import { never } from '../support/time/never.ts'
import { answer, type Reply } from '../support/platform/scripted-transport.ts'

function bench(...replies: readonly Reply[]) {
  const { client, far } = clientAt(replies)
  return { schemas: schemasApi(client), far }
}

const entry = (number: number) => ({ $id: `https://ns/${number}`, 'meta:altId': `_ns.${number}`, title: `S${number}` })
const page = (numbers: readonly number[], next: unknown) =>
  answer(200, { results: numbers.map(entry), _page: { next, count: numbers.length } })

describe('the list of schemas', () => {
  it('is read to its end by the cursors that the pages hand out, and the first has none', async () => {
    const { schemas, far } = bench(page([1, 2], 'c/1&2'), page([3], 1_700_000_000_000), page([4], null))
    expect((await schemas.list(never())).map(({ title }) => title)).toEqual(['S1', 'S2', 'S3', 'S4'])
    const asked = far.requests.map(
      ({ url }) => url.pathname.replace('/data/foundation/schemaregistry', '') + url.search,
    )
    expect(asked).toEqual(['/tenant/schemas', '/tenant/schemas?start=c%2F1%262', '/tenant/schemas?start=1700000000000'])
    expect(far.requests.map(({ headers }) => headers['accept'])).toEqual(
      Array.from({ length: 3 }, () => 'application/vnd.adobe.xed-id+json'),
    )
  })

  it.each([null, undefined, ''])('ends with a page whose cursor is %j', async (next) => {
    const { schemas, far } = bench(page([1], next))
    expect(await schemas.list(never())).toHaveLength(1)
    expect(far.requests).toHaveLength(1)
  })

  it('ends where a cursor leads to itself', async () => {
    const { schemas, far } = bench(page([1], 'a'), page([2], 'a'))
    expect(await schemas.list(never())).toHaveLength(2)
    expect(far.requests).toHaveLength(2)
  })

  it('shows a schema once that two pages show, since somebody changed it meanwhile', async () => {
    const { schemas } = bench(page([1, 2], 'a'), page([2, 3], null))
    expect((await schemas.list(never())).map(({ title }) => title)).toEqual(['S1', 'S2', 'S3'])
  })

  it('without end is an error', async () => {
    const { schemas } = bench(...Array.from({ length: 1_100 }, (_, number) => page([number], `c${number}`)))
    expect(await caught(schemas.list(never()))).toMatchObject({ message: expect.stringContaining('does not end') })
  })

  it('is asked for again where the answer is none', async () => {
    const { schemas } = bench(answer(200, { message: 'later' }), answer(200, []), page([1], null))
    expect((await schemas.list(never())).map(({ title }) => title)).toEqual(['S1'])
  })

  it('takes entries that leave something out', async () => {
    const { schemas } = bench(answer(200, { results: [{ title: 'Old' }, { $id: 'https://ns/1' }] }))
    expect(await schemas.list(never())).toEqual([
      { id: '', altId: '', title: 'Old' },
      { id: 'https://ns/1', altId: '', title: '' },
    ])
  })
})

describe('one schema', () => {
  it('is asked for whole, with a version, by its encoded $id', async () => {
    const { schemas, far } = bench(answer(200, { $id: 'x', properties: {} }))
    await schemas.schema('https://ns.adobe.com/acme/schemas/1', never())
    await schemas.schema('https://ns.adobe.com/xdm/context/profile', never())
    expect(far.requests.map(({ url }) => url.pathname.replace('/data/foundation/schemaregistry', ''))).toEqual([
      '/tenant/schemas/https%3A%2F%2Fns.adobe.com%2Facme%2Fschemas%2F1',
      '/global/schemas/https%3A%2F%2Fns.adobe.com%2Fxdm%2Fcontext%2Fprofile',
    ])
    expect(far.requests[0]?.headers['accept']).toBe('application/vnd.adobe.xed-full+json; version=1')
  })
})

it('identities of a schema may be none, and other descriptors stand beside them', async () => {
  const groups = { _page: {}, 'xdm:descriptorIdentity': [{ '@id': 'x' }] }
  for (const told of [{}, groups]) {
    const { schemas } = bench(answer(200, told))
    expect(await schemas.descriptors('https://ns/1', never())).toEqual({ kind: 'found', record: told })
  }
})
