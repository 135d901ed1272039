import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readRequests, type SeenRequest } from './read-requests.ts'

const REQUESTS = [
  'GET /data/foundation/catalog/batches?start=0 HTTP/1.1\r\nhost: x\r\n\r\n',
  'PUT /files/a.json HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 11\r\n\r\n0123\r\n\r\n789',
  'POST /import/batches HTTP/1.1\r\ncontent-length: 16\r\n\r\n{"format":"csv"}',
  'PATCH /files/b HTTP/1.1\r\ncontent-length: 0\r\n\r\n',
]

const SEEN = [
  { method: 'GET', target: '/data/foundation/catalog/batches?start=0', bodyBytes: 0, body: '' },
  { method: 'PUT', target: '/files/a.json', bodyBytes: 11, body: '' },
  { method: 'POST', target: '/import/batches', bodyBytes: 16, body: '{"format":"csv"}' },
  { method: 'PATCH', target: '/files/b', bodyBytes: 0, body: '' },
]

const stream = Buffer.from(REQUESTS.join(''))

it('sees the same requests however the network cuts them', () => {
  const cuts = fc.array(fc.integer({ min: 0, max: stream.length }), { maxLength: 12 })
  fc.assert(
    fc.property(cuts, (places) => {
      const requests: SeenRequest[] = []
      let continued = 0
      const take = readRequests({
        onContinue: () => void continued++,
        onRequest: (request) => void requests.push(request),
      })
      const sorted = [0, ...places.toSorted((a, b) => a - b), stream.length]
      // Reuse one buffer, as the sink does.
      const buffer = Buffer.alloc(stream.length)
      for (const [index, start] of sorted.slice(0, -1).entries()) {
        const length = stream.copy(buffer, 0, start, sorted[index + 1])
        take(buffer.subarray(0, length))
      }
      expect(requests.map(({ method, target, bodyBytes, body }) => ({ method, target, bodyBytes, body }))).toEqual(SEEN)
      expect(continued).toBe(1)
    }),
  )
})
