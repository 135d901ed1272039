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

  it('is missing in a map whose key may be an address, which only "show-values" shows', () => {
    const record = { identityMap: { CRM: [], 'jo@example.org': [{ primary: true }] } }
    expect(codes(record, [])).toEqual(['identity-missing /identityMap/key 2/0/id'])
    expect(codes(record, [], { ...forProfile, showValues: true })).toEqual([
      'identity-missing /identityMap/jo@example.org/0/id',
    ])
  })

  it.each([
    [{ identityMap: { CRM: [{ id: '1', primary: true }] } }, []],
    [{ identityMap: { CRM: [{ id: '1' }] } }, ['identity-primary /identityMap']],
    [
      { identityMap: { A: [{ id: '1', primary: true }], CRM: [{ id: '1', primary: true }] } },
      ['identity-primary /identityMap'],
    ],
    [{}, ['identity-missing /identityMap']],
  ])('has to stand in the identityMap of %j where no field has it', (record, issues) => {
    expect(codes(record, [])).toEqual(issues)
    expect(codes(record, [{ ...descriptor, 'xdm:isPrimary': false }])).toEqual(issues)
    expect(codes(record, [{ ...descriptor, 'xdm:sourceSchema': 'another' }])).toEqual(issues)
  })

  it.each([
    [{ CRM: [{ id: '', primary: true }] }, 'identity-missing /identityMap/key 1/0/id'],
    [{ CRM: [{ id: ' ', primary: true }] }, 'identity-missing /identityMap/key 1/0/id'],
    [{ CRM: [{ id: null, primary: true }] }, 'identity-missing /identityMap/key 1/0/id'],
    [{ CRM: [{ primary: true }] }, 'identity-missing /identityMap/key 1/0/id'],
    [{ CRM: [{ id: 'a' }, { id: 'null', primary: true }] }, 'identity-invalid /identityMap/key 1/1/id'],
    [{ CRM: [{ id: 'a', primary: true }], ECID: [{ id: '1' }] }, 'identity-skipped /identityMap/key 2/0/id'],
    [{ CRM: [{ id: 'a', primary: true }, { id: null }] }, 'identity-skipped /identityMap/key 1/1/id'],
  ])('of an identityMap %j is %s', (identityMap, issue) => {
    expect(codes({ identityMap }, [])).toEqual([issue])
  })

  it('of a field makes what the identityMap marks a warning', () => {
    const record = { email: { address: 'a' }, identityMap: { CRM: [{ id: '', primary: true }] } }
    expect(codes(record, [descriptor])).toEqual(['identity-skipped /identityMap/key 1/0/id'])
  })

  it.each([
    ['ECID', 'xdm:code', '12345', ['identity-invalid /email/address']],
    [4, 'xdm:id', '12345', ['identity-invalid /email/address']],
    ['ECID', 'xdm:code', '1'.repeat(38), []],
    ['ECID', 'xdm:code', '9'.repeat(38), ['identity-invalid /email/address']],
    ['Email', 'xdm:code', '12345', []],
    ['Email', 'xdm:code', 12345, []],
    ['Email', 'xdm:code', 'NULL', ['identity-invalid /email/address']],
    ['Email', 'xdm:code', 'x'.repeat(1025), ['identity-invalid /email/address']],
    ['Email', 'xdm:code', 'x'.repeat(1024), []],
  ])('in the namespace %s (%s) may be %s: %j', (namespace, property, address, issues) => {
    const named = { ...descriptor, 'xdm:namespace': namespace, 'xdm:property': property }
    expect(codes({ email: { address } }, [named])).toEqual(issues)
    const other = { ...named, 'xdm:isPrimary': false, 'xdm:sourceProperty': '/_id' }
    expect(codes({ _id: address, email: { address: 'a' } }, [descriptor, other])).toEqual(
      issues.map(() => 'identity-skipped /_id'),
    )
  })

  it('is missing from a field that has the name of a method of objects', () => {
    const odd = { ...descriptor, 'xdm:sourceProperty': '/constructor' }
    expect(codes({}, [odd])).toEqual(['identity-missing /constructor'])
  })

  it('is asked for only as far as the descriptors are known', () => {
    expect(codes({}, undefined)).toEqual([])
    expect(codes({ identityMap: { CRM: [{ id: '1' }] } }, undefined)).toEqual([])
    expect(
      codes(
        {
          identityMap: {
            CRM: [
              { id: '1', primary: true },
              { id: '2', primary: true },
            ],
          },
        },
        undefined,
      ),
    ).toEqual(['identity-primary /identityMap'])
  })

  it('is not asked for where Profile takes no part', () => {
    expect(codes({}, [descriptor], PLAIN)).toEqual([])
  })
})
