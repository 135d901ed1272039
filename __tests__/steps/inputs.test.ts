import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Problem } from '../../src/base/problem.ts'
import { readInputs, type Inputs } from '../../src/steps/inputs.ts'
import { INPUTS } from '../../src/steps/inputs/table.ts'

type Texts = Readonly<Record<string, string>>

const LEAST: Texts = {
  dataset: '5c8c3c555033b814b69f947f',
  glob: 'data/*.json',
  'client-id': 'some-client',
  'client-secret': 's3cr3t-value',
  'org-id': '0123456789ABCDEF01234567@AdobeOrg',
  sandbox: 'dev',
}

function inputsOf(texts: Texts): Inputs {
  return readInputs((name) => ({ ...LEAST, ...texts })[name] ?? '')
}

/** The lines of the one message, without its heading. */
function faultsOf(texts: Texts): readonly string[] {
  try {
    inputsOf(texts)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return error.message.split('\n').slice(1)
  }
  return []
}

describe('inputs that are right', () => {
  it('are complete when only the needed ones are given', () => {
    expect(inputsOf({})).toEqual({
      dataset: '5c8c3c555033b814b69f947f',
      patterns: ['data/*.json'],
      format: 'auto',
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
      ifNoFilesFound: 'error',
      allowPullRequest: false,
      errorThreshold: 0,
      maxRejectedRows: undefined,
      multilineJson: 'convert',
      csvDelimiter: ',',
      csvQuote: '"',
      csvEscape: '"',
      tags: [],
      concurrency: 4,
      chunkBytes: 64 * 1024 * 1024,
      wait: true,
      timeoutMs: 3_600_000,
      pollIntervalMs: 120_000,
    })
  })

  it('count as missing, and take the default, when they are blank, as an unset expression leaves them', () => {
    const blank = Object.fromEntries(Object.values(INPUTS).map(({ name }) => [name, name in LEAST ? '' : '  ']))
    expect(inputsOf({ ...blank, ...LEAST, 'csv-delimiter': '', 'csv-quote': '', 'csv-escape': '' })).toEqual(
      inputsOf({}),
    )
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

describe('input faults', () => {
  it('are told all in one problem, one a line', () => {
    expect(faultsOf({ dataset: '', format: 'jsn', 'client-secret': '', concurrency: '0', wait: 'yes' })).toEqual([
      `- "dataset" is missing; allowed: the dataset's id, 24 hexadecimal digits in lower case`,
      '- "format" is "jsn"; allowed: "auto", "json", "parquet", "csv" (did you mean "json"?)',
      '- "concurrency" is "0"; allowed: a whole number from 1 to 64',
      '- "wait" is "yes"; allowed: "true", "false", "True", "TRUE", "False", "FALSE"',
      '- "client-secret" and "access-token" are both missing; allowed: one of them',
    ])
  })

  it('name every needed input when nothing at all is given', () => {
    const nothing = Object.fromEntries(Object.keys(LEAST).map((name) => [name, '']))
    const missing = faultsOf(nothing).filter((line) => line.includes('missing'))
    for (const name of Object.keys(LEAST)) expect(missing.join()).toContain(`"${name}"`)
    expect(missing).toHaveLength(6)
  })

  it('are refused with a remedy', () => {
    expect(() => inputsOf({ format: 'xml' })).toThrow(
      expect.objectContaining({ name: 'Problem', remedy: expect.stringContaining('"with:"') }),
    )
  })

  it('never show a secret', () => {
    const faults = faultsOf({ 'client-secret': 'two words', 'access-token': 'Bearer eyJtoken' })
    expect(faults).toEqual([
      '- "client-secret" has a value that is not shown here; allowed: the client secret of the credential, without blanks',
      '- "access-token" has a value that is not shown here; allowed: the token alone, without "Bearer" and without blanks',
      '- "client-secret" and "access-token" are both given; allowed: one of them',
    ])
  })

  it('cut a long value short', () => {
    expect(faultsOf({ sandbox: 'X!'.repeat(5_000) })[0]?.length).toBeLessThan(400)
  })

  it.each([
    [{ dataset: '5C8C3C555033B814B69F947F' }, 'did you mean "5c8c3c555033b814b69f947f"?'],
    [{ dataset: '5c8c' }, '24 hexadecimal digits'],
    [{ 'org-id': '0123456789abcdef01234567' }, 'did you mean "0123456789ABCDEF01234567@AdobeOrg"?'],
    [{ sandbox: 'Dev' }, 'did you mean "dev"?'],
    [{ sandbox: 'my sandbox' }, 'hyphens'],
    [{ 'client-id': 'a\nb' }, 'without blanks'],
    [{ format: 'JSON' }, 'did you mean "json"?'],
    [{ 'if-no-files-found': 'wran' }, 'did you mean "warn"?'],
    [{ scopes: ',' }, 'separated by commas'],
    [{ 'error-threshold': '101' }, 'a number from 0 to 100'],
    [{ 'error-threshold': '5%' }, 'a number from 0 to 100'],
    [{ 'error-threshold': '-1' }, 'a number from 0 to 100'],
    [{ 'max-rejected-rows': '1.5' }, 'a whole number, 0 or more'],
    [{ 'max-rejected-rows': '1e3' }, 'a whole number, 0 or more'],
    [{ concurrency: '65' }, 'from 1 to 64'],
    [{ 'chunk-size-mib': '257' }, 'from 1 to 256'],
    [{ 'timeout-minutes': '0' }, 'above 0'],
    [{ 'timeout-minutes': '35792' }, 'at most 35791'],
    [{ 'poll-interval-seconds': '0.0' }, 'above 0'],
    [{ 'csv-quote': "''" }, 'exactly one character'],
    [{ 'csv-delimiter': '😀' }, 'exactly one character'],
    [{ 'csv-delimiter': '"' }, '"csv-delimiter" and "csv-quote" are both'],
    [{ 'csv-escape': ',' }, '"csv-delimiter" and "csv-escape" are both ","'],
    [{ tags: 'team' }, 'key=value'],
    [{ tags: 'team=' }, 'neither side empty'],
    [{ tags: '=a' }, 'neither side empty'],
    [{ tags: 'gh_sha=0a1b' }, 'reserved'],
    [{ tags: 'ACP_producer=me' }, 'reserved'],
  ])('say what %j should be', (texts, phrase) => {
    expect(faultsOf(texts).join('\n')).toContain(phrase)
  })

  it('name each tag that is wrong', () => {
    expect(faultsOf({ tags: 'a=b\nteam\ngh_x=y' })).toHaveLength(2)
  })
})

describe('a URL input', () => {
  it.each([
    ['http://platform.adobe.io', '"http://platform.adobe.io"', 'https://platform.adobe.io'],
    ['http://127.0.0.1.evil.test', '"http://127.0.0.1.evil.test"', 'https://127.0.0.1.evil.test'],
    ['https://platform.adobe.io/data', '"https://platform.adobe.io/data"', 'https://platform.adobe.io'],
    ['https://platform.adobe.io//', '"https://platform.adobe.io//"', 'https://platform.adobe.io'],
    ['https://platform.adobe.io?key=k3y', '"https://platform.adobe.io?…"', 'https://platform.adobe.io'],
    ['https://platform.adobe.io/#k3y', '"https://platform.adobe.io/?…"', 'https://platform.adobe.io'],
  ])('refuses %s and offers its origin', (text, shown, meant) => {
    const faults = faultsOf({ 'platform-url': text })
    expect(faults[0]).toContain(`"platform-url" is ${shown}; allowed: https, a host`)
    expect(faults[0]).toContain(`(did you mean "${meant}"?)`)
  })

  it.each(['platform.adobe.io', 'ftp://platform.adobe.io', 'https://', 'https:platform.adobe.io'])(
    'refuses %s',
    (text) => {
      expect(faultsOf({ 'ims-url': text })).toHaveLength(1)
    },
  )

  it.each(['https://user:pa55@host.test', 'https://pa55#w@host.test', 'http://u:p?pa55@h.test', 'pa55@host.test'])(
    'never shows the credentials in %s',
    (text) => {
      const faults = faultsOf({ 'ims-url': text })
      expect(faults).toHaveLength(1)
      expect(faults[0]).not.toContain('pa55')
    },
  )
})

describe('any inputs whatever', () => {
  const names = Object.values(INPUTS).map(({ name }) => name)

  it('are read, or refused with a Problem of one line a fault', () => {
    const texts = fc.dictionary(fc.constantFrom(...names), fc.string({ unit: 'binary', maxLength: 60 }))
    fc.assert(
      fc.property(texts, (given) => {
        for (const fault of faultsOf(given)) expect(fault).toMatch(/^- ".*; allowed: /)
      }),
    )
  })

  it('never show a secret that was given', () => {
    const secret = fc.stringMatching(/^[ -~]{12,40}$/)
    fc.assert(
      fc.property(secret, secret, (one, other) => {
        const told = faultsOf({ 'client-secret': one, 'access-token': other, format: 'x' }).join('\n')
        expect(told.includes(one.trim()) && one.trim().length > 8).toBe(false)
        expect(told.includes(other.trim()) && other.trim().length > 8).toBe(false)
      }),
    )
  })
})
