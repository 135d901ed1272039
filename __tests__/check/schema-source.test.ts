import { describe, expect, it } from 'vitest'
import { Cancelled } from '../../src/lib/errors.ts'
import { Problem } from '../../src/lib/errors.ts'
import { loyaltySchema } from '../../emulator/seed/loyalty-schema.ts'
import { HttpFailure, readFailureResponse } from '../../src/platform/http/errors.ts'
import { VIEW_SCHEMAS } from '../../src/platform/permissions.ts'
import type { SchemasApi } from '../../src/platform/schemas.ts'
import { readStoredSchema, registeredSchema, storedSchema, type SchemaHolder } from '../../src/check/schema-source.ts'
import { contextOf } from '../support/runs/context.ts'
import type { Context } from '../../src/context.ts'
import type { Workspace } from '../../src/github/workspace.ts'
import { caught } from '../support/caught.ts'
import { never } from '../support/time/never.ts'
import { datasets } from '../support/runs/platform-inputs.ts'
import { noScratchTree, scratchInMemory } from '../support/runs/kept-in-memory.ts'

const forbidden = () => Promise.reject(failureOf(403, '{}'))

function failureOf(status: number, body: string): HttpFailure {
  const response = readFailureResponse({ status, headers: {}, body: Buffer.from(body) }, { permission: VIEW_SCHEMAS })
  return new HttpFailure('read it', response)
}
const descriptors = [{ '@type': 'xdm:descriptorIdentity' }]

const REGISTRY: SchemasApi = {
  schema: async () => ({ kind: 'found', record: loyaltySchema }),
  descriptors: async () => ({ kind: 'found', record: descriptors }),
  list: async () => [],
}

function tools(registry: Partial<SchemasApi>, text = '', signal = never()): Context {
  const workspace: Workspace = {
    find: () => Promise.reject(new Error('Nothing is sought here')),
    read: async () => text,
    keep: scratchInMemory,
    keepTree: noScratchTree,
    write: () => Promise.reject(new Error('Nothing is written here')),
    [Symbol.asyncDispose]: async () => undefined,
  }
  return contextOf({ schemas: { ...REGISTRY, ...registry }, workspace, signal })
}

function holder(schemaId: string | undefined = loyaltySchema.$id): SchemaHolder {
  return { dataset: datasets.loyalty, schemaId }
}

const nameless: SchemaHolder = { dataset: datasets.loyalty, schemaId: undefined }

