import { readFileSync } from 'node:fs'
import { asTable } from './tables.mjs'

const number = new Intl.NumberFormat('en-US')

/** What, how much, and what happens beyond it. The numbers are those of the code. */
export function limitsTable() {
  const platform = (name) => constant('src/platform/limits.ts', name)
  return asTable([
    ['What', 'Limit', 'Beyond it'],
    [
      'files in a batch',
      count(platform('BATCH_MOST_FILES')),
      '[more batches](large-data.md#several-batches); with `replay-predecessors` an error',
    ],
    ['bytes in a batch', gigabytes(platform('BATCH_MOST_BYTES')), 'the same; a single larger file is an error'],
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
      mebibytes(constant('src/formats/csv/format.ts', 'LONGEST_HEADER_BYTES')),
      'an error',
    ],
    ['Parquet footer', mebibytes(constant('src/formats/parquet/footer.ts', 'LARGEST_FOOTER_BYTES')), 'an error'],
    ['events compared by their `_id`', '5,000,000', 'the others are not compared, and the log reports it'],
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
  ])
}

/** The number of a constant, exported or not: of products and shifts of whole numbers. */
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

function gigabytes(bytes) {
  return `${number.format(bytes / 1e9)} GB`
}

function mebibytes(bytes) {
  return `${number.format(bytes / 2 ** 20)} MiB`
}

function seconds(ms) {
  return `${number.format(ms / 1000)} s`
}
