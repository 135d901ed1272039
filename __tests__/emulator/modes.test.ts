import { describe, expect, it } from 'vitest'
import { seededDatasetIds, seededSchemaIds } from '../../emulator/seed/ids.ts'
import { catalog, goodRow, imports, platformInMemory, registry, type PlatformInMemory } from './platform-in-memory.ts'

const { loyalty } = seededDatasetIds
const labels = `/data/foundation/dataset/datasets/${loyalty}/labels`
const create = (platform: PlatformInMemory, body: object) =>
  platform.send('POST', imports, { body: { datasetId: loyalty, ...body } })
const status = async (sending: Promise<{ readonly status: number }>) => (await sending).status

/** Where the documents contradict each other: what strict answers, and what lenient. */
const contradictions: readonly (readonly [
  string,
  strict: number,
  lenient: number,
  (platform: PlatformInMemory) => Promise<number>,
])[] = [
  [
    'a batch action in lower case',
    400,
    200,
    async (platform) =>
      await status(platform.send('POST', `${imports}/${await platform.createBatch()}?action=complete`)),
  ],
  [
    'a file action in lower case',
    400,
    201,
    async (platform) =>
      await status(
        platform.send(
          'POST',
          `${imports}/${await platform.createBatch()}/datasets/${loyalty}/files/a?action=initialize`,
        ),
      ),
  ],
  [
    'the status at /batch/{id}',
    404,
    200,
    async (platform) => await status(platform.send('GET', `${catalog}/batch/${await platform.createBatch()}`)),
  ],
  ['a batch without inputFormat', 400, 201, (platform) => status(create(platform, {}))],
  [
    'a header option as text',
    400,
    201,
    (platform) => status(create(platform, { inputFormat: { format: 'csv', header: 'true' } })),
  ],
  [
    'an externalId with a colon',
    400,
    201,
    (platform) => status(create(platform, { inputFormat: { format: 'json' }, externalId: 'a:b' })),
  ],
  [
    'the upload path with a capital S',
    404,
    200,
    async (platform) =>
      await status(
        platform.send('PUT', `${imports}/${await platform.createBatch()}/dataSets/${loyalty}/files/a`, {
          body: goodRow,
        }),
      ),
  ],
  [
    'datasets in lower case in Catalog',
    404,
    200,
    (platform) => status(platform.send('GET', `${catalog}/datasets/${loyalty}`)),
  ],
  [
    'a schema look-up without a version',
    400,
    200,
    (platform) =>
      status(
        platform.send('GET', `${registry}/tenant/schemas/${encodeURIComponent(seededSchemaIds.loyalty)}`, {
          headers: { accept: 'application/vnd.adobe.xed-full+json' },
        }),
      ),
  ],
  [
    'a dataset created without the content type of its body',
    400,
    201,
    (platform) =>
      status(
        platform.send('POST', `${catalog}/dataSets`, {
          body: { name: 'Fresh', schemaRef: { id: seededSchemaIds.loyalty } },
          headers: { 'content-type': 'text/plain' },
        }),
      ),
  ],
  [
    'a token after "bearer" in lower case, as the answer of the token route spells it',
    403,
    200,
    async (platform) =>
      await status(
        platform.send('GET', `${catalog}/dataSets`, { headers: { authorization: `bearer ${await platform.token()}` } }),
      ),
  ],
  [
    'ABORT while the batch is promoted',
    428,
    200,
    async (platform) => {
      const id = await platform.createBatch()
      await platform.send('POST', `${imports}/${id}?action=COMPLETE`)
      return await status(platform.send('POST', `${imports}/${id}?action=ABORT`))
    },
  ],
  [
    'labels by PUT before any POST',
    404,
    200,
    (platform) => status(platform.send('PUT', labels, { body: { labels: ['C1'] } })),
  ],
  [
    'labels by POST where there are some',
    403,
    201,
    async (platform) => {
      await platform.send('POST', labels, { body: { labels: ['C1'] } })
      return await status(platform.send('POST', labels, { body: { labels: ['C2'] } }))
    },
  ],
  [
    'labels by PUT without If-Match',
    400,
    200,
    async (platform) => {
      await platform.send('POST', labels, { body: { labels: ['C1'] } })
      return await status(platform.send('PUT', labels, { body: { labels: ['C2'] } }))
    },
  ],
  [
    'another status for a batch of the ingestion, by Catalog',
    400,
    200,
    async (platform) =>
      await status(
        platform.send('PATCH', `${catalog}/batches/${await platform.createBatch()}`, { body: { status: 'success' } }),
      ),
  ],
  [
    'more batches in a minute than allowed',
    429,
    201,
    async (platform) => {
      platform.emulator.change({ maxBatchesPerMinute: 1 })
      await platform.createBatch()
      return await status(create(platform, { inputFormat: { format: 'json' } }))
    },
  ],
]

describe('where the documents contradict each other', () => {
  for (const [what, strict, lenient, attempt] of contradictions) {
    it(`${what}: strict ${strict}, lenient ${lenient}`, async () => {
      expect(await attempt(await platformInMemory({ mode: 'strict' }))).toBe(strict)
      expect(await attempt(await platformInMemory({ mode: 'lenient' }))).toBe(lenient)
    })
  }

  for (const sent of ['{', '[]', '{"datasetId":"nothing","inputFormat":{"format":"json"}}']) {
    it(`a batch created with ${sent} is refused with 400`, async () => {
      const headers = { 'content-type': 'application/json' }
      const got = await (await platformInMemory()).send('POST', imports, { body: sent, headers })
      expect(got.status).toBe(400)
    })
  }

  for (const wrong of [{ tags: { a: 'b' } }, { partialIngestionPercent: 101 }, { partialIngestionPercent: '5' }]) {
    it(`a batch created with ${JSON.stringify(wrong)} is refused with 400`, async () => {
      expect(await status(create(await platformInMemory(), { inputFormat: { format: 'json' }, ...wrong }))).toBe(400)
    })
  }
})
