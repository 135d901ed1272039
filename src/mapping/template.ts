import { count, joinFirst } from '../lib/text.ts'
import { isPlainName } from '../schema/walk.ts'

export type Template =
  | { readonly kind: 'mappings'; readonly mappings: readonly TemplateMapping[] }
  | { readonly kind: 'refused'; readonly why: string }

/** A mapping with its names in JSON. */
export type TemplateMapping = {
  readonly source: string | undefined
  readonly destination: string | undefined
  readonly sourceType: string | undefined
}

const SOURCE = ['source', 'sourcefield', 'sourceattribute', 'sourcedata']
const TARGET = ['destination', 'destinationpath', 'destinationxdmpath', 'target', 'targetfield']
const TYPE = ['sourcetype', 'type', 'mappingtype']

/**
 * Reads the CSV template of the user interface. Adobe documents its columns nowhere, so several names are accepted for
 * each. The action never guesses whether a cell is an expression: without a column for the type, every source has to be a
 * plain name.
 */
export function readTemplate(rows: readonly (readonly string[])[]): Template {
  const [header = [], ...lines] = rows
  const [source, target, type] = [SOURCE, TARGET, TYPE].map((names) => findColumn(header, names))
  if (source === undefined || source === -1 || target === undefined || target === -1) return refuseHeader(header)
  const sources = lines.map((cells) => cells[source] ?? '')
  if (type === undefined || type === -1) {
    const odd = sources.findIndex((name) => !PLAIN.test(name))
    if (odd !== -1)
      return {
        kind: 'refused',
        why: `it has no column "sourceType", and the source in line ${odd + 2} is not a plain column name`,
      }
  }
  const mappings = lines.map((cells) => ({
    source: cells[source],
    destination: cells[target],
    sourceType: type === undefined || type === -1 ? undefined : cells[type]?.trim(),
  }))
  return { kind: 'mappings', mappings }
}

/** No character that only expressions have. */
const PLAIN = /^[^()"'+*/?=<>!&|{}$]+$/

function findColumn(header: readonly string[], names: readonly string[]): number {
  return header.findIndex((name) => names.includes(name.toLowerCase().replace(/[\s_]/g, '')))
}

function refuseHeader(header: readonly string[]): Template {
  // The workflow may name a file of data by mistake.
  const areNames = header.every(isPlainName)
  const found = areNames
    ? joinFirst(header.map(quoted), 8)
    : `of ${count(header.length, 'column')}, whose names may be data`
  return {
    kind: 'refused',
    why: `expected JSON, or CSV with the columns "source", "destination" and "sourceType"; found the header ${found || '(empty)'}`,
  }
}

function quoted(name: string): string {
  return JSON.stringify(name)
}
