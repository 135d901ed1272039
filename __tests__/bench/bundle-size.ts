import { readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { limitLine, type Line } from './line.ts'
import type { Setting } from './setting.ts'

/** A class that each copy of undici defines once. */
const MARK_OF_UNDICI = /class ConnectTimeoutError extends/g

/** How many bytes a runner loads, and how many copies of undici are among them. */
export async function bundleSize({ bundle }: Setting): Promise<readonly Line[]> {
  const folder = dirname(bundle)
  const names = (await readdir(folder)).filter((name) => !name.startsWith('licenses'))
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size))
  const mb = sizes.reduce((sum, size) => sum + size, 0) / 1e6
  const programs = names.filter((name) => name.endsWith('.js'))
  const codes = await Promise.all(programs.map((name) => readFile(join(folder, name), 'utf8')))
  const copies = codes.flatMap((code) => code.match(MARK_OF_UNDICI) ?? []).length
  return [
    limitLine({ what: '`dist/`, unminified, without licenses', figure: mb, most: 2.5, unit: 'MB' }),
    limitLine({ what: 'copies of undici in `dist/`', figure: copies, most: 1, unit: 'copies' }),
  ]
}
