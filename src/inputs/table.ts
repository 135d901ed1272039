import { FORMAT_NAMES } from '../formats/formats.ts'
import { leadsIntoGit } from '../github/file.ts'
import {
  type InputReader,
  readCharacter,
  convert,
  duration,
  oneOf,
  orAbsent,
  numberWithin,
  readOrigin,
  matching,
  yesOrNo,
  refuse,
} from './readers.ts'
import {
  FILE_OF_WORKSPACE,
  readBatchNaming,
  readDataset,
  readMappingSource,
  readPatterns,
  readKey,
  readPredecessors,
  readScopes,
  readShard,
  readTags,
} from './values.ts'
import { WHOLE_FILE_MOST_BYTES } from '../platform/limits.ts'

export type InputRow<T> = {
  readonly name: string
  /**
   * As in action.yml. An input that is empty in the workflow, because of an unset expression for example, gets it too.
   */
  readonly default: string
  readonly read: InputReader<T>
  /** What action.yml has instead of the default; the runner evaluates it before the action sees it. */
  readonly expression?: string
  /** No message ever shows its value. */
  readonly secret?: true
  /** Whitespace around it is part of its value. */
  readonly blanks?: true
  /** The environment variable that gives the value if the input does not. */
  readonly variable?: string
  /** Several values, one per line; the command-line option can be given several times. */
  readonly isList?: true
  /** Names a file of the workspace, or may do so. */
  readonly isFile?: true
  /**
   * The commands that have it as an option. Absent: all that read files. `workflow`: none, because it concerns only
   * workflows, or because the command itself implies it.
   */
  readonly scope?: 'connection' | 'plan' | 'workflow'
  /** Only runs that reach the platform need it; this is its value in a run that does not, and leaves it out. */
  readonly unconnected?: T
}

const MIB = 2 ** 20

const orgId = matching({
  form: /^[0-9A-F]{24}@AdobeOrg$/,
  allowed: 'the id of the IMS organization: 24 upper-case hexadecimal digits and "@AdobeOrg"',
  mend: (text) => `${text.replace(/@.*$/s, '').toUpperCase()}@AdobeOrg`,
})

const sandboxName = matching({
  form: /^[a-z0-9-]+$/,
  allowed: 'the name of the sandbox: lower-case letters, digits and hyphens',
  mend: (text) => text.toLowerCase(),
})

/** Sent in a header; a space or a line end in it is a copying mistake. */
const clientId = matching({ form: /^[\x21-\x7e]+$/, allowed: 'the client id of the credential, without spaces' })

const clientSecret = matching({
  form: /^[\x21-\x7e]+$/,
  allowed: 'the client secret of the credential, without spaces',
})

const accessToken = matching({
  form: /^[\x21-\x7e]+$/,
  allowed: 'the token only, without "Bearer" and without spaces',
})

/** It becomes a tag of every batch, with the shard after it. */
const publicationName = matching({
  form: /^(?!glob:)(?![^]* \(\d+\/\d+\)$)[^\p{Cc}]{1,160}$/u,
  allowed:
    'a name of up to 160 characters that does not begin with "glob:" or end like the name of a shard, such as " (2/8)"',
})

const schemaName = matching({
  form: /^[^\p{Cc}]{1,500}$/u,
  allowed: 'the $id, the meta:altId or the exact title of a schema, on one line',
})

/** GitHub creates an environment of that name if there is none. */
const environmentName = matching({
  form: /^[^\p{Cc}]{1,255}$/u,
  allowed: 'an environment name of up to 255 characters',
})

const fileOfWorkspace = matching({
  form: FILE_OF_WORKSPACE,
  allowed: 'the path of a file inside the workspace',
})

/** Git runs files in its folder. Some systems accept other spellings of that folder's name, too. */
const fileToWrite: InputReader<string> = (text) => {
  const reading = fileOfWorkspace(text)
  if (reading.kind === 'refused' || !leadsIntoGit(text)) return reading
  return refuse({ value: text, allowed: 'the path of a file inside the workspace, and not in ".git"' })
}

const jobNumber = matching({ form: /^\d{1,20}$/, allowed: 'the id of the job, a whole number' })

