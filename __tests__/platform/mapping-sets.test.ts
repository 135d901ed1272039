import { expect, it } from 'vitest'
import { mappingSetsApi } from '../../src/platform/mapping-sets.ts'
import { clientAt } from '../support/platform/client-at.ts'
import { never } from '../support/time/never.ts'
import { answer } from '../support/platform/scripted-transport.ts'

it.each([null, [], 'later'])('is asked for again where the answer is none: %j', async (odd) => {
  const { client } = clientAt([answer(200, odd), answer(200, { mappings: [] })])
  expect(await mappingSetsApi(client).mappingSet('a b', never())).toEqual({ kind: 'found', record: { mappings: [] } })
})