describe('the schema of the registry', () => {
  it('comes with the identities', async () => {
    expect(await registeredSchema(holder(), tools({}))).toEqual({ schema: loyaltySchema, descriptors })
  })

  it('comes without identities that may not be read, or are not there', async () => {
    const absent = async () => ({ kind: 'missing', requestId: undefined }) as const
    for (const unread of [forbidden, absent]) {
      const source = await registeredSchema(holder(), tools({ descriptors: unread }))
      expect(source).toEqual({ schema: loyaltySchema, descriptors: undefined })
    }
  })

  it.each([
    [503, '{}', /^Experience Platform is unavailable/],
    [429, '{}', /^The rate limit of the platform is reached/],
    [403, '{}', /permission "View Schemas"/],
    [403, '{"error_code":"403000"}', /^Check "client-id"/],
    [403, '<html>', /^The answer is not JSON: a firewall or proxy .*permission "View Schemas"/],
    [401, '{}', /^A new token was refused, too/],
    [302, '', /does not follow redirects/],
    [404, '<html>', /"platform-url" is right/],
  ])('that is answered with %i %s names the cure for that', async (status, body, cure) => {
    const failure = failureOf(status, body)
    const problem = await caught(registeredSchema(holder(), tools({ schema: () => Promise.reject(failure) })))
    expect(problem).toMatchObject({ remedy: expect.stringMatching(cure) })
    expect(problem).toMatchObject({ remedy: expect.stringContaining('"schema-file" with a stored copy') })
  })

  it.each([
    ['is forbidden', { schema: forbidden }, holder(), 'the answer was 403'],
    [
      'is unknown',
      { schema: async () => ({ kind: 'missing', requestId: 'r' }) as const },
      holder(),
      'does not contain it',
    ],
    ['is not named', {}, nameless, 'the dataset has no schema'],
  ])('that %s names the permission and both ways round', async (_, registry, dataset, why) => {
    const error = await caught(registeredSchema(dataset, tools(registry)))
    expect(error).toBeInstanceOf(Problem)
    expect(error).toMatchObject({
      message: expect.stringContaining(why),
      remedy: expect.stringMatching(/"View Schemas".*"schema-file".*"validation: off"/),
    })
  })

  it.each([
    ['mapping', /no access label .* Alternative: "schema-file" with a stored copy of the schema\.$/],
    ['upsert', /no access label denies access to the schema\.$/],
  ] as const)('that "%s" needs is not to be had by switching validation off', async (neededBy, remedy) => {
    const error = await caught(registeredSchema({ ...holder(), neededBy }, tools({ schema: forbidden })))
    expect(error).toMatchObject({ remedy: expect.stringMatching(remedy) })
  })

  it('that is refused is named once', async () => {
    const { $id } = loyaltySchema
    const refusal = new Problem(`Cannot read schema "${$id}": the answer was 403`, { remedy: '' })
    expect(await caught(registeredSchema(holder(), tools({ schema: () => Promise.reject(refusal) })))).toMatchObject({
      message: `Cannot read the schema "${$id}": the answer was 403`,
    })
  })

  it('that is no object schema is refused before any row is read', async () => {
    const schema = async () => ({ kind: 'found', record: { type: 'object' } }) as const
    await expect(registeredSchema(holder(), tools({ schema }))).rejects.toThrow('not an object schema with properties')
  })

  it('that a cancel interrupts is no schema that cannot be read', async () => {
    const signal = AbortSignal.abort(new Cancelled('SIGINT'))
    expect(await caught(registeredSchema(holder(), tools({ schema: forbidden }, '', signal)))).toBe(signal.reason)
    expect(await caught(registeredSchema(holder(), tools({ descriptors: forbidden }, '', signal)))).toBe(signal.reason)
  })
})

describe('a stored schema', () => {
  const read = async (text: string) => storedSchema(await readStoredSchema('schema.json', tools({}, text)))

  it('is what the file holds, and nothing is known of identities', async () => {
    const source = await read(JSON.stringify(loyaltySchema))
    expect(source).toEqual({ schema: JSON.parse(JSON.stringify(loyaltySchema)) as unknown, descriptors: undefined })
  })

  it.each([
    [{ isForProfile: false }, false],
    [{ isForProfile: null }, true],
    [{}, true],
  ])('may be stored with its identities, and what is known of its dataset: %j', async (meta, isForProfile) => {
    const schema = JSON.parse(JSON.stringify(loyaltySchema)) as unknown
    expect(await read(JSON.stringify({ schema, descriptors, meta }))).toEqual({ schema, descriptors, isForProfile })
  })

  it('may begin with a byte-order mark, and be no UTF-16', async () => {
    expect((await read(`\ufeff${JSON.stringify(loyaltySchema)}`)).schema).toEqual(loyaltySchema)
    await expect(read('\ufffd\ufffd{\0}\0')).rejects.toThrow('it is UTF-16, and JSON is UTF-8')
    await expect(read('{')).rejects.toThrow('it is not JSON')
  })

  it('may be stored without identities, which could not be read', async () => {
    const source = await read(
      JSON.stringify({ schema: loyaltySchema, descriptors: null, meta: { isForProfile: true } }),
    )
    expect(source).toMatchObject({ descriptors: undefined })
    expect(source.isForProfile).toBeUndefined()
  })

  it.each([
    ['{', 'it is not JSON'],
    ['null', 'it is not an object schema with properties'],
    ['{"schema":{},"descriptors":[],"meta":{}}', 'it is not an object schema with properties'],
    ['{"results":[]}', 'it is not an object schema with properties'],
  ])('%s is refused by the name of its file, and nothing of it is quoted', async (text, why) => {
    const error = await caught(read(text))
    expect(error).toMatchObject({
      message: `Cannot read the schema in "schema.json": ${why}`,
      remedy: expect.stringContaining('application/vnd.adobe.xed-full+json; version=1'),
    })
  })
})
