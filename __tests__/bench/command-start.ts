import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loyaltySchema } from '../../emulator/seed/loyalty-schema.ts'
import { member } from '../support/platform-inputs.ts'
import { alternate, type Line, median } from './line.ts'
import { openPlaces } from './open-places.ts'
import type { Setting } from './setting.ts'
import { sharedMs } from './sink/moment.ts'

const MOST_MS = 130
const ROWS = 10

/** A whole `validate` from the command line, beside a Node that does nothing. */
export async function commandStart({ bundle, sizes }: Setting): Promise<readonly Line[]> {
  await using places = await openPlaces()
  const rows = Array.from({ length: ROWS }, (_, at) => member(`m${at}`)).join('')
  await writeFile(join(places.workspace, 'rows.jsonl'), rows)
  await writeFile(join(places.workspace, 'schema.json'), JSON.stringify(loyaltySchema))
  const validate = () => took([bundle, 'validate', 'rows.jsonl', '--schema-file', 'schema.json'], places.workspace)
  const rounds = await alternate(sizes.starts, { ours: validate, theirs: () => took(['-e', '0'], places.workspace) })
  const [ours, theirs] = [median(rounds.ours), median(rounds.theirs)]
  return [
    {
      what: `\`validate\` of a file with ${ROWS} rows, from the command line`,
      against: '`node -e 0` on the same Node',
      ours,
      theirs,
      unit: 'ms',
      judged: { figure: ours - theirs, target: { kind: 'at most', figure: MOST_MS, unit: 'ms more' } },
      more: { starts: sizes.starts },
    },
  ]
}

async function took(args: readonly string[], cwd: string): Promise<number> {
  const startedMs = sharedMs()
  const child = spawn(process.execPath, args, { cwd, stdio: 'ignore' })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`)
  return sharedMs() - startedMs
}
