import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loyaltySchema } from '../../emulator/seed/loyalty-schema.ts'
import { member } from '../support/runs/platform-inputs.ts'
import type { Line } from './line.ts'
import { openPlaces } from './open-places.ts'
import type { Setting } from './setting.ts'
import { runMs, startLine } from './start.ts'

const MOST_MS = 130
const ROWS = 10

/** A complete `validate` from the command line. */
export async function commandStart({ bundle, sizes: { starts } }: Setting): Promise<readonly Line[]> {
  await using places = await openPlaces()
  const rows = Array.from({ length: ROWS }, (_, at) => member(`m${at}`)).join('')
  await writeFile(join(places.workspace, 'rows.jsonl'), rows)
  await writeFile(join(places.workspace, 'schema.json'), JSON.stringify(loyaltySchema))
  const ours = () => runMs([bundle, 'validate', 'rows.jsonl', '--schema-file', 'schema.json'], places.workspace)
  const what = `\`validate\` of a file with ${ROWS} rows, from the command line`
  return [await startLine({ what, ours, starts, mostMs: MOST_MS })]
}
