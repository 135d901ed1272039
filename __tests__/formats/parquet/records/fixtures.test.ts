import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readFooter } from '../../../../src/formats/parquet/footer.ts'
import { bytesFrom } from '../../../../src/formats/parquet/format.ts'
import { RowReader, allLeaves } from '../../../../src/formats/parquet/records.ts'
import { bytesContent } from '../../../../src/lib/content.ts'
import { FIXTURES, readExpectations } from '../expected.ts'
import { readRows } from '../verdict.ts'

const EXPECTED = readExpectations().map((one) => [one.file, one] as const)

describe('a Parquet file', () => {
  it('is read as pyarrow reads it for 17 settings of a writer, 39 types of columns, and three other writers', () => {
    expect(EXPECTED).toHaveLength(22)
    expect(EXPECTED.find(([file]) => file === 'default.parquet')?.[1].columns).toHaveLength(39)
  })

  it.each(EXPECTED)('of %s has the values that pyarrow reads, row by row', async (file, { rows, columns }) => {
    const found = await readRows(bytesOf(file))
    for (const name of columns) expect(valuesOf(found.rows, name), name).toEqual(valuesOf(rows, name))
    expect(found).toEqual({ rows, corrupt: 0 })
  })

  it.each(EXPECTED)('of %s has the rows behind those that are skipped', async (file, { rows }) => {
    for (const skip of [1, 10, 11, 19, 20, 23, 47, 48, 49]) {
      expect(await rowsBehind(file, skip), `behind ${skip}`).toEqual(rows.slice(skip))
    }
  })

  it.each(EXPECTED)('of %s has some of its columns without the others', async (file, { rows }) => {
    const found = await rowsOf(file, (path) => path[0] === 'text' || path.join('.') === 'struct.a')
    const struct = ({ a }: { readonly a?: number }) => (a === undefined ? {} : { a })
    const expected = rows.map((row) => {
      const { text, struct: group } = row as { readonly text?: string; readonly struct?: { readonly a?: number } }
      return { ...(text !== undefined && { text }), ...(group && { struct: struct(group) }) }
    })
    expect(found).toEqual(expected)
  })
})

function bytesOf(file: string): Uint8Array {
  return readFileSync(join(FIXTURES, file))
}

async function openFooter(file: string) {
  const content = bytesContent(bytesOf(file))
  const footer = await readFooter(content)
  if (footer.kind === 'refused') throw new Error(footer.says)
  return { footer, read: bytesFrom(content) }
}

async function rowsBehind(file: string, skip: number): Promise<readonly object[]> {
  const { footer, read } = await openFooter(file)
  const rows: object[] = []
  let left = skip
  for (const group of footer.groups) {
    const reader = new RowReader({ tree: footer.tree, group, leaves: allLeaves(footer), read })
    await reader.skip(Math.min(left, group.rows))
    left -= Math.min(left, group.rows)
    for (let row = await reader.next(); row !== undefined; row = await reader.next()) rows.push(row)
  }
  return rows
}

async function rowsOf(file: string, isAsked: (path: readonly string[]) => boolean): Promise<readonly object[]> {
  const { footer, read } = await openFooter(file)
  const { tree } = footer
  const leaves = allLeaves(footer).filter((index) => isAsked(tree.leaves[index]?.path ?? []))
  const rows: object[] = []
  for (const group of footer.groups) {
    const reader = new RowReader({ tree, group, leaves, read })
    for (let row = await reader.next(); row !== undefined; row = await reader.next()) rows.push(row)
  }
  return rows
}

function valuesOf(rows: readonly object[], name: string): readonly unknown[] {
  return rows.map((row) => (row as Readonly<Record<string, unknown>>)[name])
}
