import { Problem } from '../../base/problem.ts'
import { listed } from '../../base/words.ts'

export type Format = 'json' | 'parquet' | 'csv'
export type FormatInput = Format | 'auto'

const BY_EXTENSION: Readonly<Record<string, Format>> = {
  '.json': 'json',
  '.jsonl': 'json',
  '.ndjson': 'json',
  '.parquet': 'parquet',
  '.csv': 'csv',
}

/** One batch has one format (API guide). @throws Problem listing the files of each format, or those of none. */
export function chooseFormat(paths: readonly string[], wanted: FormatInput): Format {
  if (wanted !== 'auto') return wanted
  const groups = Map.groupBy(paths, formatOf)
  const [only, ...others] = groups.keys()
  if (only !== undefined && only !== 'neither' && others.length === 0) return only
  const lists = Array.from(groups, ([format, files]) => `- ${format}: ${listed(files)}`)
  throw new Problem(
    `Cannot choose a format: one batch holds files of one format, and these were found:\n${lists.join('\n')}`,
    {
      remedy:
        'Narrow "glob" to the files of one format, publish the others with a step of their own, or set "format" if the extensions say otherwise.',
    },
  )
}

function formatOf(path: string): Format | 'neither' {
  const extension = /\.[^./]*$/.exec(path)?.[0].toLowerCase() ?? ''
  return BY_EXTENSION[extension] ?? 'neither'
}
