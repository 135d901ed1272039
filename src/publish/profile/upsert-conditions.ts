import { FORMATS, lacksColumn } from '../../formats/formats.ts'
import type { Log } from '../../github/runner.ts'
import type { ValidatedFile } from '../../check/findings.ts'
import { InvalidRecords } from '../../check/judge.ts'
import type { CheckedFile } from '../../files/read.ts'
import { Problem } from '../../lib/errors.ts'
import { count, formatNumber } from '../../lib/text.ts'
import { UPSERT_ROW_LIMIT } from '../../platform/limits.ts'
import type { Tags } from '../../platform/records.ts'
import { profileState, profileTagsOf } from './tags.ts'
import type { CompiledSchema } from '../../schema/compile.ts'

/** What decides whether profile updates can be published. */
export type UpsertCase = {
  /** The dataset's current tags; undefined if they are to be set first. */
  readonly tags: Tags | undefined
  readonly schema: CompiledSchema
  readonly files: readonly CheckedFile[]
  /** Undefined if the rows were not validated. */
  readonly examined: readonly ValidatedFile[] | undefined
  /** Undefined if not counted. */
  readonly rows: number | undefined
}

type UpsertFault = { readonly what: string; readonly remedy: string }

/**
 * Checks all conditions of profile updates, and reports every missing one at once.
 *
 * | condition                                            | seen in                              |
 * |------------------------------------------------------|--------------------------------------|
 * | record data, no events                               | the schema's class                   |
 * | the schema is enabled for Profile                     | its tag `union`                      |
 * | the dataset is enabled for Profile and upsert        | its tags, unless they are to be set  |
 * | every record has its primary identity                | columns, or the row validation       |
 *
 * The guide names only Parquet; other formats are mentioned in the log.
 *
 * @throws Problem with a line and a remedy for each missing condition.
 */
export function requireUpsert(upsert: UpsertCase, log: Log): void {
  const setup = [...schemaFaults(upsert), ...tagFaults(upsert)]
  const records = identityFaults(upsert)
  if (setup.length + records.length > 0) throw upsertProblem(setup, records)
  warnOfManyRows(upsert, log)
  const [first] = upsert.files
  if (first !== undefined && first.sentFormat !== 'parquet') {
    // Not a warning: it applies to every publish run with such files.
    log.info(
      `Adobe documents profile updates only for Parquet files, not for ${first.sentFormat.toUpperCase()}: check a profile after the first run`,
    )
  }
  if (!isIdentitySeen(upsert)) {
    // Not a warning: it applies to every run that does not validate, or cannot read identities.
    log.info(
      'The action could not check whether every record has its primary identity: the rows were not validated, or the identities of the schema could not be read',
    )
  }
}

function schemaFaults({ schema }: UpsertCase): readonly UpsertFault[] {
  const title = JSON.stringify(schema.title)
  const isRecord = schema.behaviour === 'record'
  return [
    ...(isRecord
      ? []
      : [
          {
            what: `the schema ${title} is for ${schema.behaviour} data`,
            remedy: 'Only record data can be updated: set "upsert: false".',
          },
        ]),
    ...(schema.isUnion || !isRecord
      ? []
      : [
          {
            what: `the schema ${title} is not enabled for Profile`,
            remedy: 'Enable the schema for Profile in the Experience Platform UI. This cannot be undone.',
          },
        ]),
  ]
}

function tagFaults({ tags }: UpsertCase): readonly UpsertFault[] {
  if (tags === undefined) return []
  const { isForProfile, isForIdentity, isForUpsert } = profileState(profileTagsOf(tags))
  const missing = [
    ...(isForProfile ? [] : ['unifiedProfile "enabled:true"']),
    ...(isForUpsert ? [] : ['unifiedProfile "isUpsert:true"']),
    ...(isForIdentity ? [] : ['unifiedIdentity "enabled:true"']),
  ]
  if (missing.length === 0) return []
  const remedy =
    'Set "upsert: enable" for one run, or set the tags as described in Adobe\'s guide "Enable a dataset for profile updates using APIs".'
  return [{ what: `the dataset's tags lack ${missing.join(', ')}`, remedy }]
}

function identityFaults({ schema, files, examined }: UpsertCase): readonly UpsertFault[] {
  const without = [
    ...files.filter((file) => lacksIdentity(file, schema)).map(({ path }) => path),
    ...(examined ?? [])
      .filter(({ findings }) => findings.some(({ code }) => UNIDENTIFIED.has(code)))
      .map(({ path }) => path),
  ]
  if (without.length === 0) return []
  const names = [...new Set(without)].map((path) => JSON.stringify(path)).join(', ')
  const field = schema.identities.primary.kind === 'field' ? schema.identities.primary.path.join('.') : 'identityMap'
  return [
    {
      what: `records without a primary identity (${field}) in ${names}`,
      remedy: 'Give every record its identity: updates are merged by it.',
    },
  ]
}

/** Findings for records that Profile can't merge. */
const UNIDENTIFIED: ReadonlySet<string> = new Set(['identity-missing', 'identity-invalid', 'identity-primary'])

/** The columns are known even if the rows were not validated. */
function lacksIdentity({ shape, mapping }: CheckedFile, { identities: { primary } }: CompiledSchema): boolean {
  if (primary.kind === 'unknown' || mapping !== undefined) return false
  return lacksColumn(shape, primary.kind === 'field' ? primary.path : ['identityMap'])
}

function isIdentitySeen({ schema, examined, files }: UpsertCase): boolean {
  if (schema.identities.primary.kind === 'unknown') return false
  // A column can exist and be empty.
  return examined !== undefined || files.every(({ sentFormat }) => FORMATS[sentFormat].isUntyped)
}

/** "Guardrails for Data Ingestion", advice: larger batches are accepted, but can take ten times as long and block others. */
function warnOfManyRows({ rows }: UpsertCase, log: Log): void {
  if (rows === undefined || rows < UPSERT_ROW_LIMIT) return
  log.warning(
    `${count(rows, 'row')} to update: Adobe advises fewer than ${formatNumber(UPSERT_ROW_LIMIT)} in a batch. Larger batches can take ten times as long and delay others. Split the files over several steps, each with its own "publication"`,
  )
}

/** Only faults in records give the outcome `invalid`. */
function upsertProblem(setup: readonly UpsertFault[], records: readonly UpsertFault[]): Problem {
  const faults = [...setup, ...records]
  const lines = faults.map(({ what }) => `- ${what}`)
  const remedies = [...new Set(faults.map(({ remedy }) => remedy))]
  const Refused = setup.length === 0 ? InvalidRecords : Problem
  return new Refused(`Cannot publish profile updates into this dataset; nothing was sent:\n${lines.join('\n')}`, {
    remedy: remedies.join('\n'),
  })
}
