import { gzipSync } from 'node:zlib'
import { expect } from 'vitest'
import { outsiderCredential } from '../../emulator/seed.ts'
import { commandsIn } from '../support/runs/log.ts'
import { leftovers } from '../support/emulator/truth.ts'
import { productsParquet } from '../support/parquet/parquet.ts'
import { datasets, member, SECRET } from '../support/runs/platform-inputs.ts'
import { describeScenarios, NO_REQUEST, type Scenario } from '../support/runs/scenario.ts'

const files = { 'data/a.jsonl': member('1') }

/** Nothing is there that was not there before. */
const NOTHING_SENT = {
  exitCode: 1,
  batches: [],
  also: ({ temp }) => expect(leftovers(temp)).toEqual([]),
} as const satisfies Partial<Scenario>

const parquet = productsParquet(['1', '2'])
const LFS = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12345\n'
const ZIP = Buffer.from('PK\u0003\u0004\u0014\u0000\u0000\u0000 and so on', 'latin1')

type Bad = Readonly<Record<string, { readonly content: string | Uint8Array; readonly says: string }>>

const FORMATS: Readonly<Record<string, Bad>> = {
  json: {
    'empty.json': { content: '', says: 'is empty' },
    'blank.jsonl': { content: '\n \n', says: 'contains only whitespace' },
    'array.json': { content: ' [ ]\n', says: 'contains an empty array' },
    'lfs.json': { content: LFS, says: 'is a Git LFS pointer' },
    'page.json': { content: '<!DOCTYPE html><html><body>Sign in</body></html>', says: 'is an HTML page' },
    'utf16.json': { content: Buffer.from(`\ufeff${member('1')}`, 'utf16le'), says: 'is encoded as UTF-16' },
    'bom.jsonl': { content: `\ufeff${member('1')}`, says: 'byte-order mark' },
    'gz.jsonl': { content: gzipSync(member('1')), says: 'is compressed (gzip)' },
    'zip.json': { content: ZIP, says: 'is compressed (zip)' },
    'parquet.json': { content: parquet, says: 'is a Parquet file' },
    'csv.json': { content: 'sku,name\n1,a\n', says: 'does not contain JSON objects' },
    'scalar.json': { content: '42\n', says: 'does not contain JSON objects' },
    'array.jsonl': {
      content: `[${member('1')}]`,
      says: 'contains an array, but its extension stands for one object per line',
    },
    'pretty.jsonl': { content: '{\n  "a": 1\n}\n', says: 'does not contain one object per line' },
    'broken.json': { content: '[{"a": 1},\n {"a": }]', says: 'is malformed JSON at line 2' },
  },
  csv: {
    'empty.csv': { content: '', says: 'is empty' },
    'header.csv': { content: 'sku,name\n', says: 'contains a header and no records' },
    'twins.csv': { content: 'sku,sku\n1,2\n', says: 'repeats column names' },
    'quote.csv': { content: 'sku,name\n1,"a\n', says: 'opens a quote' },
    'open.csv': { content: 'sku,name\n1,a\n2,"b\n3,c\n', says: 'opens a quote at line 3, column 3' },
    'returns.csv': { content: 'sku\nA\rB\rC\n', says: 'carriage return without a line feed at line 2, column 2' },
    'quoted-return.csv': { content: 'sku,name\nA,"1\r2"\n', says: 'line break inside quotes at line 2, column 5' },
    'quoted-feed.csv': { content: 'sku,name\nA,"1\n2"\n', says: 'line break inside quotes at line 2, column 5' },
    'json.csv': { content: '{"sku":"1"}\n{"sku":"2"}\n', says: 'is not CSV: it begins with JSON' },
    'bom.csv': { content: '\ufeffsku\n1\n', says: 'byte-order mark, which readers treat as data' },
    'parquet.csv': { content: parquet, says: 'is a Parquet file' },
  },
  parquet: {
    'empty.parquet': { content: '', says: 'is empty' },
    'rows.parquet': { content: productsParquet([]), says: 'contains no rows' },
    'cut.parquet': { content: parquet.subarray(0, -20), says: 'is a truncated Parquet file' },
    'json.parquet': { content: '{"sku":"1"}\n', says: 'is not a Parquet file' },
    'lfs.parquet': { content: LFS, says: 'is a Git LFS pointer' },
    'gz.parquet': { content: gzipSync(parquet), says: 'is compressed (gzip)' },
  },
}

