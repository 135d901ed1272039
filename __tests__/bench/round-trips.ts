import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checkRow } from './check-schema.ts'
import { limitLine, type Line, median } from './line.ts'
import { openPlaces } from './open-places.ts'
import { publishBuilt } from './publish-built.ts'
import { sendToSink } from './send-to-sink.ts'
import type { Setting } from './setting.ts'

const LATE = { isTls: false, delayMs: 400 }
/** Token; dataset and batches; schema and descriptors; creation; upload; arrived files and batches; COMPLETE. */
const ANSWERS_IN_A_ROW = 7
const MOST_SECONDS = 3.1
const MOST_REQUESTS = 14

/** A small file of valid rows and a distant platform: the time from the start of the process until COMPLETE is accepted. */
export async function roundTrips({ bundle, runs, signal }: Setting): Promise<readonly Line[]> {
  await using places = await openPlaces()
  await writeFile(join(places.workspace, 'rows.jsonl'), `${JSON.stringify(checkRow(1))}\n`)
  const inputs = { glob: '*.jsonl', validation: 'error', wait: 'true' }
  const seconds: number[] = []
  const requests: number[] = []
  for (let run = 0; run < runs; run++) {
    const sent = await sendToSink(LATE, (url) => publishBuilt({ ...places, bundle, url, inputs }, signal))
    const complete = sent.exchanges.find(({ kind }) => kind === 'act')
    seconds.push(((complete?.answered.ms ?? NaN) - sent.result.startedMs) / 1000)
    requests.push(sent.exchanges.length)
  }
  const ours = median(seconds)
  return [
    {
      what: `one small file, each answer ${LATE.delayMs} ms late: until COMPLETE is accepted`,
      against: `${ANSWERS_IN_A_ROW} answers in a row`,
      ours,
      theirs: (ANSWERS_IN_A_ROW * LATE.delayMs) / 1000,
      unit: 's',
      judged: { figure: ours, target: { kind: 'at most', figure: MOST_SECONDS, unit: 's' } },
      more: { runs },
    },
    limitLine({
      what: 'one small file: requests of the whole run',
      figure: median(requests),
      most: MOST_REQUESTS,
      unit: 'requests',
    }),
  ]
}
