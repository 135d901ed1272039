import { createServer, type Server } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { reachOf, type Expectation } from '../../../emulator/conformance/expectation.ts'
import { runAgainstEmulator, runAgainstSandbox } from '../../../emulator/conformance/run.ts'
import { OpenBatches, type SandboxAccess } from '../../../emulator/conformance/session.ts'
import { allExpectations } from '../../../emulator/conformance/table/all.ts'
import { createRouter } from '../../../emulator/http/router.ts'
import { gatedRoutes, openRoutes } from '../../../emulator/routes/all.ts'
import { seededCredential } from '../../../emulator/seed.ts'
import { seededDatasetIds, seededOrg } from '../../../emulator/seed/ids.ts'
import { startEmulator, type RunningEmulator } from '../../../emulator/server.ts'

describe('a request of another client, over HTTP', () => {
  for (const expectation of allExpectations) {
    const { by, call, body, headers } = expectation
    const more = [body, headers].map((one) => (one === undefined ? '' : ` ${JSON.stringify(one)}`)).join('')
    it(`${by}: ${call.replace('/data/foundation', '').slice(0, 130)}${more.slice(0, 80)} is answered as documented`, async () => {
      const { differed, agreed } = await runAgainstEmulator([expectation])
      expect({ differed, agreed }).toEqual({ differed: [], agreed: 1 })
    })
  }
})

const allRoutes = [...openRoutes, ...gatedRoutes]

describe('a table row', () => {
  it('names its source, and says of a write whom it may be sent to', () => {
    expect(allExpectations.filter(({ source }) => source.length < 10)).toEqual([])
    const harmless = allExpectations.filter((one) => reachOf(one) === 'reads').map(({ call }) => call.split('?')[0])
    expect(harmless.filter((call) => !/^(?:GET|HEAD) /.test(call ?? ''))).toEqual([
      'POST /ims/token/v3',
      'POST /data/foundation/conversion/languages/el/validate',
    ])
    const own = allExpectations.filter((one) => reachOf(one) === 'own-batches').map(({ call }) => call)
    expect(own.filter((call) => !/ \/data\/foundation\/import\/batches(?:$|\/\{[OI]\})/.test(call))).toEqual([])
    expect(own.filter((call) => /\{[OI]\}\?action=(?:COMPLETE|REVERT)/.test(call))).toEqual([])
  })

  it('is there for every path of the emulator, but for other spellings of one', () => {
    const asked = createRouter(allRoutes)
    const named = allExpectations.map(({ call }) => {
      const [method = '', target = ''] = call.split(' ')
      const found = asked(method, target.split('?')[0] ?? '')
      return found.kind === 'route' ? found.route : undefined
    })
    const silent = allRoutes
      .filter((route) => !named.includes(route))
      .map(({ method, pattern }) => `${method} ${pattern}`)
    const isSpelling = (call: string) => /\/ims\/token\/v[14]$|\/catalog\/batch\/|\/global\//.test(call)
    expect(silent.filter((call) => !isSpelling(call))).toEqual([])
  })

  it('that no document promises is sent to nobody', () => {
    const ours = allExpectations.filter(({ source }) => source.startsWith('no document'))
    expect(ours.length).toBeGreaterThan(0)
    expect(ours.filter((one) => reachOf(one) !== 'emulator')).toEqual([])
  })
})

