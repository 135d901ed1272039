import { join } from 'node:path'
import { writeLargeParquet } from '../support/parquet/parquet.ts'
import { alternate, limitLine, type Line, median, ratioLine } from './line.ts'
import { openPlaces, type Places } from './open-places.ts'
import { publishBuilt } from './publish-built.ts'
import { sendToSink } from './send-to-sink.ts'
import { sendWithCurl } from './send-with-curl.ts'
import type { Setting } from './setting.ts'
import { transferWindow, type TransferWindow } from './transfer-window.ts'

const FILE = 'large.parquet'
const MOST_MB = 150

type Way = { readonly isTls: boolean; readonly name: string; readonly least: number }

const WAYS: readonly Way[] = [
  { isTls: false, name: 'plain HTTP', least: 1.5 },
  { isTls: true, name: 'TLS', least: 1 },
]

/** One large Parquet file in chunks, from the first PATCH to the last answer, compared with `curl -T` of the same bytes. */
export async function largeFile(setting: Setting): Promise<readonly Line[]> {
  await using places = await openPlaces()
  await writeLargeParquet(join(places.workspace, FILE), setting.sizes.largeFileMib, 2 ** 20)
  const lines: Line[] = []
  for (const way of WAYS) lines.push(...(await compare(way, places, setting)))
  return lines
}

async function compare(way: Way, places: Places, setting: Setting): Promise<readonly Line[]> {
  const { runs, sizes } = setting
  const { ours, theirs } = await alternate(runs, {
    ours: () => byAction(way, places, setting),
    theirs: () => byCurl(way, places, setting),
  })
  const what = `one Parquet file of ${sizes.largeFileMib} MiB in chunks, ${way.name}`
  const speed = ratioLine({
    what,
    against: '`curl -T` of the same bytes',
    unit: 'MB/s',
    ours: ours.map(mbPerSecond),
    theirs: theirs.map(mbPerSecond),
    target: { kind: 'at least', figure: way.least },
    more: {
      requests: ours[0]?.requests ?? 0,
      connections: median(ours.map(({ connections }) => connections)),
      'sink busy': median(ours.map(({ sinkBusy }) => sinkBusy)),
      'sink busy by curl': median(theirs.map(({ sinkBusy }) => sinkBusy)),
    },
  })
  const peakMb = median(ours.map(({ peakBytes }) => peakBytes / 1e6))
  return [speed, limitLine({ what: `${what}: peak memory`, figure: peakMb, most: MOST_MB, unit: 'MB' })]
}

function mbPerSecond({ bytes, ms }: TransferWindow): number {
  return bytes / 1000 / ms
}

async function byAction({ isTls }: Way, { workspace, temp }: Places, { bundle, signal }: Setting) {
  const { exchanges, result } = await sendToSink({ isTls, delayMs: 0 }, (url) =>
    publishBuilt({ bundle, url, workspace, temp, inputs: { glob: FILE } }, signal),
  )
  return { ...transferWindow(exchanges), peakBytes: result.peakBytes }
}

async function byCurl({ isTls }: Way, places: Places, { signal }: Setting): Promise<TransferWindow> {
  const { exchanges } = await sendToSink({ isTls, delayMs: 0 }, (url) =>
    sendWithCurl({ ...places, url, files: [FILE], width: 1 }, signal),
  )
  return transferWindow(exchanges)
}
