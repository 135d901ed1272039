import { describe, expect, it } from 'vitest'
import { givenInputs } from '../../../src/inputs/inputs.ts'
import { inputSource } from '../../support/runs/input-source.ts'
import { INPUTS } from '../../../src/inputs/table.ts'
import { inputsOf, LEAST } from './given.ts'

describe('inputs that are right', () => {
  it('are complete when only the needed ones are given', () => {
    expect(inputsOf({})).toEqual({
      dataset: { kind: 'id', id: '5c8c3c555033b814b69f947f' },
      patterns: ['data/*.json'],
      format: 'auto',
      mapping: undefined,
      key: [],
      upsert: 'false',
      replayPredecessors: { kind: 'nothing' },
      publication: '',
      schema: '',
      auth: {
        kind: 'secret',
        clientId: 'some-client',
        clientSecret: 's3cr3t-value',
        scopes: ['openid', 'AdobeID', 'session', 'read_organizations', 'additional_info.projectedProductContext'],
      },
      orgId: '0123456789ABCDEF01234567@AdobeOrg',
      sandbox: 'dev',
      platformUrl: 'https://platform.adobe.io',
      imsUrl: 'https://ims-na1.adobelogin.com',
      mode: 'publish',
      batchId: '',
      allowUndocumented: undefined,
      revertProfile: false,
      validation: 'error',
      schemaFile: '',
      ifUnchanged: 'skip',
      ifNoFilesFound: 'error',
      allowPullRequest: false,
      maxShrinkPercent: 50,
      maxRemovedPercent: undefined,
      showValues: false,
      errorThreshold: 0,
      maxRejectedRows: undefined,
      multilineJson: 'convert',
      csvDelimiter: ',',
      csvQuote: '"',
      csvEscape: '"',
      largeFiles: 'chunk',
      shard: undefined,
      tags: [],
      concurrency: 4,
      chunkBytes: 64 * 1024 * 1024,
      wait: true,
      timeoutMs: 3_600_000,
      pollIntervalMs: 300_000,
      githubToken: '',
      matrix: '',
      jobId: '',
      deploymentEnvironment: '',
      comment: false,
      rejectedRowsPath: '',
    })
  })

  it('count as missing, and take the default, when they are blank, as an unset expression leaves them', () => {
    const blank = Object.fromEntries(Object.values(INPUTS).map(({ name }) => [name, name in LEAST ? '' : '  ']))
    expect(inputsOf({ ...blank, ...LEAST, 'csv-delimiter': '', 'csv-quote': '', 'csv-escape': '' })).toEqual(
      inputsOf({}),
    )
  })

  it('may name a mapping set by its path, or by the id that Data Prep has for it', () => {
    expect(inputsOf({ mapping: 'maps/a.json' }).mapping).toEqual({ kind: 'file', path: 'maps/a.json' })
    const id = 'e7c80e4c0d8f4a98a7d400b4e178b001'
    expect(inputsOf({ mapping: id }).mapping).toEqual({ kind: 'id', id })
    expect(inputsOf({ mapping: `./${id}` }).mapping).toEqual({ kind: 'file', path: `./${id}` })
  })

  it('may be a ready token, which then travels without a secret and scopes', () => {
    const { auth } = inputsOf({ 'client-secret': '', 'access-token': 'eyJ.a-b_c' })
    expect(auth).toEqual({ kind: 'token', clientId: 'some-client', accessToken: 'eyJ.a-b_c' })
  })

  it('may have scopes separated by commas and blanks', () => {
    expect(inputsOf({ scopes: 'openid, session,\nAdobeID' }).auth).toMatchObject({
      scopes: ['openid', 'session', 'AdobeID'],
    })
  })

  it.each(['true', 'True', 'TRUE'])('may spell yes %s', (text) => {
    expect(inputsOf({ 'allow-pull-request': text }).allowPullRequest).toBe(true)
  })

  it.each(['false', 'False', 'FALSE'])('may spell no %s', (text) => {
    expect(inputsOf({ wait: text }).wait).toBe(false)
  })

  it('may have decimals where a share or a time is meant', () => {
    const inputs = inputsOf({ 'error-threshold': '2.5', 'timeout-minutes': '1.1', 'poll-interval-seconds': '0.0001' })
    expect(inputs).toMatchObject({ errorThreshold: 2.5, timeoutMs: 66_000, pollIntervalMs: 1 })
  })

  it('may allow no rejected row at all', () => {
    expect(inputsOf({ 'max-rejected-rows': '0' }).maxRejectedRows).toBe(0)
  })

  it('never make chunks larger than the gateway takes', () => {
    expect(inputsOf({ 'chunk-size-mib': '256' }).chunkBytes).toBe(256_000_000)
    expect(inputsOf({ 'chunk-size-mib': '244' }).chunkBytes).toBe(244 * 1024 * 1024)
  })

  it('keep a tab or a blank as the CSV delimiter', () => {
    expect(inputsOf({ 'csv-delimiter': '\\t' }).csvDelimiter).toBe('\t')
    expect(inputsOf({ 'csv-delimiter': '\t' }).csvDelimiter).toBe('\t')
    expect(inputsOf({ 'csv-delimiter': ' ' }).csvDelimiter).toBe(' ')
    expect(inputsOf({ 'csv-delimiter': ';\n' }).csvDelimiter).toBe(';')
  })

  it('may name the key of rows by fields and columns, each once', () => {
    expect(inputsOf({ key: '/person/id' }).key).toEqual(['/person/id'])
    expect(inputsOf({ key: ' id, Member No\n\nid\n a.b ' }).key).toEqual(['id', 'Member No', 'a.b'])
    for (const key of ['/', '/a//b', '/a/', ',', 'a\tb', Array.from({ length: 21 }, (_, at) => `c${at}`).join()])
      expect(() => inputsOf({ key }), key).toThrow('"key" is ')
  })

  it.each(['0', '12.5', '100'])('may remove %s per cent of the rows', (text) => {
    expect(inputsOf({ 'max-removed-percent': text }).maxRemovedPercent).toBe(Number(text))
  })

  it.each(['0', '12.5', '100'])('may shrink by %s per cent', (text) => {
    expect(inputsOf({ 'max-shrink-percent': text }).maxShrinkPercent).toBe(Number(text))
  })

  it.each(['false', 'true', 'enable'])('may say of profile updates %s', (text) => {
    expect(inputsOf({ upsert: text }).upsert).toBe(text)
  })

  it('may repeat the key of a tag, and have "=" in its value', () => {
    expect(inputsOf({ tags: 'team=a\n\n team = b=c \r\nsource=crm' }).tags).toEqual([
      { key: 'team', value: 'a' },
      { key: 'team', value: 'b=c' },
      { key: 'source', value: 'crm' },
    ])
  })

  it.each([
    ['https://platform-stage.adobe.io/', 'https://platform-stage.adobe.io'],
    ['https://Platform.adobe.io:8443', 'https://platform.adobe.io:8443'],
    ['http://127.0.0.1:4711', 'http://127.0.0.1:4711'],
    ['http://localhost:80/', 'http://localhost'],
    ['http://[::1]:9', 'http://[::1]:9'],
  ])('may name the origin %s', (text, origin) => {
    expect(inputsOf({ 'platform-url': text }).platformUrl).toBe(origin)
  })
})

describe('inputs that a report shows', () => {
  const given = (texts: Readonly<Record<string, string>>) => givenInputs(inputSource(texts))

  it('are those that differ from their defaults, in the order of the table', () => {
    expect(
      given({ wait: 'true', 'csv-delimiter': '\t', glob: ' data/* \n', concurrency: '8', dataset: 'Members' }),
    ).toEqual([
      { name: 'dataset', value: 'Members' },
      { name: 'glob', value: 'data/*' },
      { name: 'csv-delimiter', value: '\t' },
      { name: 'concurrency', value: '8' },
    ])
  })

  it('are never a secret, nor what some keep as one', () => {
    const secrets = { 'client-secret': 'a', 'access-token': 'b', 'github-token': 'c' }
    expect(given({ ...secrets, 'client-id': 'd', 'org-id': 'e', glob: 'data/*' })).toEqual([
      { name: 'glob', value: 'data/*' },
    ])
  })
})
