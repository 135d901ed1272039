import { expect, it } from 'vitest'
import { sandboxesApi } from '../../src/platform/sandboxes.ts'
import { clientAt } from '../support/platform/client-at.ts'
import { never } from '../support/time/never.ts'
import { answer } from '../support/platform/scripted-transport.ts'

it('are listed with what the answer tells of each, and when it was given', async () => {
  const told = { id: 'd-1', name: 'dev', type: 'development', state: 'creating' }
  const date = 'Wed, 21 Oct 2015 07:28:00 GMT'
  const { client } = clientAt([answer(200, { sandboxes: [told, { name: 'prod' }] }, { date })])
  expect(await sandboxesApi(client, async () => undefined).list(never())).toEqual({
    sandboxes: [told, { id: undefined, name: 'prod', type: '', state: 'active' }],
    answeredMs: Date.parse(date),
  })
})

it('are asked for again where the answer lists none, not even no sandbox', async () => {
  const { client } = clientAt([answer(200, { message: 'later' }), answer(200, { sandboxes: [{ name: 'dev' }] })])
  const { sandboxes } = await sandboxesApi(client, async () => undefined).list(never())
  expect(sandboxes.map(({ name }) => name)).toEqual(['dev'])
})