/** One run with all of them: each is named, with what is wrong. */
function refusal(bad: Bad): Scenario {
  return {
    ...NOTHING_SENT,
    files: Object.fromEntries(Object.entries(bad).map(([name, { content }]) => [`data/${name}`, content])),
    inputs: { dataset: datasets.products, glob: 'data/*' },
    outputs: { outcome: 'invalid', 'batch-id': '', 'batch-ids': '[]', status: '' },
    also: ({ log, temp }) => {
      for (const [name, { says }] of Object.entries(bad)) {
        const lines = log.split(/%0A|\n/).filter((line) => line.includes(`"data/${name}"`))
        expect(lines.join('\n')).toContain(says)
      }
      expect(leftovers(temp)).toEqual([])
    },
  }
}

describeScenarios(
  'before a batch exists, every file that must not be sent is named, with what is wrong:',
  Object.fromEntries(Object.entries(FORMATS).map(([format, bad]) => [format, refusal(bad)])),
)

describeScenarios('a bad file', {
  'keeps its good siblings from being sent': {
    ...NOTHING_SENT,
    files: { 'data/good.jsonl': member('1'), 'data/empty.jsonl': '', 'data/array.json': `[${member('2')}]` },
    inputs: { glob: 'data/*' },
    log: ['::error::Cannot publish 1 file; nothing was sent: "data/empty.jsonl" is empty%0AExclude the file'],
  },
  'is counted among those that were found': {
    ...NOTHING_SENT,
    files: { 'data/a.jsonl': member('1'), 'data/b.jsonl': '' },
    outputs: { 'file-count': '2', 'byte-count': String(member('1').length) },
  },
})

const DEEP = Array.from({ length: 11 }, (_, index) => `${index}`.padEnd(200, 'x')).join('/')

/** Files of one row each. */
const named = (...paths: readonly string[]) => Object.fromEntries(paths.map((path) => [path, member('1')]))

describeScenarios('before a batch exists, is refused', {
  'a file whose name begins with an underscore': {
    ...NOTHING_SENT,
    files: named('data/_a.jsonl', 'data/b.jsonl'),
    inputs: { glob: 'data/*.jsonl' },
    outputs: { outcome: 'invalid' },
    log: ['"data/_a.jsonl" has "_a.jsonl" in its path', '"!data/_a.jsonl"'],
  },
  'a folder whose name begins with an underscore': {
    ...NOTHING_SENT,
    files: named('data/_old/a.jsonl'),
    inputs: { glob: 'data/**/*.jsonl' },
    outputs: { outcome: 'invalid' },
    log: ['"data/_old/a.jsonl" has "_old" in its path', '"!data/_old/**"'],
  },
  'a dot name that a pattern writes out': {
    ...NOTHING_SENT,
    files: named('data/.a.jsonl'),
    inputs: { glob: 'data/.a.jsonl' },
    outputs: { outcome: 'invalid' },
    log: ['"data/.a.jsonl" has ".a.jsonl" in its path', '"!data/.a.jsonl"'],
  },
  'a partition whose value would change': {
    ...NOTHING_SENT,
    files: named('data/city=São Paulo/a.jsonl'),
    inputs: { glob: 'data/**/*.jsonl' },
    outputs: { outcome: 'invalid' },
    log: ['"data/city=São Paulo/a.jsonl" is in the partition directory "city=São Paulo"'],
  },
  'a path that no URL could hold': {
    ...NOTHING_SENT,
    files: named(`${DEEP}/a.jsonl`),
    inputs: { glob: '**/*.jsonl' },
    outputs: { outcome: 'invalid' },
    log: [`${DEEP}/a.jsonl" has a path that is too long for a URL`, 'Shorten the names of its folders.'],
  },
  'a mixture of formats': {
    ...NOTHING_SENT,
    files: named('data/a.jsonl', 'data/b.csv', 'data/c.parquet', 'data/d.txt'),
    inputs: { glob: 'data/*' },
    outputs: { outcome: 'failed' },
    log: ['- json: "data/a.jsonl"', '- csv: "data/b.csv"', '- parquet: "data/c.parquet"', '"data/d.txt"'],
  },
  'an extension that says nothing': {
    ...NOTHING_SENT,
    files: named('data/a.txt'),
    inputs: { glob: 'data/*' },
    outputs: { outcome: 'failed' },
    log: ['"data/a.txt"', 'set "format"'],
  },
})

