import type { ParquetType, SchemaElement } from 'hyparquet'
import type { PageContent, ParquetLeaf } from './parquet-writer.ts'

// Schemas and records for `parquet-writer.ts`, which knows only leaves and levels.

/** An element with its children; the footer has a flat list instead. */
export type ParquetNode = { readonly element: SchemaElement; readonly below: readonly ParquetNode[] }

type Repetition = 'REQUIRED' | 'OPTIONAL' | 'REPEATED'

export function leaf(name: string, type: ParquetType, more: Partial<SchemaElement> = {}): ParquetNode {
  return { element: { name, type, repetition_type: 'OPTIONAL', ...more }, below: [] }
}

export function text(name: string, repetition: Repetition = 'OPTIONAL'): ParquetNode {
  return leaf(name, 'BYTE_ARRAY', { converted_type: 'UTF8', repetition_type: repetition })
}

export function group(name: string, below: readonly ParquetNode[], more: Partial<SchemaElement> = {}): ParquetNode {
  return { element: { name, num_children: below.length, repetition_type: 'OPTIONAL', ...more }, below }
}

/** A list in three levels, the format's standard since 2015. */
export function list(element: ParquetNode, name: string): ParquetNode {
  return group(name, [group('list', [element], { repetition_type: 'REPEATED' })], { converted_type: 'LIST' })
}

export function map(value: ParquetNode, name: string): ParquetNode {
  const entry = group('key_value', [text('key', 'REQUIRED'), value], { repetition_type: 'REPEATED' })
  return group(name, [entry], { converted_type: 'MAP' })
}

/** The schema as a flat list, as in the footer, with a root. */
export function parquetSchemaOf(columns: readonly ParquetNode[]): readonly SchemaElement[] {
  return elementsOf({ element: { name: 'root', num_children: columns.length }, below: columns })
}

function elementsOf({ element, below }: ParquetNode): readonly SchemaElement[] {
  return [element, ...below.flatMap(elementsOf)]
}

type Shredded = { readonly values: unknown[]; readonly definition: number[]; readonly repetition: number[] }

/** The values and levels of a leaf in records. Lists are arrays, maps are objects, absent values are null or missing. */
export function shred({ tree, definition }: ParquetLeaf, records: readonly unknown[]): Shredded {
  const out: Shredded = { values: [], definition: [], repetition: [] }
  const elements = tree.slice(1).map((node) => node.element)
  for (const record of records) visit(0, record, { definition: 0, repetition: 0, repeated: 0 })
  return out

  /** `parent` is the value that contains the element at `depth`. */
  function visit(depth: number, parent: unknown, at: Levels): void {
    const element = elements[depth]
    if (element === undefined) return emit(parent, at)
    const value = memberOf(parent, element, elements[depth - 1])
    if (element.repetition_type === 'REPEATED') return visitEach(depth, value as readonly unknown[], at)
    if (element.repetition_type === 'REQUIRED') return visit(depth + 1, value, at)
    if (value === undefined || value === null) return emit(undefined, at)
    return visit(depth + 1, value, { ...at, definition: at.definition + 1 })
  }

  function visitEach(depth: number, items: readonly unknown[], at: Levels): void {
    if (items.length === 0) return emit(undefined, at)
    const inside = { ...at, definition: at.definition + 1, repeated: at.repeated + 1 }
    for (const [index, item] of items.entries()) {
      visit(depth + 1, item, index === 0 ? inside : { ...inside, repetition: inside.repeated })
    }
  }

  function emit(value: unknown, at: Levels): void {
    out.definition.push(at.definition)
    out.repetition.push(at.repetition)
    if (at.definition === definition) out.values.push(value)
  }
}

/** `repeated` counts the repeated elements above. */
type Levels = { readonly definition: number; readonly repetition: number; readonly repeated: number }

function memberOf(parent: unknown, element: SchemaElement, above: SchemaElement | undefined): unknown {
  if (above?.converted_type === 'LIST') return parent
  if (above?.converted_type === 'MAP') return Object.entries(parent as object).map(([key, value]) => ({ key, value }))
  if (above?.name === 'list' && above.repetition_type === 'REPEATED') return parent
  return (parent as Readonly<Record<string, unknown>>)[element.name]
}

/** The values of one leaf in the records, split into pages. `rows` gives the page sizes, which repeat in turn. */
export function pagesOf(parquetLeaf: ParquetLeaf, records: readonly unknown[], rows: readonly number[]): PageContent[] {
  const pages: PageContent[] = []
  for (let row = 0, turn = 0; row < records.length; turn++) {
    const end = row + Math.max(1, rows[turn % rows.length] ?? records.length)
    const { values, definition, repetition } = shred(parquetLeaf, records.slice(row, end))
    const isFlat = parquetLeaf.repetition === 0
    pages.push({ values, definition, ...(!isFlat && { repetition }) })
    row = end
  }
  return pages
}

/** The same pages with their values in a dictionary page, which comes first. */
export function byDictionary(pages: readonly PageContent[]): readonly [dictionary: PageContent, ...PageContent[]] {
  const distinct = [...new Set(pages.flatMap(({ values }) => Array.from(values)))]
  const indexes = new Map(distinct.map((value, index) => [value, index]))
  const indexed = pages.map((page): PageContent => {
    return { ...page, encoding: 'RLE_DICTIONARY', values: Array.from(page.values, (value) => indexes.get(value) ?? 0) }
  })
  return [{ values: distinct }, ...indexed]
}