const anyText = matching({ form: /^[^]*$/, allowed: 'any text' })

/** All inputs, by the names that the code gives their values. docs/inputs.md and action.yml list the same. */
export const INPUTS = {
  dataset: {
    name: 'dataset',
    scope: 'connection',
    default: '',
    read: readDataset,
    unconnected: { kind: 'name', name: '' },
  },
  patterns: { name: 'glob', isList: true, default: '', read: orAbsent(readPatterns, []) },
  format: { name: 'format', default: 'auto', read: oneOf('auto', ...FORMAT_NAMES) },
  /** Undefined: the rows of the files are sent unmapped. */
  mapping: { name: 'mapping', isFile: true, default: '', read: orAbsent(readMappingSource, undefined) },
  /** Empty: the key that follows from the schema. */
  key: { name: 'key', isList: true, scope: 'plan', default: '', read: orAbsent(readKey, []) },
  upsert: { name: 'upsert', default: 'false', read: oneOf('false', 'true', 'enable') },
  replayPredecessors: { name: 'replay-predecessors', isList: true, scope: 'plan', default: '', read: readPredecessors },
  /** Empty: the name is built from the patterns. */
  publication: { name: 'publication', scope: 'plan', default: '', read: orAbsent(publicationName, '') },
  /** Empty: the dataset must exist. */
  schema: { name: 'schema', default: '', read: orAbsent(schemaName, '') },

  clientId: {
    name: 'client-id',
    scope: 'connection',
    default: '',
    variable: 'AEP_CLIENT_ID',
    read: clientId,
    unconnected: '',
  },
  clientSecret: {
    name: 'client-secret',
    scope: 'connection',
    default: '',
    variable: 'AEP_CLIENT_SECRET',
    read: orAbsent(clientSecret, ''),
    secret: true,
  },
  accessToken: {
    name: 'access-token',
    scope: 'connection',
    default: '',
    variable: 'AEP_ACCESS_TOKEN',
    read: orAbsent(accessToken, ''),
    secret: true,
  },
  orgId: { name: 'org-id', scope: 'connection', default: '', variable: 'AEP_ORG_ID', read: orgId, unconnected: '' },
  sandbox: {
    name: 'sandbox',
    scope: 'connection',
    default: '',
    variable: 'AEP_SANDBOX',
    read: sandboxName,
    unconnected: '',
  },
  scopes: {
    name: 'scopes',
    scope: 'connection',
    default: 'openid,AdobeID,session,read_organizations,additional_info.projectedProductContext',
    read: readScopes,
  },
  platformUrl: { name: 'platform-url', scope: 'connection', default: 'https://platform.adobe.io', read: readOrigin },
  imsUrl: { name: 'ims-url', scope: 'connection', default: 'https://ims-na1.adobelogin.com', read: readOrigin },

  mode: {
    name: 'mode',
    scope: 'workflow',
    default: 'publish',
    read: oneOf('publish', 'validate', 'plan', 'revert', 'resume', 'abort', 'doctor'),
  },
  /** Empty except in the modes that concern one batch. */
  batchId: { name: 'batch-id', scope: 'workflow', default: '', read: orAbsent(readBatchNaming, '') },
  /** Ways that Adobe does not document, but the workflow allows. */
  allowUndocumented: {
    name: 'allow-undocumented',
    scope: 'workflow',
    default: '',
    read: orAbsent(oneOf('relational'), undefined),
  },
  revertProfile: { name: 'revert-profile', scope: 'workflow', default: 'false', read: yesOrNo },
  validation: { name: 'validation', default: 'error', read: oneOf('error', 'warn', 'off') },
  schemaFile: { name: 'schema-file', isFile: true, default: '', read: orAbsent(fileOfWorkspace, '') },
  ifUnchanged: { name: 'if-unchanged', scope: 'plan', default: 'skip', read: oneOf('skip', 'publish') },
  ifNoFilesFound: { name: 'if-no-files-found', default: 'error', read: oneOf('error', 'warn', 'ignore') },
  allowPullRequest: { name: 'allow-pull-request', scope: 'workflow', default: 'false', read: yesOrNo },
  /** Per cent. */
  maxShrinkPercent: {
    name: 'max-shrink-percent',
    scope: 'plan',
    default: '50',
    read: numberWithin({ kind: 'decimal', from: 0, to: 100 }),
  },
  /** Per cent of the keys of the replaced rows; undefined: rows are not compared. */
  maxRemovedPercent: {
    name: 'max-removed-percent',
    scope: 'plan',
    default: '',
    read: orAbsent(numberWithin({ kind: 'decimal', from: 0, to: 100 }), undefined),
  },
  showValues: { name: 'show-values', default: 'false', read: yesOrNo },

  /** Per cent. */
  errorThreshold: { name: 'error-threshold', default: '0', read: numberWithin({ kind: 'decimal', from: 0, to: 100 }) },
  maxRejectedRows: {
    name: 'max-rejected-rows',
    scope: 'workflow',
    default: '',
    read: orAbsent(numberWithin({ kind: 'whole', from: 0, to: Number.MAX_SAFE_INTEGER }), undefined),
  },
  multilineJson: { name: 'multiline-json', default: 'convert', read: oneOf('convert', 'keep') },
  csvDelimiter: { name: 'csv-delimiter', default: ',', read: readCharacter, blanks: true },
  csvQuote: { name: 'csv-quote', default: '"', read: readCharacter, blanks: true },
  csvEscape: { name: 'csv-escape', default: '"', read: readCharacter, blanks: true },
  largeFiles: { name: 'large-files', scope: 'plan', default: 'chunk', read: oneOf('chunk', 'split') },
  /** Undefined: all files. */
  shard: { name: 'shard', default: '', read: orAbsent(readShard, undefined) },
  tags: { name: 'tags', isList: true, scope: 'workflow', default: '', read: readTags },

  concurrency: {
    name: 'concurrency',
    scope: 'workflow',
    default: '4',
    read: numberWithin({ kind: 'whole', from: 1, to: 64 }),
  },
  chunkBytes: {
    name: 'chunk-size-mib',
    scope: 'workflow',
    default: '64',
    read: convert(numberWithin({ kind: 'whole', from: 1, to: 256 }), (mib) =>
      Math.min(mib * MIB, WHOLE_FILE_MOST_BYTES),
    ),
  },
  wait: { name: 'wait', scope: 'plan', default: 'true', read: yesOrNo },
  timeoutMs: { name: 'timeout-minutes', scope: 'connection', default: '60', read: duration(60_000) },
  pollIntervalMs: { name: 'poll-interval-seconds', scope: 'workflow', default: '300', read: duration(1_000) },

  /** For a deployment, and for the names of jobs. */
  githubToken: {
    name: 'github-token',
    scope: 'workflow',
    default: '',
    expression: '${{ github.token }}',
    read: orAbsent(accessToken, ''),
    secret: true,
  },
  /** The matrix values of this job, as JSON; `null` without a matrix. Part of what identifies a step. */
  matrix: {
    name: 'matrix',
    scope: 'workflow',
    default: '',
    expression: '${{ toJSON(matrix) }}',
    read: orAbsent(anyText, ''),
  },
  /** The id of this job at GitHub; empty on runners that do not provide it. */
  jobId: {
    name: 'job-id',
    scope: 'workflow',
    default: '',
    expression: '${{ job.check_run_id }}',
    read: orAbsent(jobNumber, ''),
  },
  /** Empty: no deployment. */
  deploymentEnvironment: {
    name: 'deployment-environment',
    scope: 'workflow',
    default: '',
    read: orAbsent(environmentName, ''),
  },
  /** One comment for each publication, in `mode: plan` and `mode: validate`. */
  comment: { name: 'comment', scope: 'workflow', default: 'false', read: yesOrNo },
  rejectedRowsPath: { name: 'rejected-rows-path', scope: 'workflow', default: '', read: orAbsent(fileToWrite, '') },
} as const satisfies Readonly<Record<string, InputRow<unknown>>>

export const INPUT_ROWS: readonly InputRow<unknown>[] = Object.values(INPUTS)

/** The values that the rows read, before the credentials are combined. */
export type Values = { readonly [F in keyof typeof INPUTS]: ValueOf<(typeof INPUTS)[F]['read']> }

type ValueOf<R> = R extends InputReader<infer T> ? T : never
