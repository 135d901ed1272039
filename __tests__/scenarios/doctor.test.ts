import { describe, expect, it } from 'vitest'
import type { Fault } from '../../emulator/faults/faults.ts'
import { outsiderCredential } from '../../emulator/seed.ts'
import { localPlatform, type LocalPlatform } from '../support/emulator/local-platform.ts'
import { addDataset } from '../support/emulator/more-datasets.ts'
import { addIdentity, addSchema } from '../support/emulator/more-schemas.ts'
import { datasets } from '../support/runs/platform-inputs.ts'
import { reportFaults } from '../support/report/report-faults.ts'

type Check = { readonly name: string; readonly state: string; readonly text: string; readonly remedy: string }

async function examined(platform: LocalPlatform, inputs: Readonly<Record<string, string>> = {}) {
  const run = await platform.publish({ inputs: { mode: 'doctor', glob: '', ...inputs } })
  const report = JSON.parse(run.kept.report) as { readonly doctor: readonly Check[] | null }
  expect(reportFaults(report)).toEqual([])
  expect(
    platform.emulator.requests().filter(({ method, target }) => method !== 'GET' && !target.startsWith('/ims/')),
  ).toEqual([])
  return { ...run, checks: report.doctor ?? [] }
}

const NAMES = [
  'Token',
  'Organization',
  'Sandbox',
  'Dataset',
  'Schema',
  'Role may read',
  'Role may write',
  'Profile',
  'Expiration',
  'Namespaces',
  'Batches of the day',
  'Clock',
  'Proxy',
]