describeScenarios('a dot name that only a wildcard reaches', {
  'is skipped, and said': {
    files: { 'data/.a.jsonl': member('1'), 'data/.git/b.jsonl': member('2'), 'data/c.jsonl': member('3') },
    inputs: { glob: 'data/**/*.jsonl' },
    exitCode: 0,
    received: ['data/c.jsonl'],
    log: [/^Skipped, .*"data\/\.a\.jsonl".*"data\/\.git\/b\.jsonl"/m],
  },
})

const outsider = { 'client-id': outsiderCredential.clientId, 'client-secret': outsiderCredential.secrets[0] }

const DATASET = '/data/foundation/catalog/dataSets/*'
const REQUEST = /\(request [0-9a-f-]{36}\)/

/** The job fails before anything is made. */
const FAILED = {
  ...NOTHING_SENT,
  files,
  outputs: { outcome: 'failed', 'batch-id': '', 'batch-ids': '[]' },
} as const satisfies Partial<Scenario>

describeScenarios('the job fails, and says why, at', {
  'a wrong secret': {
    ...FAILED,
    inputs: { 'client-secret': 'a-secret-that-is-not-it' },
    error: [
      /Cannot get an access token from Adobe IMS: the answer was 400 invalid_client/,
      /Compare "client-id"/,
      REQUEST,
    ],
  },
  'an unknown client': {
    ...FAILED,
    inputs: { 'client-id': 'nobody' },
    error: [/invalid_client "invalid client_id parameter"/, REQUEST],
  },
  'a scope that was not granted': {
    ...FAILED,
    inputs: { scopes: 'openid,everything' },
    error: [/invalid_scope/, /Compare "scopes"/, REQUEST],
  },
  'another organisation': {
    ...FAILED,
    inputs: { 'org-id': 'FFFFFFFFFFFFFFFFFFFFFFFF@AdobeOrg' },
    error: [/403 403027/, /Check "org-id"/, REQUEST],
  },
  'a credential without permission': {
    ...FAILED,
    inputs: outsider,
    error: [/Cannot read dataset .*403/, /product profile .* role .* access label/, REQUEST],
  },
  'a sandbox that does not exist': {
    ...FAILED,
    inputs: { sandbox: 'staging' },
    error: [/no access to sandbox 'staging'/, /check that "sandbox" names the right one/, REQUEST],
  },
  'an unknown dataset': {
    ...FAILED,
    inputs: { dataset: 'f'.repeat(24) },
    error: [/Cannot find dataset "f{24}" in sandbox "dev"/, /Check that "dataset"/, REQUEST],
  },
  'a dataset of another sandbox': {
    ...FAILED,
    inputs: { dataset: datasets.prodOnly },
    error: [/Cannot find dataset "650000000000000000000006" in sandbox "dev"/, REQUEST],
  },
  'a dataset of the platform itself': {
    ...FAILED,
    inputs: { dataset: datasets.system },
    error: [/Cannot use dataset .*Profile snapshot.*: it is managed by the platform/],
  },
  'an error page in the place of an answer': {
    ...FAILED,
    faults: [{ path: DATASET, effect: { kind: 'html', status: 403 } }],
    error: [/Cannot read dataset .*403 "[^<>]*Bad Gateway[^<>]*"/, REQUEST],
  },
  'a page without an error': {
    ...FAILED,
    faults: [{ path: DATASET, times: 0, effect: { kind: 'answer', status: 200, body: '<html>Welcome</html>' } }],
    error: [
      /Cannot read dataset .*200 "Welcome", which does not appear to come from Adobe/,
      /Check "platform-url"/,
      REQUEST,
    ],
  },
  'a creation that is refused': {
    ...FAILED,
    faults: [
      {
        path: '/data/foundation/import/batches',
        effect: { kind: 'answer', status: 400, body: '{"detail":"Not today.","errorCode":"ERR-BI-106"}' },
      },
    ],
    error: [/Cannot create a batch for dataset .*400 ERR-BI-106 "Not today\."/, /Create a new dataset/, REQUEST],
  },
  'a redirect': {
    ...FAILED,
    faults: [{ path: DATASET, effect: { kind: 'answer', status: 302, headers: { location: 'https://example.com/' } } }],
    error: [/302/, /the server redirects, and the action does not follow redirects/, REQUEST],
  },
})

