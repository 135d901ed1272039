import { describe, expect, it } from 'vitest'
import { redactor, shapeOf } from '../../../emulator/conformance/redact.ts'

const names = {
  token: 'secret-token-of-acme',
  organization: 'ABCDEF0123456789ABCDEF01@AdobeOrg',
  tenant: 'acmecorp',
  sandbox: 'acme-eu-trial',
  'dataset name': 'Loyalty "gold" members',
  missing: undefined,
  empty: '',
}

describe('the names of an organization are taken out', () => {
  const redact = redactor(names)

  it.each([
    ['Bearer secret-token-of-acme', 'Bearer <token>'],
    ['with secret-token-of-acme', 'with <token>'],
    ['org ABCDEF0123456789ABCDEF01@AdobeOrg', 'org <organization>'],
    ['org ABCDEF0123456789ABCDEF01', 'org <organization>'],
    ['org abcdef0123456789abcdef01%40AdobeOrg', 'org <organization>'],
    ['https://ns.adobe.com/acmecorp/schemas/1', 'https://ns.adobe.com/<tenant>/schemas/1'],
    ['https%3A%2F%2Fns.adobe.com%2Facmecorp%2Fschemas', 'https%3A%2F%2Fns.adobe.com%2F<tenant>%2Fschemas'],
    ['_acmecorp.loyalty, AcmeCorp', '_<tenant>.loyalty, <tenant>'],
    ['x-sandbox-name: acme-eu-trial', 'x-sandbox-name: <sandbox>'],
    ['{"name":"Loyalty \\"gold\\" members"}', '{"name":"<dataset name>"}'],
    ['Loyalty%20%22gold%22%20members', '<dataset name>'],
  ])('%s', (text, expected) => {
    expect(redact(text)).toBe(expected)
  })

  it.each([
    ['a token', 'eyJhbGciOiJSUzI1NiJ9.eyJpZCI6IjEifQ.c2lnbmF0dXJl', '<token>'],
    ['another organization', '0123456789ABCDEF99999999@AdobeOrg', '<organization>'],
    ['a user', 'ada.lovelace@AdobeID', '<user>'],
    ['a technical account', '1A2B3C@techacct.adobe.com', '<user>'],
    ['an e-mail address', 'ada.lovelace+x@example.co.uk', '<e-mail>'],
    ['another tenant', 'https://ns.adobe.com/othercorp/mixins', 'https://ns.adobe.com/<tenant>/mixins'],
    ['a secret of a query', 'client_secret=p8e-abc&scope=x', 'client_secret=<secret>&scope=x'],
  ])('%s, whoever it belongs to', (_, text, expected) => {
    expect(redact(text)).toBe(expected)
  })

  it.each([
    'https://ns.adobe.com/xdm/context/profile',
    'acmecorporation',
    'superacmecorp',
    'DataSet not found.',
    'XDM-1012-404',
  ])('and nothing else: %s', (text) => {
    expect(redact(text)).toBe(text)
  })

  it('a short name only as a word of its own', () => {
    expect(redactor({ sandbox: 'dev' })('dev, development, DEV')).toBe('<sandbox>, development, <sandbox>')
  })
})

describe('of an answer, its structure alone is shown', () => {
  const known = new Set(['name', 'status', 'tags', 'count', 'data', 'detail', 'title'])

  it('without values, without names that no document has, and three elements of a list', () => {
    const answer = {
      '650000000000000000000001': {
        name: 'Members of Acme',
        status: 'success',
        tags: { acme_secret: ['x'] },
        count: 12,
      },
      '650000000000000000000002': { name: 'Others' },
      data: [1, 2, 3, 4, 5],
    }
    expect(shapeOf(answer, '', { isRefusal: false, known })).toEqual({
      data: ['<number>', '<number>', '<number>', '<2 more>'],
      '<2 names>': {
        name: '<string of 15 characters>',
        status: 'success',
        tags: { '<a name>': ['<string of 1 characters>'] },
        count: 12,
      },
    })
  })

  it('and what a refusal says, but for what it quotes and for ids', () => {
    const refusal = {
      status: 404,
      title: 'NotFoundError',
      detail: "Dataset 'Members of Acme' (650000000000000000000001) is not there.",
      name: 'Acme',
    }
    expect(shapeOf(refusal, '', { isRefusal: true, known })).toEqual({
      status: 404,
      title: 'NotFoundError',
      detail: "Dataset '…' (<id>) is not there.",
      name: '<string of 4 characters>',
    })
    expect(shapeOf(refusal, '', { isRefusal: false, known })).toMatchObject({ detail: '<string of 66 characters>' })
  })

  it('a status that is no word of an enumeration is somebody’s text', () => {
    expect(shapeOf({ status: 'Ada Lovelace, 12 Main Street' }, '', { isRefusal: false, known })).toEqual({
      status: '<string of 28 characters>',
    })
  })
})
