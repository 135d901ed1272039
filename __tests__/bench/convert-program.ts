import { stat } from 'node:fs/promises'
import { fileContent } from '../../src/lib/file-content.ts'
import { JsonCompactor } from '../../src/formats/json/compactor.ts'

/** The output of this program. */
export type ConvertRun = { readonly cpuMs: number; readonly bytes: number; readonly rows: number }

/** Discards the lines: writing or sending them is not part of the conversion. */
async function main(path: string): Promise<ConvertRun> {
  const { size, mtimeMs: modifiedMs } = await stat(path)
  const compactor = new JsonCompactor()
  const begun = process.cpuUsage()
  for await (const chunk of fileContent({ path, size, modifiedMs }).bytes()) compactor.write(chunk)
  compactor.end()
  const { user, system } = process.cpuUsage(begun)
  return { cpuMs: (user + system) / 1000, bytes: size, rows: compactor.records }
}

console.log(JSON.stringify(await main(process.argv[2] ?? '')))
