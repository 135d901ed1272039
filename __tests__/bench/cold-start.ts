import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Line } from './line.ts'
import { openPlaces } from './open-places.ts'
import { publishBuilt } from './publish-built.ts'
import { sendToSink } from './send-to-sink.ts'
import type { Setting } from './setting.ts'
import { startLine } from './start.ts'

const MOST_MS = 100

/** From the start of the process to its first request. */
export async function coldStart({ bundle, sizes: { starts }, signal }: Setting): Promise<readonly Line[]> {
  await using places = await openPlaces()
  await writeFile(join(places.workspace, 'rows.jsonl'), '{}\n')
  const ours = async () => {
    const { exchanges, result } = await sendToSink({ isTls: false, delayMs: 0 }, (url) =>
      publishBuilt({ ...places, bundle, url, inputs: { glob: '*.jsonl' } }, signal),
    )
    return (exchanges[0]?.head.ms ?? NaN) - result.startedMs
  }
  return [await startLine({ what: 'cold start to the first request', ours, starts, mostMs: MOST_MS })]
}
