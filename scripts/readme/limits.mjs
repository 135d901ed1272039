import { readFileSync } from 'node:fs'
import {
  BATCH_ADVISED,
  BATCH_MOST,
  DIMENSION_BATCHES_A_DAY,
  EXPIRATION_WARNING_MS,
  LIMITS_AS_OF,
  PROFILE_BATCHES_A_DAY,
  BUDGET_WARNING_SHARE,
} from '../../src/platform/limits.ts'
import { asTable } from './tables.mjs'

const number = new Intl.NumberFormat('en-US')

/** Each limit with its amount and what happens beyond it. The numbers come from the code. */
export function limitsTable() {
  const platform = (name) => constant('src/platform/limits.ts', name)
  const warns = `counted if the dataset is enabled for Profile; a warning from ${BUDGET_WARNING_SHARE * 100} %`
  const table = asTable([
    ['What', 'Limit', 'Beyond it'],
    [
      'files in a batch',
      count(BATCH_MOST.files),
      '[more batches](large-data.md#several-batches); with `replay-predecessors` an error',
    ],
    ['bytes in a batch', terabytes(BATCH_MOST.bytes), 'the same; a single larger file is an error'],
    ['files in a batch, as Adobe recommends', `fewer than ${count(BATCH_ADVISED.files)}`, 'a warning'],
    ['bytes in a batch, as Adobe recommends', `less than ${gigabytes(BATCH_ADVISED.bytes)}`, 'a warning'],
    ['profile and event batches of a sandbox, by everybody, in 24 hours', count(PROFILE_BATCHES_A_DAY), warns],
    [
      'batches of a dimension entity (a Profile dataset of neither profiles nor events), in 24 hours',
      count(DIMENSION_BATCHES_A_DAY),
      warns,
    ],
    [
      'expiration date of the dataset',
      'as set under Data Lifecycle',
      `a warning from ${EXPIRATION_WARNING_MS / 86_400_000} days before it; after it, \`publish\` and \`plan\` fail`,
    ],
    [
      'bytes of a record, or of an event, in Profile',
      '100,000; 10,000',
      'a warning: Profile drops it, the data lake keeps it',
    ],
    [
      'rows with `upsert`',
      `fewer than ${count(platform('UPSERT_ROW_LIMIT'))}`,
      'a warning; better: several steps, each with its own `publication`',
    ],
    [
      'bytes in one request',
      count(platform('WHOLE_FILE_MOST_BYTES')),
      'the file is [uploaded in chunks, or split](large-data.md#large-files)',
    ],
    [
      'JSON files that are not packed',
      count(platform('UNPACKED_MOST_FILES')),
      'they are [packed](large-data.md#small-files)',
    ],
    ['shards', count(constant('src/inputs/values.ts', 'MOST_SHARDS')), 'an error'],
    [
      'length of the encoded path of a file',
      `${count(platform('ENCODED_NAME_MOST_CHARACTERS'))} characters (a URL has 2,000)`,
      'an error',
    ],
    [
      'CSV header and first record together',
      mebibytes(constant('src/formats/slices.ts', 'LONGEST_RECORD_BYTES')),
      'an error',
    ],
    [
      'record of a JSON or CSV file whose rows are validated or mapped',
      mebibytes(constant('src/formats/slices.ts', 'LONGEST_RECORD_BYTES')),
      'an error that names the place of the record',
    ],
    ['Parquet footer', mebibytes(constant('src/formats/parquet/footer.ts', 'LARGEST_FOOTER_BYTES')), 'an error'],
    [
      'Parquet page, compressed or not',
      mebibytes(constant('src/formats/parquet/pages.ts', 'MOST_PAGE_BYTES')),
      'an error that names row group and page: the column is not validated from there on',
    ],
    [
      'events compared by their `_id`',
      count(constant('src/formats/keys.ts', 'MOST_KEYS')),
      'the others are not compared, and the log reports it',
    ],
    [
      'places listed for one problem in a file',
      count(constant('src/formats/tally.ts', 'MOST_PLACES')),
      'counted, not listed',
    ],
    [
      'distinct problems listed in a file',
      count(constant('src/formats/tally.ts', 'MOST_FINDINGS')),
      'counted together by their code, under the path `/**`',
    ],
    [
      'unknown fields of a record, or columns of a file, with a hint',
      count(constant('src/schema/walk.ts', 'MOST_HINTS')),
      'listed without a hint',
    ],
    [
      'different unknown fields of an object of the schema, with a hint',
      count(constant('src/schema/kinds/object.ts', 'MOST_SOUGHT')),
      'listed without a hint',
    ],
    [
      'rejected rows read in a batch',
      `${count(platform('DIAGNOSTICS_MOST_ROWS'))}, ${mebibytes(platform('DIAGNOSTICS_MOST_CHARACTERS'))} of diagnostics, ${seconds(platform('DIAGNOSTICS_MOST_READ_MS'))}`,
      `the others are not listed, and the log reports it; ${seconds(platform('DIAGNOSTICS_MOST_MS'))} for all batches`,
    ],
    [
      'places of a rejected row that is there several times',
      count(constant('src/publish/rejected/locate.ts', 'MOST_PLACES')),
      'counted, not listed',
    ],
    [
      'annotations of a step',
      `${constant('src/report/annotations.ts', 'MOST_ERRORS')} errors, ${constant('src/report/annotations.ts', 'MOST_WARNINGS')} warnings`,
      'in the summary and the report',
    ],
    ['results in the SARIF file', count(constant('src/report/sarif.ts', 'MOST_RESULTS')), 'in the report'],
    [
      'job summary',
      `${count(constant('src/report/summary.ts', 'MOST_BYTES'))} bytes`,
      'details are left out, and the end is cut last',
    ],
    [
      'comment on a pull request',
      `${count(constant('src/report/comment.ts', 'MOST_CHARACTERS'))} characters (GitHub takes 65,536)`,
      'rows are left out, and the end is cut last; what is left out is counted',
    ],
    [
      'requests to GitHub for files of an earlier commit',
      count(constant('src/github/contents.ts', 'MOST_REQUESTS')),
      'rows are not compared, and the log reports it',
    ],
  ])
  return `As of ${LIMITS_AS_OF}.\n\n${table}`
}

/** The value of a constant, exported or not, that is a product or shift of whole numbers. */
function constant(path, name) {
  const [, text] = new RegExp(`^(?:export )?const ${name} = ([\\d_ *<]+)$`, 'm').exec(readFileSync(path, 'utf8')) ?? []
  if (text === undefined) throw new Error(`${path} has no constant ${name} that is a number`)
  const plain = text.replaceAll('_', '')
  const [base, shift] = plain
    .split('<<')
    .map((part) => part.split('*').reduce((product, one) => product * Number(one), 1))
  return shift === undefined ? base : base * 2 ** shift
}

function count(value) {
  return number.format(value)
}

function terabytes(bytes) {
  return `${number.format(bytes / 1e12)} TB`
}

function gigabytes(bytes) {
  return `${number.format(bytes / 1e9)} GB`
}

function mebibytes(bytes) {
  return `${number.format(bytes / 2 ** 20)} MiB`
}

function seconds(ms) {
  return `${number.format(ms / 1000)} s`
}
