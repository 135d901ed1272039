import { describe, expect, it } from 'vitest'
import { connectionLine, secretsFrom } from '../../src/inputs/sources.ts'
import { inputSource } from '../support/runs/input-source.ts'
import { faultsOf, inputsOf, LEAST } from './inputs/given.ts'

const UNCONNECTED = { 'client-id': '', 'client-secret': '', 'org-id': '', sandbox: '' }
const ENVIRONMENT = {
  AEP_CLIENT_ID: 'env-client',
  AEP_CLIENT_SECRET: 'env-s3cr3t',
  AEP_ORG_ID: '89ABCDEF0123456701234567@AdobeOrg',
  AEP_SANDBOX: 'stage',
}

describe('the connection', () => {
  it('comes from the environment where the step gives none', () => {
    expect(inputsOf(UNCONNECTED, ENVIRONMENT)).toMatchObject({
      auth: { kind: 'secret', clientId: 'env-client', clientSecret: 'env-s3cr3t' },
      orgId: '89ABCDEF0123456701234567@AdobeOrg',
      sandbox: 'stage',
    })
  })

  it('comes from the inputs where both give it', () => {
    expect(inputsOf({}, ENVIRONMENT)).toEqual(inputsOf({}))
  })

  it('may be a ready token from the environment', () => {
    const environment = { ...ENVIRONMENT, AEP_CLIENT_SECRET: '', AEP_ACCESS_TOKEN: 'eyJ.a-b_c' }
    expect(inputsOf(UNCONNECTED, environment).auth).toEqual({
      kind: 'token',
      clientId: 'env-client',
      accessToken: 'eyJ.a-b_c',
    })
  })

  it.each([
    [{ 'client-secret': '', 'access-token': 'eyJ.step' }, 'token'],
    [{ 'client-secret': 'own-secret' }, 'secret'],
  ])('uses the secret or token of the step, whatever the environment has beside it (%j)', (texts, kind) => {
    const environment = { AEP_CLIENT_SECRET: 'env-s3cr3t', AEP_ACCESS_TOKEN: 'eyJ.env' }
    expect(inputsOf(texts, environment).auth.kind).toBe(kind)
  })

  it.each(['', '  ', '\n'])('is missing where the variable is %j', (empty) => {
    const faults = faultsOf({ ...LEAST, sandbox: '' }, { AEP_SANDBOX: empty })
    expect(faults).toEqual([expect.stringMatching(/^- "sandbox" is missing;.* as the input or as AEP_SANDBOX in the /)])
  })

  it('is missing with both ways to give it, for each of its values', () => {
    const told = faultsOf({ ...LEAST, ...UNCONNECTED }).join('\n')
    for (const name of [...Object.keys(ENVIRONMENT), 'AEP_ACCESS_TOKEN']) expect(told).toContain(name)
    for (const name of Object.keys(UNCONNECTED)) expect(told).toContain(`"${name}"`)
  })

  it('is refused by the name of its variable where that has a wrong value, and no secret is shown', () => {
    const environment = { ...ENVIRONMENT, AEP_SANDBOX: 'Stage', AEP_CLIENT_SECRET: 'two words' }
    expect(faultsOf(UNCONNECTED, environment)).toEqual([
      '- AEP_CLIENT_SECRET has a value that is not shown here; allowed: the client secret of the credential, without spaces',
      expect.stringMatching(/^- AEP_SANDBOX is "Stage"; .*did you mean "stage"\?/),
    ])
  })

  it('is refused where the environment has both a secret and a token', () => {
    expect(faultsOf(UNCONNECTED, { ...ENVIRONMENT, AEP_ACCESS_TOKEN: 'eyJ.env' })).toEqual([
      '- AEP_CLIENT_SECRET and AEP_ACCESS_TOKEN are both given; allowed: one of them',
    ])
  })
})

describe('the line of the log about the connection', () => {
  it('names the origin of each value, and never the value', () => {
    const source = inputSource({ 'client-id': 'some-client', sandbox: 'dev' }, ENVIRONMENT)
    expect(connectionLine(source)).toBe(
      'Connection: client-id from the input, client-secret from AEP_CLIENT_SECRET, org-id from AEP_ORG_ID, sandbox from the input',
    )
  })

  it('is not written where the environment gave nothing', () => {
    expect(connectionLine(inputSource(LEAST))).toBeUndefined()
    expect(connectionLine(inputSource(LEAST, ENVIRONMENT))).toBeUndefined()
  })
})

it('secrets of the environment are to be masked, also where an input wins', () => {
  const source = inputSource(LEAST, { AEP_CLIENT_SECRET: ' env-s3cr3t\n', AEP_ACCESS_TOKEN: 'eyJ.env' })
  expect(secretsFrom(source)).toEqual(['s3cr3t-value', 'env-s3cr3t', 'eyJ.env'])
})
