import { stat } from 'node:fs/promises'
import { fileContent } from '../../src/lib/file-content.ts'
import { JsonCompactor } from '../../src/formats/json/compactor.ts'

/** What a run of this program prints. */
export type ConvertRun = { readonly cpuMs: number; readonly bytes: number; readonly rows: number }

/** The lines go nowhere: what writing or sending them costs is no part of the conversion. */
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
