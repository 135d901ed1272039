import { expect } from 'vitest'
import { seededCredential } from '../../emulator/seed.ts'
import { seededOrg } from '../../emulator/seed/ids.ts'
import { withoutMasks } from '../support/runs/log.ts'
import { describeScenarios, NO_REQUEST } from '../support/runs/scenario.ts'
import { SECRET, member } from '../support/runs/platform-inputs.ts'

const files = { 'data/a.jsonl': member('1') }
const UNCONNECTED = { 'client-id': '', 'client-secret': '', 'org-id': '', sandbox: '' }
const ENVIRONMENT = {
  AEP_CLIENT_ID: seededCredential.clientId,
  AEP_CLIENT_SECRET: SECRET,
  AEP_ORG_ID: seededOrg,
  AEP_SANDBOX: 'dev',
}

describeScenarios('a connection', {
  'from the environment publishes, and the log names the variables but no value': {
    files,
    inputs: UNCONNECTED,
    env: ENVIRONMENT,
    exitCode: 0,
    outputs: { outcome: 'published' },
    log: [
      new RegExp(`^::add-mask::${SECRET}`),
      /^Connection: client-id from AEP_CLIENT_ID, client-secret from AEP_CLIENT_SECRET, org-id from AEP_ORG_ID, sandbox from AEP_SANDBOX$/m,
    ],
    also: ({ log, summary, kept }) => {
      for (const text of [withoutMasks(log), summary, kept.report, kept.summary]) {
        expect(text).not.toContain(SECRET)
        expect(text).not.toContain(seededCredential.clientId)
      }
    },
  },
  'from both comes from the input': {
    files,
    env: { ...ENVIRONMENT, AEP_SANDBOX: 'no-such-sandbox', AEP_CLIENT_SECRET: 'another-secret-4711' },
    exitCode: 0,
    outputs: { outcome: 'published' },
    log: [/^::add-mask::another-secret-4711$/m],
    notInLog: [/^Connection:/m],
  },
  'that is missing names both ways to give it': {
    files,
    inputs: UNCONNECTED,
    env: { AEP_SANDBOX: '' },
    exitCode: 1,
    error: [
      /"client-id" is missing;.* as the input or as AEP_CLIENT_ID in the environment/,
      /"client-secret" and "access-token" are both missing;.*AEP_CLIENT_SECRET or AEP_ACCESS_TOKEN/,
      /"sandbox" is missing;.* AEP_SANDBOX/,
    ],
    requests: NO_REQUEST,
  },
})
