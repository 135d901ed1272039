import { join } from 'node:path'
import { writeLargeParquet } from '../support/parquet/parquet.ts'
import { alternate, type Line, median, ratioLine } from './line.ts'
import { openPlaces } from './open-places.ts'
import { publishBuilt } from './publish-built.ts'
import { sendToSink } from './send-to-sink.ts'
import { sendWithCurl } from './send-with-curl.ts'
import type { Setting } from './setting.ts'
import { transferWindow, type TransferWindow } from './transfer-window.ts'

const FILE_BYTES = 64 * 1024
const WIDTH = 16
const LATE = { isTls: false, delayMs: 50 }

/** Many Parquet files of one request each, from the first request to the last answer, compared with `curl --parallel`. */
export async function manyFiles({ bundle, runs, sizes, signal }: Setting): Promise<readonly Line[]> {
  await using places = await openPlaces()
  const files = Array.from({ length: sizes.parquetFiles }, (_, index) => `${String(index).padStart(5, '0')}.parquet`)
  for (const file of files) await writeLargeParquet(join(places.workspace, file), 1, FILE_BYTES)
  const inputs = { glob: '*.parquet', concurrency: String(WIDTH) }
  const { ours, theirs } = await alternate(runs, {
    ours: () => windowOf((url) => publishBuilt({ ...places, bundle, url, inputs }, signal)),
    theirs: () => windowOf((url) => sendWithCurl({ ...places, url, files, width: WIDTH }, signal)),
  })
  return [
    ratioLine({
      what: `${files.length} Parquet files of 64 KiB, each answer ${LATE.delayMs} ms late, ${WIDTH} at once`,
      against: '`curl --parallel` with as many connections',
      unit: 'files/s',
      ours: ours.map(filesPerSecond),
      theirs: theirs.map(filesPerSecond),
      target: { kind: 'at least', figure: 0.95 },
      more: {
        connections: median(ours.map(({ connections }) => connections)),
        'sink busy': median(ours.map(({ sinkBusy }) => sinkBusy)),
      },
    }),
  ]
}

function filesPerSecond({ requests, ms }: TransferWindow): number {
  return requests / (ms / 1000)
}

async function windowOf(send: (url: string) => Promise<unknown>): Promise<TransferWindow> {
  return transferWindow((await sendToSink(LATE, send)).exchanges)
}