describe('somebody’s sandbox', () => {
  let running: RunningEmulator | undefined
  afterEach(async () => {
    await running?.close()
    running = undefined
  })

  async function sandbox(changes: Partial<SandboxAccess> = {}): Promise<SandboxAccess> {
    running = await startEmulator({ settings: { loadedMs: 0, stagingMs: 0, stagedMs: 0 } })
    const { clientId, secrets, scopes } = seededCredential
    return {
      url: running.url,
      imsUrl: running.url,
      clientId,
      clientSecret: secrets[0],
      organization: seededOrg,
      sandbox: 'dev',
      scopes: scopes.join(','),
      writes: false,
      ...changes,
    }
  }

  const written = () => {
    const requests = running?.emulator.requests() ?? []
    return requests.filter(({ method }) => method !== 'GET' && method !== 'HEAD').map(({ target }) => target)
  }

  it('is only read', async () => {
    const found = await runAgainstSandbox(allExpectations, await sandbox())
    expect(found).toMatchObject({ target: 'sandbox', differed: [] })
    expect(found.agreed).toBeGreaterThan(50)
    expect(new Set(written())).toEqual(new Set(['/ims/token/v3', '/data/foundation/conversion/languages/el/validate']))
    expect(found.skipped).toContainEqual({
      call: 'GET /data/foundation/catalog/batches/{B}',
      why: 'the sandbox has nothing for {B}',
    })
  })

  it('gets batches with --write, all of which are aborted, and no row', async () => {
    const stop = stoppable()
    const access = await sandbox({ writes: true, dataset: seededDatasetIds.loyalty })
    const found = await runAgainstSandbox(allExpectations, access, stop)
    expect(found).toMatchObject({ differed: [] })
    expect([stop.open.ids, stop.open.unnamed]).toEqual([[], 0])
    const stages = (await running?.emulator.batches())?.map(({ stage }) => stage) ?? []
    expect(stages.length).toBeGreaterThan(5)
    expect(stages.filter((stage) => stage !== 'aborted' && stage !== 'failed')).toEqual([])
    expect(await running?.emulator.datasetRows(seededDatasetIds.loyalty)).toEqual([])
    expect(
      written().filter((target) => !/^\/(?:ims\/token\/v3|data\/foundation\/(?:import|conversion)\/)/.test(target)),
    ).toEqual([])
  })

  /** A run that can be stopped. */
  function stoppable() {
    const controller = new AbortController()
    return { signal: controller.signal, open: new OpenBatches(), stop: () => controller.abort(new Error('stopped')) }
  }

  const creations = allExpectations.filter(({ call }) => call === 'POST /data/foundation/import/batches')
  const idsAtPlatform = async () => (await running?.emulator.batches())?.map(({ id }) => id)

  it.each([
    ['refused', { kind: 'html', status: 503 }],
    ['not answered', { kind: 'reset', when: 'before' }],
  ] as const)('whose batches cannot be aborted is told which they are, where that is %s', async (_, effect) => {
    const access = await sandbox({ writes: true, dataset: seededDatasetIds.loyalty })
    running?.emulator.faults.add({ method: 'POST', path: '**?action=ABORT', effect })
    const stop = stoppable()
    await runAgainstSandbox(creations.slice(0, 2), access, stop)
    // Of two, only the first could not be aborted.
    expect(stop.open.ids).toEqual((await idsAtPlatform())?.slice(0, 1))
    expect(stop.open.ids).toHaveLength(1)
  })

  it('in which a batch may have been created without an answer is told so', async () => {
    const access = await sandbox({ writes: true, dataset: seededDatasetIds.loyalty })
    running?.emulator.faults.add({
      method: 'POST',
      path: '**/import/batches',
      effect: { kind: 'reset', when: 'after' },
    })
    const stop = stoppable()
    await runAgainstSandbox(creations.slice(0, 1), access, stop)
    expect([stop.open.ids, stop.open.unnamed]).toEqual([[], 1])
  })

  it('has its batches aborted where the run is stopped, also one that is being created', async () => {
    const access = await sandbox({ writes: true, dataset: seededDatasetIds.loyalty })
    const stop = stoppable()
    running?.emulator.faults.add(
      { method: 'POST', path: '**/import/batches', skip: 1, effect: { kind: 'latency', ms: 50 } },
      // Nothing goes on behind them.
      { path: '**/sandboxTypes', effect: { kind: 'latency', ms: 3_600_000 } },
    )
    const types = allExpectations.filter(({ call }) => call.endsWith('/sandboxTypes'))
    const run = runAgainstSandbox([...creations.slice(0, 2), ...types], access, stop)
    await expect.poll(idsAtPlatform).toHaveLength(2)
    stop.stop()
    await expect(run).rejects.toThrow('stopped')
    expect((await running?.emulator.batches())?.map(({ stage }) => stage)).toEqual(['aborted', 'aborted'])
    expect([stop.open.ids, stop.open.unnamed]).toEqual([[], 0])
  })

  it('that answers otherwise is reported with place, source and what came', async () => {
    const access = await sandbox()
    running?.emulator.faults.add({ path: '**/sandboxTypes', effect: { kind: 'html', status: 502 } })
    const types = allExpectations.filter(({ call }) => call.endsWith('/sandboxTypes'))
    const { differed } = await runAgainstSandbox(types, access)
    expect(differed).toEqual([
      {
        call: 'GET /data/foundation/sandbox-management/sandboxTypes',
        by: 'Postman',
        source: 'OpenAPI file of the Sandbox API',
        differences: [
          { at: 'status', expected: '200', got: 502 },
          { at: 'json', expected: 'an object', got: 'nothing' },
        ],
        got: {
          status: 502,
          headers: { 'content-type': 'text/html' },
          body: expect.stringMatching(/^<string of \d+ characters>$/),
        },
      },
    ])
  })

  it('without a token is a failure, which holds no secret', async () => {
    const access = await sandbox({ clientSecret: 'wrong-secret-of-acme' })
    await expect(runAgainstSandbox(allExpectations, access)).rejects.toThrow(
      /^No access token: IMS answered with status \d+$/,
    )
  })
})