const repository = { id: 4711 }
const opened = { repository, action: 'opened', pull_request: { merged: false } }
const runOf = (id: number, event = 'push') => ({ repository, workflow_run: { event, head_repository: { id } } })

/** An event whose content nobody has reviewed. */
function unreviewed(name: string, payload: object): Scenario {
  const error = [`::error::Cannot run for the event "${name}"`]
  return { ...FAILED, event: { name, payload }, error, requests: NO_REQUEST }
}

const QUEUE = 'refs/heads/gh-readonly-queue/main/pr-7-0a1b2c3d4e5f60718293a4b5c6d7e8f901234567'

function reviewed(name: string, payload: object): Scenario {
  return { files, event: { name, payload }, exitCode: 0, outputs: { outcome: 'published' } }
}

describeScenarios('unreviewed content is refused before anything is asked:', {
  'an open pull request': unreviewed('pull_request', opened),
  'a pull request closed without merging': unreviewed('pull_request', { ...opened, action: 'closed' }),
  'an open pull request, of a target': unreviewed('pull_request_target', opened),
  'a merge group': unreviewed('merge_group', { repository }),
  'a push of a merge queue': { ...unreviewed('push', { repository }), ref: QUEUE },
  'a comment on a pull request': unreviewed('issue_comment', { repository, issue: { pull_request: {} } }),
  'an event without a name': unreviewed('', { repository }),
  'a workflow run of a pull request of this repository': unreviewed('workflow_run', runOf(4711, 'pull_request')),
  'a workflow run of a merge queue': unreviewed('workflow_run', runOf(4711, 'merge_group')),
  'a workflow run of a fork': unreviewed('workflow_run', runOf(1)),
  'a workflow run of a fork that is gone': unreviewed('workflow_run', {
    repository,
    workflow_run: { head_repository: null },
  }),
})

const merged = { repository, action: 'closed', pull_request: { merged: true } }

describeScenarios('content is published that', {
  'allow-pull-request lets through': {
    ...reviewed('pull_request', opened),
    inputs: { 'allow-pull-request': 'true' },
  },
  'is of a merged pull request': reviewed('pull_request', merged),
  'is of a merged pull request, of a target': reviewed('pull_request_target', merged),
  'is of a workflow run of this repository': reviewed('workflow_run', runOf(4711)),
  'is published by a comment on an issue': reviewed('issue_comment', { repository, issue: {} }),
  'is published by a schedule': reviewed('schedule', { repository }),
})

describeScenarios('faults of the inputs', {
  'come in one message, before anything is asked': {
    ...FAILED,
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
    outputs: { outcome: 'failed', 'batch-ids': '[]', 'dataset-id': '', 'file-count': '' },
    error: [
      '"dataset" is "650000000000000000000A01"',
      'one pattern per line, without braces: "data/a.jsonl" and "data/b.jsonl"',
      'without ".."',
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
    ],
    notInLog: [new RegExp(`^::error.*${SECRET}`, 'm'), /^::error.*that.nobody.may.see/m],
    requests: NO_REQUEST,
  },
})

/** No file is found; these commands say so. */
function noFiles(choice: string, exitCode: number, commands: readonly string[]): Scenario {
  return {
    files: { 'README.md': '#' },
    inputs: { 'if-no-files-found': choice },
    exitCode,
    outputs: { outcome: 'no-files', 'file-count': '0', 'batch-id': '', 'batch-ids': '[]' },
    log: [/[Nn]o file matches "glob": "data\/\*\.jsonl"/],
    batches: [],
    also: ({ log }) => expect(commandsIn(log).filter((name) => name !== 'add-mask')).toEqual(commands),
  }
}

describeScenarios('when no file is found, if-no-files-found', {
  'error fails the job': noFiles('error', 1, ['error']),
  'warn says so': noFiles('warn', 0, ['warning']),
  'ignore goes on': noFiles('ignore', 0, []),
})
