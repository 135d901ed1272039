import { join } from 'node:path'
import { writeLargeParquet } from '../support/parquet/parquet.ts'
import { writeRepeatedRows } from './check-rows.ts'
import { alternate, type Line, median, ratioLine } from './line.ts'
import { openPlaces, type Places } from './open-places.ts'
import { publishBuilt } from './publish-built.ts'
import { sendToSink } from './send-to-sink.ts'
import { sendWithCurl } from './send-with-curl.ts'
import type { Setting } from './setting.ts'
import { transferWindow, type TransferWindow } from './transfer-window.ts'

/** Slower than any machine that runs this, so that the line is the limit. */
const FAR = { isTls: false, delayMs: 100, bytesPerSecond: 125e6 }

const PARTS = Array.from({ length: 8 }, (_, index) => `part-${index}.parquet`)

type Way = {
  readonly name: string
  readonly inputs: Readonly<Record<string, string>>
  /** The share of the bandwidth to reach. */
  readonly least: number
}

const WAYS: readonly Way[] = [
  { name: 'one JSON file, `large-files: split`', inputs: { glob: 'rows.jsonl', 'large-files': 'split' }, least: 0.9 },
  { name: `${PARTS.length} Parquet files`, inputs: { glob: 'part-*.parquet' }, least: 0.9 },
  { name: 'one Parquet file', inputs: { glob: 'whole.parquet' }, least: 0.8 },
  {
    name: 'one Parquet file, `chunk-size-mib: 244`',
    inputs: { glob: 'whole.parquet', 'chunk-size-mib': '244' },
    least: 0.9,
  },
]

/**
 * The same number of bytes as one file and as several, over a slow, distant line. It is compared with `curl --parallel` of
 * all parts at once, which waits for answers only at the end and so shows the line's capacity.
 */
export async function latency(setting: Setting): Promise<readonly Line[]> {
  const mb = setting.sizes.pacedMb
  await using places = await openPlaces()
  await writeRepeatedRows(join(places.workspace, 'rows.jsonl'), mb * 1e6)
  await writeLargeParquet(join(places.workspace, 'whole.parquet'), mb, 1e6)
  for (const part of PARTS) await writeLargeParquet(join(places.workspace, part), mb / PARTS.length, 1e6)
  const { ours, theirs } = await alternate(setting.runs, {
    ours: () => inEachWay(places, setting),
    theirs: () => byCurl(places, setting),
  })
  return WAYS.map(({ name, least }, index) => {
    const sent = ours.flatMap((ways) => ways[index] ?? [])
    const { bytesPerSecond, delayMs } = FAR
    return ratioLine({
      what: `${mb} MB over a line of ${bytesPerSecond / 1e6} MB/s, each answer ${delayMs} ms late: ${name}`,
      against: `the bandwidth, by \`curl --parallel\` of ${PARTS.length} files at once`,
      unit: 'MB/s',
      ours: sent.map(mbPerSecond),
      theirs: theirs.map(mbPerSecond),
      target: { kind: 'at least', figure: least },
      more: {
        'upload requests': sent[0]?.requests ?? 0,
        connections: median(sent.map(({ connections }) => connections)),
        'whole run s': median(sent.map(({ runMs }) => runMs / 1000)),
      },
    })
  })
}

type SentWay = TransferWindow & { readonly runMs: number }

async function inEachWay(places: Places, { bundle, signal }: Setting): Promise<readonly SentWay[]> {
  const sent: SentWay[] = []
  for (const { inputs } of WAYS) {
    const { exchanges, result } = await sendToSink(FAR, (url) =>
      publishBuilt({ ...places, bundle, url, inputs }, signal),
    )
    sent.push({ ...transferWindow(exchanges), runMs: result.ms })
  }
  return sent
}

async function byCurl(places: Places, { signal }: Setting): Promise<TransferWindow> {
  const { exchanges } = await sendToSink(FAR, (url) =>
    sendWithCurl({ ...places, url, files: PARTS, width: PARTS.length }, signal),
  )
  return transferWindow(exchanges)
}

function mbPerSecond({ bytes, ms }: TransferWindow): number {
  return bytes / 1000 / ms
}
