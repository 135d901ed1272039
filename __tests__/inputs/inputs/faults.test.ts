import { describe, expect, it } from 'vitest'
import { FORMAT_NAMES } from '../../../src/formats/formats.ts'
import { Problem } from '../../../src/lib/errors.ts'
import { faultsOf, inputsOf, LEAST } from './given.ts'

/** As a run of the action lists them: `"json", "parquet", "csv"`. */
const FORMATS_IN_QUOTES = FORMAT_NAMES.map((name) => `"${name}"`).join(', ')

describe('input faults', () => {
  it('are told all in one problem, one a line', () => {
    expect(faultsOf({ dataset: '', format: 'jsn', 'client-secret': '', concurrency: '0', wait: 'yes' })).toEqual([
      `- "dataset" is missing; allowed: a dataset id (24 lower-case hexadecimal digits) or the exact name of a dataset`,
      `- "format" is "jsn"; allowed: "auto", ${FORMATS_IN_QUOTES} (did you mean "json"?)`,
      '- "concurrency" is "0"; allowed: a whole number from 1 to 64',
      '- "wait" is "yes"; allowed: "true", "false", "True", "TRUE", "False", "FALSE"',
      '- "client-secret" and "access-token" are both missing; allowed: one of them, as an input or as AEP_CLIENT_SECRET or AEP_ACCESS_TOKEN in the environment',
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

  it('without any secret remind of the environment that may hold it', () => {
    const remedy = (inputs: Readonly<Record<string, string>>): string => {
      try {
        inputsOf(inputs)
        return ''
      } catch (error) {
        return error instanceof Problem ? error.remedy : ''
      }
    }
    expect(remedy({ 'client-secret': '' })).toMatch(
      /If the secret belongs to a GitHub environment, .*"environment: NAME"/,
    )
    expect(remedy({ concurrency: '0' })).toMatch(/counts as missing\.$/)
  })

  it('never show a secret', () => {
    const faults = faultsOf({
      'client-secret': 'two words',
      'access-token': 'Bearer eyJtoken',
      'github-token': 'ghs_ two',
    })
    expect(faults).toEqual([
      '- "client-secret" has a value that is not shown here; allowed: the client secret of the credential, without spaces',
      '- "access-token" has a value that is not shown here; allowed: the token only, without "Bearer" and without spaces',
      '- "github-token" has a value that is not shown here; allowed: the token only, without "Bearer" and without spaces',
      '- "client-secret" and "access-token" are both given; allowed: one of them',
    ])
  })

  it('cut a long value short', () => {
    expect(faultsOf({ sandbox: 'X!'.repeat(5_000) })[0]?.length).toBeLessThan(400)
  })

  it.each([
    [{ dataset: '5C8C3C555033B814B69F947F' }, 'did you mean "5c8c3c555033b814b69f947f"?'],
    [{ dataset: 'two\nlines' }, 'the exact name of a dataset'],
    [{ dataset: 'x'.repeat(501) }, 'the exact name of a dataset'],
    [{ upsert: 'yes' }, 'allowed: "false", "true", "enable"'],
    [{ upsert: 'True' }, 'did you mean "true"?'],
    [{ schema: 'two\nlines', dataset: 'Members' }, 'the exact title of a schema'],
    [{ 'max-shrink-percent': '101' }, 'a number from 0 to 100'],
    [{ 'max-shrink-percent': '50%' }, 'a number from 0 to 100'],
    [{ dataset: 'two\nlines' }, '24 lower-case hexadecimal digits'],
    [{ dataset: '5c8c3c555033b814b69f947f', schema: 'Members' }, '"schema" is given, and "dataset" is an id'],
    [{ 'deployment-environment': 'x'.repeat(256) }, 'up to 255 characters'],
    [{ 'deployment-environment': 'two\nlines' }, 'an environment name of up to 255'],
    [{ 'rejected-rows-path': '../rejected.jsonl' }, 'the path of a file inside the workspace'],
    [{ 'rejected-rows-path': '.git/hooks/pre-commit' }, 'not in ".git"'],
    [{ 'rejected-rows-path': 'sub\\.GIT\\config' }, 'not in ".git"'],
    [{ 'rejected-rows-path': 'out\\..\\..\\rejected.jsonl' }, 'the path of a file inside the workspace'],
    [{ 'rejected-rows-path': '.' }, 'the path of a file inside the workspace'],
    [{ 'rejected-rows-path': 'out/' }, 'the path of a file inside the workspace'],
    [{ 'rejected-rows-path': 'out\\.' }, 'the path of a file inside the workspace'],
    [
      { 'rejected-rows-path': './Maps/members.json', mapping: 'maps/members.json' },
      '"rejected-rows-path" and "mapping" are both "./Maps/members.json"; allowed: two different files',
    ],
    [
      { 'rejected-rows-path': 's.json', 'schema-file': 's.json', mode: 'resume' },
      '"rejected-rows-path" and "schema-file" are both "s.json"',
    ],
    [{ 'max-shrink-percent': '101' }, 'a number from 0 to 100'],
    [{ 'org-id': '0123456789abcdef01234567' }, 'did you mean "0123456789ABCDEF01234567@AdobeOrg"?'],
    [{ sandbox: 'Dev' }, 'did you mean "dev"?'],
    [{ sandbox: 'my sandbox' }, 'hyphens'],
    [{ 'client-id': 'a\nb' }, 'without spaces'],
    [{ format: 'JSON' }, 'did you mean "json"?'],
    [{ 'if-unchanged': 'Skip' }, 'did you mean "skip"?'],
    [{ validation: 'strict' }, 'allowed: "error", "warn", "off"'],
    [{ validation: 'eror' }, 'did you mean "error"?'],
    [{ 'show-values': 'yes' }, '"show-values" is "yes"; allowed: "true", "false"'],
    [{ 'schema-file': '/etc/schema.json' }, 'the path of a file inside the workspace'],
    [{ 'schema-file': 'schemas/../../schema.json' }, 'the path of a file inside the workspace'],
    [{ 'schema-file': 'C:\\schema.json' }, 'the path of a file inside the workspace'],
    [{ 'schema-file': '~/schema.json' }, 'the path of a file inside the workspace'],
    [{ 'schema-file': 'schemas/' }, 'the path of a file inside the workspace'],
    [{ mapping: 'maps/.' }, 'the path of a mapping set inside the workspace'],
    [{ mapping: '../map.json' }, 'the path of a mapping set inside the workspace, or the id of one in Data Prep'],
    [{ mapping: 'map.json', 'multiline-json': 'keep' }, '"multiline-json" is "keep", and "mapping" is given'],
    [
      { mapping: 'e7c80e4c0d8f4a98a7d400b4e178b001', mode: 'validate', 'schema-file': 's.json' },
      '"mapping" is an id; allowed: the path of a mapping set',
    ],
    [{ publication: 'glob:data/*.json' }, 'does not begin with "glob:"'],
    [{ publication: 'x'.repeat(161) }, 'up to 160 characters'],
    [{ publication: 'two\nlines' }, 'a name of up to 160 characters'],
    [{ 'replay-predecessors': 'last!' }, '"previous", or batch ids'],
    [{ 'replay-predecessors': 'previous, 01M818CT8W51BJK6Z6REW345AQ' }, 'not both'],
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