describe('a report', () => {
  let server: Server | undefined
  afterEach(() => server?.close())

  /** Everything that an organization would not want to be read by others, in every answer. */
  const PRIVATE = {
    token: 'private-token-of-acme',
    clientId: 'privateclientofacme',
    clientSecret: 'private-secret-of-acme',
    organization: 'FEDCBA9876543210FEDCBA98@AdobeOrg',
    sandbox: 'private-sandbox-of-acme',
    tenant: 'privatetenantofacme',
    user: 'private.user@AdobeID',
    mail: 'private.person@acme.example',
    row: 'Private Person, 1 Private Street',
    name: 'Private dataset of Acme',
    tag: 'private/tag/of/acme',
    field: 'privateFieldOfAcme',
  }

  const dataset = '6a0000000000000000000aaa'
  const everything = JSON.stringify({
    [dataset]: {
      name: PRIVATE.name,
      viewId: '6b0000000000000000000bbb',
      schemaRef: { id: `https://ns.adobe.com/${PRIVATE.tenant}/schemas/1` },
      tags: { [PRIVATE.tag]: [PRIVATE.row] },
      imsOrg: PRIVATE.organization,
      createdUser: PRIVATE.user,
    },
    access_token: PRIVATE.token,
    status: PRIVATE.row,
    title: `${PRIVATE.name} of ${PRIVATE.sandbox}`,
    detail: `${PRIVATE.mail} of ${PRIVATE.organization} may not read "${PRIVATE.row}" in ${PRIVATE.sandbox} of ${PRIVATE.tenant}`,
    data: [{ [PRIVATE.field]: PRIVATE.row, id: PRIVATE.mail }],
    sandboxes: [{ name: PRIVATE.sandbox, title: PRIVATE.name }],
  })

  async function hostile(status: number): Promise<string> {
    const own = createServer((request, response) => {
      const answered =
        request.url?.startsWith('/ims/') === true || request.url?.includes('/dataSets') === true ? 200 : status
      response.writeHead(answered, { 'content-type': `application/json; of="${PRIVATE.row}"`, etag: PRIVATE.name })
      response.end(everything)
    })
    server = own
    await new Promise<void>((resolve) => void own.listen(0, '127.0.0.1', resolve))
    const address = own.address()
    return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  }

  it.each([200, 403])('holds nothing of the organization, where everything is answered with %d', async (status) => {
    const url = await hostile(status)
    const { clientId, clientSecret, organization, sandbox } = PRIVATE
    const access = {
      url,
      imsUrl: url,
      clientId,
      clientSecret,
      organization,
      sandbox,
      scopes: 'openid',
      writes: true,
      dataset,
    }
    const sent: readonly Expectation[] = allExpectations.filter((one) => reachOf(one) === 'reads')
    const found = await runAgainstSandbox(sent, access)
    expect(found.differed.length).toBeGreaterThan(50)
    const text = JSON.stringify(found)
    const leaked = Object.entries(PRIVATE).filter(([, value]) => text.toLowerCase().includes(value.toLowerCase()))
    expect(leaked).toEqual([])
    expect(text).not.toMatch(/private(?:token|client|secret|tenant|field)/i)
    expect(text).not.toContain(dataset)
  })
})
