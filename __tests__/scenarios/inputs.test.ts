import { expect, it } from 'vitest'
import { localPlatform } from '../support/local-platform.ts'
import { SECRET } from '../support/platform-inputs.ts'

it('all faults of the inputs come in one message, before anything is asked', async () => {
  await using platform = await localPlatform()
  const run = await platform.publish({
    inputs: {
      dataset: '650000000000000000000A01',
      glob: 'data/{a,b}.jsonl\n../secrets/*.json\n/etc/*.json',
      format: 'jsn',
      'access-token': 'a-token-that-nobody-may-see',
      sandbox: '',
      'platform-url': 'http://platform.example',
      'error-threshold': '101',
      wait: 'yes',
      'csv-delimiter': '"',
      'rejected-rows-path': '../rejected.jsonl',
      'github-token': 'a token of two lines\nthat nobody may see',
    },
  })
  expect(run.exitCode).toBe(1)
  expect(run.outputs).toMatchObject({ outcome: 'failed', 'batch-ids': '[]', 'dataset-id': '', 'file-count': '' })
  const [fault, ...others] = run.log.split('\n').filter((line) => line.startsWith('::error'))
  expect(others).toEqual([])
  for (const text of [
    '"dataset" is "650000000000000000000A01"',
    'no braces, but one pattern a line: "data/a.jsonl" and "data/b.jsonl"',
    'written without ".."',
    'a path relative to the workspace',
    '"format" is "jsn"; allowed: "auto", "json", "parquet", "csv" (did you mean "json"?)',
    '"client-secret" and "access-token" are both given',
    '"sandbox" is missing',
    '"platform-url" is "http://platform.example"',
    '"error-threshold" is "101"',
    '"wait" is "yes"',
    '"csv-delimiter" and "csv-quote" are both',
    '"rejected-rows-path" is "../rejected.jsonl"; allowed: the path of a file inside the workspace',
    '"github-token"',
  ])
    expect(fault).toContain(text)
  expect(fault).not.toContain(SECRET)
  expect(fault).not.toMatch(/that.nobody.may.see/)
  expect(platform.emulator.requests()).toEqual([])
})
