import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rowCheckOf } from '../../../src/check/row-check.ts'
import { checkFile } from '../../../src/formats/check.ts'
import { readFooter } from '../../../src/formats/parquet/footer.ts'
import type { ColumnLeaf, ColumnNode } from '../../../src/formats/parquet/tree.ts'
import { createLocalChecker } from '../../../src/formats/pool.ts'
import { bytesContent, type Content } from '../../../src/lib/content.ts'
import { never } from '../../support/time/never.ts'
import { PARQUET } from '../../support/files/shapes.ts'
import { FIXTURES } from '../parquet/expected.ts'
import { comparable } from './comparable.ts'
import { VALUE_FIELDS, type XdmField } from './random-parquet.ts'

/** In these each type stands as each writer has it; what else differs changes no value. */
const FILES = ['default', 'duckdb-v2', 'int96-spark', 'integer-decimals', 'polars', 'v2-small-pages-fallback']

describe('the columns of a Parquet file', () => {
  it.each(FILES)('of %s have the findings that its rows have, whatever field they are for', async (file) => {
    const content = bytesContent(readFileSync(join(FIXTURES, `${file}.parquet`)))
    const footer = await readFooter(content)
    if (footer.kind === 'refused') throw new Error(footer.says)
    for (const field of VALUE_FIELDS) {
      const schema = schemaOf(footer.tree.root, field)
      const found = await check(content, schema, 'by columns')
      expect(found.rows).toBe(48)
      expect(found.findings.length).toBeGreaterThan(0)
      expect(found, JSON.stringify(field)).toEqual(await check(content, schema, 'row by row'))
    }
  })
})

function schemaOf(root: ColumnNode, field: XdmField): XdmField {
  const named = { $id: 'https://ns.adobe.com/acme/schemas/fixture', title: 'Fixture' }
  return { ...named, 'meta:class': 'https://ns.adobe.com/xdm/context/profile', ...fieldOf(root, field) }
}

/** Of a column by itself: whether bytes are text is seen before they are, and of a time no schema has a field. */
function isToldByItself({ storage, annotation }: ColumnLeaf): boolean {
  return annotation?.kind === 'time' || (storage.physical === 'BYTE_ARRAY' && annotation === undefined)
}

/** Lists, maps and objects as they are, and one field for each value in them. */
function fieldOf(node: ColumnNode, field: XdmField): XdmField {
  if (node.kind === 'leaf') return isToldByItself(node) ? {} : field
  if (node.kind === 'list') return { type: 'array', 'meta:xdmType': 'array', items: fieldOf(node.item, field) }
  if (node.kind === 'map') {
    const value = node.value === undefined ? field : fieldOf(node.value, field)
    return { type: 'object', 'meta:xdmType': 'map', additionalProperties: value }
  }
  const properties = Object.fromEntries(node.members.map(({ name, node: inner }) => [name, fieldOf(inner, field)]))
  return { type: 'object', 'meta:xdmType': 'object', properties }
}

async function check(content: Content, schema: XdmField, how: 'by columns' | 'row by row') {
  const source = { schema, descriptors: undefined }
  const rowCheck = rowCheckOf({ source, showValues: true, isForProfile: false, isUntyped: false })
  const checker = createLocalChecker(how === 'by columns' ? rowCheck : { ...rowCheck, columns: undefined })
  const { rows, findings } = comparable(await checkFile({ content, shape: PARQUET }, { checker, signal: never() }))
  return { rows, findings: findings.filter(({ code }) => code !== 'corrupt-record') }
}
