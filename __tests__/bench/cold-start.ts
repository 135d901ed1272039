import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { alternate, type Line, median } from './line.ts'
import { openPlaces } from './open-places.ts'
import { publishBuilt } from './publish-built.ts'
import { sendToSink } from './send-to-sink.ts'
import type { Setting } from './setting.ts'
import { sharedMs } from './sink/moment.ts'

const MOST_MS = 100

/** From the start of the process to its first request, beside a Node that does nothing. */
export async function coldStart({ bundle, sizes, signal }: Setting): Promise<readonly Line[]> {
  await using places = await openPlaces()
  await writeFile(join(places.workspace, 'rows.jsonl'), '{}\n')
  const firstRequest = async () => {
    const { exchanges, result } = await sendToSink({ isTls: false, delayMs: 0 }, (url) =>
      publishBuilt({ ...places, bundle, url, inputs: { glob: '*.jsonl' } }, signal),
    )
    return (exchanges[0]?.head.ms ?? NaN) - result.startedMs
  }
  const rounds = await alternate(sizes.starts, { ours: firstRequest, theirs: nothing })
  const [ours, theirs] = [median(rounds.ours), median(rounds.theirs)]
  return [
    {
      what: 'cold start to the first request',
      against: '`node -e 0` on the same Node',
      ours,
      theirs,
      unit: 'ms',
      judged: { figure: ours - theirs, target: { kind: 'at most', figure: MOST_MS, unit: 'ms more' } },
      more: { starts: sizes.starts },
    },
  ]
}

async function nothing(): Promise<number> {
  const startedMs = sharedMs()
  await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit')
  return sharedMs() - startedMs
}
