import { afterEach, describe, expect, it } from 'vitest'
import { allCalls } from './calls/all.ts'
import { visit, type Visit } from './visit.ts'

describe('a request of another client, over HTTP', () => {
  let open: Visit | undefined
  afterEach(async () => {
    await open?.close()
    open = undefined
  })

  for (const asked of allCalls) {
    it(`${asked.by}: ${briefly(asked.call)} is answered with ${asked.gets.status}`, async () => {
      open = await visit(JSON.stringify(asked))
      const got = await open.ask(asked)
      expect(got, got.text).toMatchObject(open.filled(asked.gets))
    })
  }
})

function briefly(call: string): string {
  return call.replace('/data/foundation', '').slice(0, 130)
}
