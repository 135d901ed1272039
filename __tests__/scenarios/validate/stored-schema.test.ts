import { describe, expect, it } from 'vitest'
import { seededDescriptors } from '../../../emulator/seed/descriptors.ts'
import { loyaltySchema } from '../../../emulator/seed/loyalty-schema.ts'
import { localPlatform, type LocalPlatform } from '../../support/emulator/local-platform.ts'
import { annotationsIn } from '../../support/runs/log.ts'
import { member } from '../../support/runs/platform-inputs.ts'
import { reportFaults } from '../../support/report/report-faults.ts'
import { describeScenarios, NO_REQUEST } from '../../support/runs/scenario.ts'

const OFFLINE = { dataset: '', 'client-id': '', 'client-secret': '', 'org-id': '', sandbox: '' }
const VALIDATE = { mode: 'validate', validation: 'error', 'schema-file': 'schemas/members.json' }
const DATA = { 'data/a.jsonl': member('1') }
const BUNDLE = { schema: loyaltySchema, descriptors: seededDescriptors, meta: { isForProfile: true } }
const filesWith = (stored: unknown) => ({ ...DATA, 'schemas/members.json': JSON.stringify(stored) })

/** Their primary identity is empty, which Profile skips. */
const NOBODY = { 'data/a.jsonl': member('null') }

describeScenarios('a schema that was stored with its identities', {
  'checks identities without a connection': {
    inputs: { ...VALIDATE, ...OFFLINE },
    files: { ...filesWith(BUNDLE), ...NOBODY },
    exitCode: 1,
    outputs: { outcome: 'invalid' },
    annotations: [{ title: 'identity-invalid', line: 1 }],
    requests: NO_REQUEST,
  },
  'checks them for a schema of Profile, if it was stored for no dataset': {
    inputs: { ...VALIDATE, ...OFFLINE },
    files: { ...filesWith({ ...BUNDLE, meta: {} }), ...NOBODY },
    exitCode: 1,
    annotations: [{ title: 'identity-invalid' }],
  },
  'does not check them for a dataset that Profile does not read': {
    inputs: { ...VALIDATE, ...OFFLINE },
    files: { ...filesWith({ ...BUNDLE, meta: { isForProfile: false } }), ...NOBODY },
    exitCode: 0,
    notInLog: ['holds no identity descriptors'],
  },
  'works without them, and reports that identities are not validated': {
    inputs: { ...VALIDATE, ...OFFLINE },
    files: { ...filesWith(loyaltySchema), ...NOBODY },
    exitCode: 0,
    log: ['"schemas/members.json" holds no identity descriptors: identities are not validated'],
  },
  'says so too where the role could not read them': {
    inputs: { ...VALIDATE, ...OFFLINE },
    files: { ...filesWith({ ...BUNDLE, descriptors: null }), ...NOBODY },
    exitCode: 0,
    log: ['holds no identity descriptors'],
  },
})

describe('a stored schema beside a connection', () => {
  const validate = async (platform: LocalPlatform, stored: unknown, inputs = {}) => {
    const run = await platform.publish({ inputs: { ...VALIDATE, dataset: '', ...inputs }, files: filesWith(stored) })
    expect(run.exitCode, run.log).toBe(0)
    const report = JSON.parse(run.kept.report) as Readonly<Record<string, unknown>>
    expect(reportFaults(report)).toEqual([])
    return { ...run, drift: report['schemaDrift'] }
  }

  it('that is that of the registry has no drift', async () => {
    await using platform = await localPlatform()
    const { log, drift } = await validate(platform, BUNDLE)
    expect(log).toContain('The stored schema and the registry agree on everything that is validated')
    expect(drift).toBeNull()
  })

  it('that is older is a warning that names each difference, and which of them break', async () => {
    await using platform = await localPlatform()
    const { properties } = loyaltySchema
    const { personalEmail: _, ...others } = properties
    platform.emulator.addSchema({
      ...loyaltySchema,
      version: '1.9',
      'meta:registryMetadata': { 'repo:lastModifiedDate': 1_800_000_000_000 },
      properties: { ...others, nickname: { type: 'string', 'meta:xdmType': 'string' } },
    })
    const { log, drift } = await validate(platform, BUNDLE)
    const [warning, ...more] = annotationsIn(log).filter(({ level }) => level === 'warning')
    expect(more).toEqual([])
    expect(warning).toMatchObject({ title: 'schema-drift', file: 'schemas/members.json' })
    expect(warning?.text).toContain(
      'is older than the schema in the registry (version 1.2, registry 1.9): 2 differences, 1 breaking',
    )
    expect(warning?.text).toContain('- /personalEmail: removed (breaking)')
    expect(drift).toMatchObject({
      isOlder: true,
      fields: [
        { path: '/personalEmail', change: 'removed', isBreaking: true },
        { path: '/nickname', change: 'added', isBreaking: false },
      ],
    })
  })

  it.each([
    [
      'the registry does not have it',
      { ...loyaltySchema, $id: 'https://ns.adobe.com/emutenant/schemas/none' },
      {},
      'does not contain',
    ],
    ['nobody is let in', BUNDLE, { 'client-secret': 'wrong-secret-000000' }, 'Cannot get an access token'],
  ])('is validated against all the same where %s', async (_, stored, inputs, why) => {
    await using platform = await localPlatform()
    const { log, drift } = await validate(platform, stored, inputs)
    expect(log).toContain('The stored schema was not compared with the registry: ')
    expect(log).toContain(why)
    expect(drift).toBeNull()
  })
})
