import { describe, expect, it } from 'vitest'
import { compileSchema } from '../../src/schema/compile.ts'
import { recordCheck } from '../../src/schema/record.ts'
import { PLAIN, schemaOf } from './issues-of.ts'

const text = { type: 'string', 'meta:xdmType': 'string' }
const group = (properties: object) => ({ type: 'object', properties })

describe('the primary identity', () => {
  const people = schemaOf({
    _id: text,
    email: group({ address: text }),
    identityMap: { type: 'object', additionalProperties: {} },
  })
  const forProfile = { ...PLAIN, isForProfile: true }
  const descriptor = {
    '@type': 'xdm:descriptorIdentity',
    'xdm:sourceSchema': people['$id'],
    'xdm:sourceProperty': '/email/address',
    'xdm:isPrimary': true,
  }

  const codes = (record: unknown, descriptors: unknown, options = forProfile) => {
    const issues: string[] = []
    recordCheck(compileSchema(people, descriptors), options)(record, ({ code, path }) => issues.push(`${code} ${path}`))
    return issues
  }

  it.each([
    [{ email: { address: 'a' } }, []],
    [{ email: { address: '' } }, ['identity-missing /email/address']],
    [{ email: {} }, ['identity-missing /email/address']],
    [{}, ['identity-missing /email/address']],
  ])('has to stand in %j, where a descriptor says', (record, issues) => {
    expect(codes(record, [descriptor])).toEqual(issues)
    expect(codes(record, { 'xdm:descriptorIdentity': [descriptor] })).toEqual(issues)
  })

  it.each([
    [{ identityMap: { ECID: [{ id: '1', primary: true }] } }, []],
    [{ identityMap: { ECID: [{ id: '1' }] } }, ['identity-primary /identityMap']],
    [{ identityMap: { ECID: [{ primary: true }], CRM: [{ primary: true }] } }, ['identity-primary /identityMap']],
    [{}, ['identity-missing /identityMap']],
  ])('has to stand in the identityMap of %j where no field has it', (record, issues) => {
    expect(codes(record, [])).toEqual(issues)
    expect(codes(record, [{ ...descriptor, 'xdm:isPrimary': false }])).toEqual(issues)
    expect(codes(record, [{ ...descriptor, 'xdm:sourceSchema': 'another' }])).toEqual(issues)
  })

  it('is missing from a field that has the name of a method of objects', () => {
    const odd = { ...descriptor, 'xdm:sourceProperty': '/constructor' }
    expect(codes({}, [odd])).toEqual(['identity-missing /constructor'])
  })

  it('is asked for only as far as the descriptors are known', () => {
    expect(codes({}, undefined)).toEqual([])
    expect(codes({ identityMap: { ECID: [{ id: '1' }] } }, undefined)).toEqual([])
    expect(codes({ identityMap: { ECID: [{ primary: true }, { primary: true }] } }, undefined)).toEqual([
      'identity-primary /identityMap',
    ])
  })

  it('is not asked for where Profile takes no part', () => {
    expect(codes({}, [descriptor], PLAIN)).toEqual([])
  })
})
