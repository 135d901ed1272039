import { describe, expect, it } from 'vitest'
import { outsiderCredential } from '../../emulator/seed.ts'
import type { Fault } from '../../emulator/faults.ts'
import { localPlatform } from '../support/local-platform.ts'
import { datasets, member } from '../support/platform-inputs.ts'

const files = { 'data/a.jsonl': member('1') }
const outsider = { 'client-id': outsiderCredential.clientId, 'client-secret': outsiderCredential.secrets[0] }

type Case = {
  readonly inputs?: Readonly<Record<string, string>>
  /** What the platform answers instead of what it would. */
  readonly fault?: Fault
  readonly says: readonly RegExp[]
}

const DATASET = '/data/foundation/catalog/dataSets/*'
const REQUEST = /\(request [0-9a-f-]{36}\)/

const CASES: Readonly<Record<string, Case>> = {
  'a wrong secret': {
    inputs: { 'client-secret': 'a-secret-that-is-not-it' },
    says: [
      /Cannot get an access token from Adobe IMS: the answer was 400 invalid_client/,
      /Check "client-id"/,
      REQUEST,
    ],
  },
  'an unknown client': {
    inputs: { 'client-id': 'nobody' },
    says: [/invalid_client "invalid client_id parameter"/, REQUEST],
  },
  'a scope that was not granted': {
    inputs: { scopes: 'openid,everything' },
    says: [/invalid_scope/, /Check "scopes"/, REQUEST],
  },
  'another organisation': {
    inputs: { 'org-id': 'FFFFFFFFFFFFFFFFFFFFFFFF@AdobeOrg' },
    says: [/403 403027/, /Check "org-id"/, REQUEST],
  },
  'a credential without permission': {
    inputs: outsider,
    says: [/Cannot read dataset .*403/, /give the credential a role/, REQUEST],
  },
  'a sandbox that does not exist': {
    inputs: { sandbox: 'staging' },
    says: [/no access to sandbox 'staging'/, /check that "sandbox" names the right one/, REQUEST],
  },
  'an unknown dataset': {
    inputs: { dataset: 'f'.repeat(24) },
    says: [/Cannot find dataset "f{24}" in sandbox "dev"/, /Check that "dataset"/, REQUEST],
  },
  'a dataset of another sandbox': {
    inputs: { dataset: datasets.prodOnly },
    says: [/Cannot find dataset "650000000000000000000006" in sandbox "dev"/, REQUEST],
  },
  'a dataset of the platform itself': {
    inputs: { dataset: datasets.system },
    says: [/Cannot use dataset .*Profile snapshot.*: the platform manages it itself/],
  },
  'an error page in the place of an answer': {
    fault: { path: DATASET, effect: { kind: 'html', status: 403 } },
    says: [/Cannot read dataset .*403 "[^<>]*Bad Gateway[^<>]*"/, REQUEST],
  },
  'a page without an error': {
    fault: { path: DATASET, effect: { kind: 'answer', status: 200, body: '<html>Welcome</html>' } },
    says: [/Cannot read dataset .*the answer 200 is not JSON/, /Check "platform-url"/, REQUEST],
  },
  'a creation that is refused': {
    fault: {
      path: '/data/foundation/import/batches',
      effect: { kind: 'answer', status: 400, body: '{"detail":"Not today.","errorCode":"ERR-BI-106"}' },
    },
    says: [/Cannot create a batch for dataset .*400 ERR-BI-106 "Not today\."/, /Create it anew/, REQUEST],
  },
  'a redirect': {
    fault: { path: DATASET, effect: { kind: 'answer', status: 302, headers: { location: 'https://example.com/' } } },
    says: [/302/, /the address redirects, and redirects are not followed/, REQUEST],
  },
}

describe('the job fails, and says why, at', () => {
  it.each(Object.entries(CASES))('%s', async (_, { inputs = {}, fault, says }) => {
    await using platform = await localPlatform()
    if (fault !== undefined) platform.emulator.faults.add(fault)
    const run = await platform.publish({ files, inputs })
    expect(run.exitCode, run.log).toBe(1)
    expect(run.outputs).toMatchObject({ outcome: 'failed', 'batch-id': '', 'batch-ids': '[]' })
    const error = run.log.split('\n').filter((line) => line.startsWith('::error::'))
    expect(error).toHaveLength(1)
    for (const text of says) expect(error[0]).toMatch(text)
    expect(await platform.emulator.batches()).toEqual([])
  })
})
