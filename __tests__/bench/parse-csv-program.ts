import { parse } from 'csv-parse/sync'
import { readFile } from 'node:fs/promises'
import { inferSchema, initParser } from 'udsv'
import { cpuMs } from './check-speed.ts'

/** What a run of this program prints. */
export type ParsedCsv = { readonly cpuMs: number; readonly bytes: number; readonly rows: number }

/** Both make an array of strings of each row, which is the fastest that they do. */
const LIBRARIES = {
  'csv-parse': (text: string) => parse(text).length - 1,
  udsv: (text: string) => initParser(inferSchema(text)).stringArrs(text).length,
} as const

export type CsvLibrary = keyof typeof LIBRARIES

/** A text that is there already, several times; and once before, unmeasured. */
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
