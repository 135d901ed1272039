import { expect, it } from 'vitest'
import { namespacesApi } from '../../src/platform/namespaces.ts'
import { clientAt } from '../support/platform/client-at.ts'
import { never } from '../support/time/never.ts'
import { answer } from '../support/platform/scripted-transport.ts'

it('are asked for again where the answer is no list: every identity would name one that is not there', async () => {
  const { client } = clientAt([answer(200, { message: 'later' }), answer(200, [{ code: 'Email', id: 6 }])])
  expect(await namespacesApi(client).list(never())).toEqual([{ code: 'Email', id: '6' }])
})
