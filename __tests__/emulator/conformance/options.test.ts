import { describe, expect, it } from 'vitest'
import { readOrder } from '../../../emulator/conformance/options.ts'

const environment = {
  AEP_CLIENT_ID: 'client',
  AEP_CLIENT_SECRET: 'secret',
  AEP_ORG_ID: 'A@AdobeOrg',
  AEP_SANDBOX: 'trial',
}
const dataset = '650000000000000000000001'
const url = ['--url', 'https://platform.adobe.io/']

describe('npm run conformance', () => {
  it('asks the emulator where no URL is given, whatever the environment holds', () => {
    expect(readOrder([], environment)).toEqual({ kind: 'run', file: 'conformance.json', access: undefined })
  })

  it('asks a sandbox with the credentials of the environment, and only reads', () => {
    expect(readOrder(url, environment)).toMatchObject({
      kind: 'run',
      access: {
        url: 'https://platform.adobe.io',
        imsUrl: 'https://ims-na1.adobelogin.com',
        clientId: 'client',
        clientSecret: 'secret',
        organization: 'A@AdobeOrg',
        sandbox: 'trial',
        writes: false,
      },
    })
  })

  it('writes only into a dataset that is named', () => {
    expect(readOrder([...url, '--write', '--dataset', dataset], environment)).toMatchObject({
      access: { writes: true, dataset },
    })
    expect(readOrder([...url, '--write'], environment)).toMatchObject({
      kind: 'refused',
      text: expect.stringMatching(/^--write needs --dataset/),
    })
  })

  it('takes a token in place of the secret', () => {
    const order = readOrder(url, { ...environment, AEP_CLIENT_SECRET: '', AEP_ACCESS_TOKEN: 'token' })
    expect(order).toMatchObject({ access: { accessToken: 'token' } })
  })

  it.each([
    [['--write', '--dataset', dataset], environment, '--write and --dataset need --url'],
    [['--url', 'http://platform.adobe.io'], environment, '--url must begin with https://'],
    [['--url', 'platform.adobe.io'], environment, '--url must begin with https://'],
    [[...url, '--ims-url', 'http://ims.example'], environment, '--ims-url must begin with https://'],
    [[...url, '--dataset', 'Members'], environment, '--dataset must be the id'],
    [url, { ...environment, AEP_ORG_ID: '' }, 'AEP_ORG_ID is missing'],
    [url, { ...environment, AEP_CLIENT_SECRET: undefined }, 'AEP_CLIENT_SECRET or AEP_ACCESS_TOKEN is missing'],
    [['--everything'], environment, "Unknown option '--everything'"],
  ])('refuses %j with a reason and its usage', (args, given, reason) => {
    const order = readOrder(args, given)
    expect(order).toMatchObject({ kind: 'refused', text: expect.stringContaining(reason) })
    expect(order).toMatchObject({ text: expect.stringContaining('npm run conformance -- [options]') })
  })

  it('allows http:// for this machine', () => {
    const local = ['--url', 'http://127.0.0.1:8080', '--ims-url', 'http://localhost:8080']
    expect(readOrder(local, environment)).toMatchObject({ access: { url: 'http://127.0.0.1:8080' } })
  })

  it('explains itself', () => {
    expect(readOrder(['--help'], {})).toMatchObject({ kind: 'help', text: expect.stringContaining('AEP_ORG_ID') })
  })
})
