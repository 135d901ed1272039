import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { seededCredential } from '../../../emulator/seed.ts'
import { seededOrg } from '../../../emulator/seed/ids.ts'
import { at, standing } from '../platform-in-memory.ts'
import { allExpectations } from '../../../emulator/conformance/table/all.ts'
import { visit } from './visit.ts'

const readme = await readFile(join(import.meta.dirname, '../../../emulator/README.md'), 'utf8')
const section = readme.slice(readme.indexOf('## Other clients'), readme.indexOf('## Invented'))
const [curl = '', collection = ''] = Array.from(section.matchAll(/```sh\n(.*?)```/gs), ([, code = '']) => code)

type Route = { readonly method: string; readonly path: RegExp; readonly written: string }

/** `GET PUT /catalog/{a,b}/:id`: each method with a pattern of the paths. */
const routes: readonly Route[] = Array.from(section.matchAll(/`((?:[A-Z]+ )+)(\/[^`]+)`/g)).flatMap(
  ([, methods = '', path = '']) =>
    methods
      .trim()
      .split(' ')
      .map((method) => ({ method, path: pattern(path), written: `${method} ${path}` })),
)

function pattern(path: string): RegExp {
  const open = path
    .replace(/:\w+/g, '[^/]+')
    .replace(/\{([^}]+)\}/g, (_, names: string) => `(${names.replaceAll(',', '|')})`)
    .replace('*', '.+')
  return new RegExp(`^(?:/data/foundation)?${open}/?$`)
}

const asked = allExpectations.map(({ call }) => {
  const [method = '', target = ''] = call.split(' ')
  return { method, path: target.replace(/\?.*$/, '') }
})

const fits = (route: Route, one: (typeof asked)[number]) => route.method === one.method && route.path.test(one.path)

const run = promisify(execFile)
const isWindows = process.platform === 'win32'

describe('the README of the emulator', () => {
  it('names every call of other clients that is tested, and none that is not', () => {
    expect(asked.filter((one) => !routes.some((route) => fits(route, one)))).toEqual([])
    expect(routes.filter((route) => !asked.some((one) => fits(route, one))).map(({ written }) => written)).toEqual([])
  })

  it.skipIf(isWindows)('publishes a row with curl', async () => {
    const { url, close } = await visit()
    try {
      const { stdout } = await run('sh', ['-ec', curl], { env: { ...process.env, url } })
      expect(JSON.parse(stdout)).toEqual({ data: [{ _emutenant: { loyalty: { loyaltyId: 'L1', points: 3 } } }] })
    } finally {
      await close()
    }
  })

  it.skipIf(isWindows)('points the requests of a collection at the emulator', async () => {
    const [folder, { url, close }] = await Promise.all([mkdtemp(join(tmpdir(), 'collection-')), visit()])
    try {
      const file = join(folder, 'Catalog & more.postman_collection.json')
      await writeFile(file, JSON.stringify(written))
      const env = {
        ...process.env,
        PATH: `${join(process.execPath, '..')}:${process.env['PATH']}`,
        url,
        collection: file,
      }
      await run('sh', ['-ec', collection], { env })
      const item = at(JSON.parse(await readFile(file, 'utf8')), 'item', 0, 'item')
      const token = await send(at(item, 0, 'request'), {})
      const headers = standing(String(at(token, 'access_token')))
      expect(await send(at(item, 1, 'request'), headers)).toMatchObject({ tenantId: 'emutenant' })
    } finally {
      await Promise.all([close(), rm(folder, { recursive: true })])
    }
  })

  it('names the seeded credential in every way to try it', () => {
    const { clientId, secrets } = seededCredential
    const ways = section.split('\n### ').slice(1)
    for (const way of ways) expect([clientId, secrets[0], seededOrg].filter((one) => !way.includes(one))).toEqual([])
    expect(ways.map((way) => way.split('\n')[0])).toEqual(['With curl', 'With Postman', 'With aepp'])
  })
})

/** The shape of Adobe's collections: a host of its own in every request, that of IMS a variable. */
const written = {
  info: { name: 'Fixture', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
  item: [
    {
      name: 'Folder',
      item: [
        {
          request: {
            method: 'POST',
            url: {
              raw: 'https://{{IMS}}/ims/token/v2',
              protocol: 'https',
              host: ['{{IMS}}'],
              path: ['ims', 'token', 'v2'],
              query: [
                { key: 'grant_type', value: 'client_credentials' },
                { key: 'client_id', value: seededCredential.clientId },
                { key: 'client_secret', value: seededCredential.secrets[0] },
                { key: 'scope', value: seededCredential.scopes.join(',') },
              ],
            },
          },
        },
        {
          request: {
            method: 'GET',
            url: {
              raw: 'https://platform.adobe.io/data/foundation/schemaregistry/stats',
              protocol: 'https',
              host: ['platform', 'adobe', 'io'],
              path: ['data', 'foundation', 'schemaregistry', 'stats'],
            },
          },
        },
      ],
    },
  ],
}

/** As Postman puts a URL together: from its parts, not from `raw`. */
async function send(request: unknown, headers: Readonly<Record<string, string>>): Promise<unknown> {
  const part = (name: string) => at(request, 'url', name)
  const listed = (name: string) => Object.values(Object(part(name) ?? []))
  const query = listed('query').map((pair): [string, string] => [String(at(pair, 'key')), String(at(pair, 'value'))])
  const origin = `${String(part('protocol'))}://${listed('host').join('.')}:${String(part('port'))}`
  const target = `${listed('path').join('/')}?${new URLSearchParams(query).toString()}`
  return (await fetch(`${origin}/${target}`, { method: String(at(request, 'method')), headers })).json()
}
