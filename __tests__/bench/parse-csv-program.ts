import { parse } from 'csv-parse/sync'
import { readFile } from 'node:fs/promises'
import { inferSchema, initParser } from 'udsv'
import { cpuMs } from './check-speed.ts'

/** The output of this program. */
export type ParsedCsv = { readonly cpuMs: number; readonly bytes: number; readonly rows: number }

/** Both turn each row into an array of strings, their fastest mode. */
const LIBRARIES = {
  'csv-parse': (text: string) => parse(text).length - 1,
  udsv: (text: string) => initParser(inferSchema(text)).stringArrs(text).length,
} as const

export type CsvLibrary = keyof typeof LIBRARIES

/** Parses a string in memory several times, after an unmeasured warm-up. */
async function main(library: CsvLibrary, path: string, times: number): Promise<ParsedCsv> {
  const text = await readFile(path, 'utf8')
  const parseAll = LIBRARIES[library]
  let rows = parseAll(text)
  const spentMs = cpuMs(() => {
    for (let time = 0; time < times; time++) rows = parseAll(text)
  })
  return { cpuMs: spentMs, bytes: Buffer.byteLength(text) * times, rows: rows * times }
}

const [, , library, path = '', times] = process.argv
console.log(JSON.stringify(await main(library === 'udsv' ? 'udsv' : 'csv-parse', path, Number(times))))
