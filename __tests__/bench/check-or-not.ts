import { join } from 'node:path'
import { alternate } from './alternate.ts'
import { writeRepeatedRows } from './check-rows.ts'
import type { Line } from './line.ts'
import { median } from './median.ts'
import { openPlaces } from './open-places.ts'
import { publishBuilt } from './publish-built.ts'
import { ratioLine } from './ratio-line.ts'
import { sendToSink } from './send-to-sink.ts'
import type { Setting } from './setting.ts'

const FILE = 'rows.jsonl'

/** The whole run with the check of the rows, beside the same without it. */
export async function checkOrNot({ bundle, runs, sizes, signal }: Setting): Promise<readonly Line[]> {
  await using places = await openPlaces()
  await writeRepeatedRows(join(places.workspace, FILE), sizes.checkedMb * 1e6)
  const publish = (validation: string) =>
    sendToSink({ isTls: false, delayMs: 0 }, (url) =>
      publishBuilt({ ...places, bundle, url, inputs: { glob: FILE, validation } }, signal),
    )
  const { ours, theirs } = await alternate(runs, { ours: () => publish('error'), theirs: () => publish('off') })
  return [
    ratioLine({
      what: `${sizes.checkedMb} MB of JSON Lines with the check on, \`wait: false\`; the whole run`,
      against: 'the same with `validation: off`',
      unit: 's',
      ours: ours.map(({ ms }) => ms / 1000),
      theirs: theirs.map(({ ms }) => ms / 1000),
      target: { kind: 'at most', figure: 2.5 },
      more: { 'peak MB': median(ours.map(({ result }) => result.peakBytes / 1e6)) },
    }),
  ]
}