describe('mode: doctor', () => {
  it('answers in order what works, and changes nothing', async () => {
    await using platform = await localPlatform()
    const { checks, log, exitCode, outputs, summary } = await examined(platform)
    expect(checks.map(({ name }) => name)).toEqual(NAMES)
    expect(checks.filter(({ state }) => state !== 'ok').map(({ name }) => name)).toEqual(['Role may write'])
    expect(outputs, log).toMatchObject({ outcome: 'validated', 'dataset-id': datasets.loyalty })
    expect(exitCode).toBe(0)
    expect(log).toMatch(/^✓ Sandbox: "dev", a development sandbox$/m)
    expect(log).toMatch(/^\? Role may write: unknown until the first write.*\n {2}For publishing/m)
    expect(log).toContain('All checks passed')
    expect(summary).toContain('| ✓ | Token |')
    expect(summary).toMatch(/^#+ ✅ All checks passed/m)
  })

  it('looks at the connection alone without a dataset', async () => {
    await using platform = await localPlatform()
    const { checks, log, exitCode } = await examined(platform, { dataset: '' })
    expect(checks.slice(0, 4).map(({ state }) => state)).toEqual(['ok', 'ok', 'ok', 'unknown'])
    expect(log).toMatch(/^\? Schema: not checked, because no dataset is given$/m)
    expect(log).toContain('The connection works. No dataset was checked')
    expect(log).not.toMatch(/a check before it failed|All checks passed/)
    expect(exitCode).toBe(0)
  })

  it('counts the batches of the day', async () => {
    await using platform = await localPlatform()
    const { checks } = await examined(platform)
    expect(checks.find(({ name }) => name === 'Batches of the day')?.text).toBe(
      '0 in the last 24 hours; Adobe advises at most 90 a day',
    )
  })

  it('is refused with a batch, which it does not read', async () => {
    await using platform = await localPlatform()
    const { exitCode, log } = await platform.publish({ inputs: { mode: 'doctor', 'batch-id': '01HBATCH' } })
    expect(exitCode).toBe(1)
    expect(log).toContain('"batch-id" is given')
  })
})

const answer = (path: string, status: number, body = ''): Fault => ({
  path,
  times: 0,
  effect: { kind: 'answer', status, body },
})

const FORBIDDEN = '{"title":"ForbiddenError","status":403,"detail":"no"}'

type Ill = {
  readonly fails: string
  readonly says: string
  readonly todo: string
  readonly inputs?: Readonly<Record<string, string>>
  readonly faults?: readonly Fault[]
  readonly prepare?: (platform: LocalPlatform) => Readonly<Record<string, string>> | void
}

/** Whatever can be wrong, and the first check that says so. */
const ILLS: Readonly<Record<string, Ill>> = {
  'a wrong secret': {
    fails: 'Token',
    says: 'Adobe IMS',
    todo: 'client-secret',
    inputs: { 'client-secret': 'wrong-secret-000000' },
  },
  'an identity service that is down': {
    fails: 'Token',
    says: '404',
    todo: 'is right',
    faults: [{ path: '/ims/**', times: 0, effect: { kind: 'html', status: 404 } }],
  },
  'a token that the gateway refuses': {
    fails: 'Token',
    says: '401',
    todo: 'access-token',
    inputs: { 'client-secret': '', 'access-token': 'old-token-123456' },
  },
  'another organization': {
    fails: 'Organization',
    says: '403',
    todo: 'org-id',
    inputs: { 'org-id': '0123456789ABCDEF01234568@AdobeOrg' },
  },
  'a client id that is no key': {
    fails: 'Organization',
    says: '403',
    todo: 'client-id',
    faults: [
      answer('/data/foundation/sandbox-management/', 403, '{"error_code":"403003","message":"Api Key is invalid"}'),
    ],
  },
  'a sandbox with another name': {
    fails: 'Sandbox',
    says: '(did you mean "dev"?); it can use "dev", "prod"',
    todo: 'Correct "sandbox"',
    inputs: { sandbox: 'devv' },
  },
  'a credential of no sandbox': {
    fails: 'Sandbox',
    says: 'no sandbox at all',
    todo: 'Roles',
    inputs: { 'client-id': outsiderCredential.clientId, 'client-secret': outsiderCredential.secrets[0] },
  },
  'a sandbox that is being made': {
    fails: 'Sandbox',
    says: 'is creating, not active',
    todo: 'active',
    faults: [
      answer(
        '/data/foundation/sandbox-management/',
        200,
        '{"sandboxes":[{"name":"dev","type":"development","state":"creating"}]}',
      ),
    ],
  },
  'a dataset that is not there': {
    fails: 'Dataset',
    says: 'ffffffffffffffffffffffff',
    todo: 'dataset',
    inputs: { dataset: 'ffffffffffffffffffffffff' },
  },
  'a dataset that the role may not read': {
    fails: 'Dataset',
    says: '403',
    todo: 'permission',
    faults: [answer('/data/foundation/catalog/dataSets/*', 403, FORBIDDEN)],
  },
  'a schema that the role may not read': {
    fails: 'Schema',
    says: '403',
    todo: 'View Schemas',
    faults: [answer('/data/foundation/schemaregistry/**', 403, FORBIDDEN)],
  },
  'a schema that is not there': {
    fails: 'Schema',
    says: 'does not contain it',
    todo: 'View Schemas',
    faults: [{ path: '/data/foundation/schemaregistry/**', times: 0, effect: { kind: 'missing' } }],
  },
  'Profile without Identity Service': {
    fails: 'Profile',
    says: 'not for Identity Service',
    todo: 'unifiedIdentity',
    prepare: (platform) => ({
      dataset: addDataset(platform, { name: 'Half', tags: { unifiedProfile: ['enabled:true'] } }),
    }),
  },
  'a dataset that the platform deletes': {
    fails: 'Expiration',
    says: 'expired on',
    todo: 'Data Lifecycle',
    prepare: (platform) => ({
      dataset: addDataset(platform, { name: 'Old', tags: { 'adobe/hygiene/ttl': ['1500000000000'] } }),
    }),
  },
  'a namespace that nobody made': {
    fails: 'Namespaces',
    says: 'no namespace "LoyaltyID"',
    todo: 'Similar: "LoyaltyId"',
    prepare: (platform) => {
      const schemaId = addSchema(platform, {})
      addIdentity(platform, schemaId, '/_emutenant/loyalty/loyaltyId', 'LoyaltyID')
      return { dataset: addDataset(platform, { name: 'Mine', schemaId }) }
    },
  },
  'a clock that is wrong': {
    fails: 'Clock',
    says: 'differs from the platform by',
    todo: 'Set the clock',
    faults: [
      {
        path: '/data/foundation/sandbox-management/',
        times: 0,
        effect: {
          kind: 'answer',
          status: 200,
          body: '{"sandboxes":[{"name":"dev","type":"development"}]}',
          headers: { date: 'Wed, 01 Jan 2020 00:00:00 GMT' },
        },
      },
    ],
  },
}

describe('a doctor finds', () => {
  it.concurrent.each(Object.entries(ILLS))('%s', async (_, { fails, says, todo, inputs, faults = [], prepare }) => {
    await using platform = await localPlatform()
    platform.emulator.faults.add(...faults)
    const { checks, log, outputs, exitCode } = await examined(platform, { ...inputs, ...prepare?.(platform) })
    expect(
      checks.map(({ name }) => name),
      log,
    ).toEqual(NAMES)
    const first = checks.find(({ state }) => state === 'failed')
    expect(first?.name, log).toBe(fails)
    expect(first?.text).toContain(says)
    expect(first?.remedy).toContain(todo)
    expect(log).toContain(`✗ ${fails}: `)
    const clock = checks.find(({ name }) => name === 'Clock')
    const isAsked = !NAMES.slice(0, 3).includes(fails)
    expect(clock?.text === 'not checked, because a check before it failed').toBe(!isAsked)
    expect(outputs['outcome']).toBe('invalid')
    expect(exitCode).toBe(1)
  })

  it('no namespaces where it may not list them, and tells which permission that takes', async () => {
    await using platform = await localPlatform()
    platform.emulator.faults.add(answer('/data/core/idnamespace/**', 403, FORBIDDEN))
    const { checks, exitCode } = await examined(platform)
    expect(checks.find(({ name }) => name === 'Namespaces')).toMatchObject({
      state: 'unknown',
      remedy: expect.stringContaining('View Identity Namespaces'),
    })
    expect(exitCode).toBe(0)
  })

  it('that identities cannot be read', async () => {
    await using platform = await localPlatform()
    platform.emulator.faults.add(answer('/data/foundation/schemaregistry/tenant/descriptors', 403, FORBIDDEN))
    const { checks } = await examined(platform, { dataset: datasets.loyalty })
    expect(checks.find(({ name }) => name === 'Role may read')?.text).toContain('not its identity descriptors')
  })
})
