import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { alternate, type Line, median, ratioLine } from './line.ts'
import { checkRow } from './check-schema.ts'
import { openPlaces } from './open-places.ts'
import { publishBuilt } from './publish-built.ts'
import { sendToSink } from './send-to-sink.ts'
import { sendWithCurl } from './send-with-curl.ts'
import type { Setting } from './setting.ts'
import { transferWindow } from './transfer-window.ts'

const FILE_BYTES = 1024
/** The action's default concurrency. */
const WIDTH = 4
const LATE = { isTls: false, delayMs: 50 }

/**
 * Many small JSON files: the whole run of the action, compared with one PUT per file. By hand, fewer files are sent: the
 * time for each is the delay of the answer, whatever their number.
 */
export async function smallJson({ bundle, runs, sizes, signal }: Setting): Promise<readonly Line[]> {
  await using places = await openPlaces()
  const files = Array.from({ length: sizes.jsonFiles }, (_, index) => `${String(index).padStart(5, '0')}.json`)
  for (const [index, file] of files.entries()) await writeFile(join(places.workspace, file), document(index))
  const inputs = { glob: '*.json', concurrency: String(WIDTH) }
  const byHand = { ...places, files: files.slice(0, sizes.jsonFilesByHand), width: WIDTH }
  const { ours, theirs } = await alternate(runs, {
    ours: () => timed((url) => publishBuilt({ ...places, bundle, url, inputs }, signal)),
    theirs: () => timed((url) => sendWithCurl({ ...byHand, url }, signal)),
  })
  return [
    ratioLine({
      what: `${files.length} JSON files of 1 KiB, each answer ${LATE.delayMs} ms late, ${WIDTH} at once; the whole run`,
      against: `one PUT a file with the same concurrency (curl, ${byHand.files.length} of them)`,
      unit: 'files/s',
      ours: ours.map(({ ms }) => files.length / (ms / 1000)),
      theirs: theirs.map(({ ms }) => byHand.files.length / (ms / 1000)),
      target: { kind: 'at least', figure: 20 },
      more: {
        'upload requests': ours[0]?.requests ?? 0,
        'upload s': median(ours.map(({ uploadMs }) => uploadMs / 1000)),
        'whole run s': median(ours.map(({ ms }) => ms / 1000)),
      },
    }),
  ]
}

/** One record on one line. */
function document(number: number): string {
  const text = JSON.stringify(checkRow(number))
  return `${text.slice(0, -1).padEnd(FILE_BYTES - 2)}}\n`
}

async function timed(send: (url: string) => Promise<unknown>) {
  const { ms, exchanges } = await sendToSink(LATE, send)
  const { ms: uploadMs, requests } = transferWindow(exchanges)
  return { ms, uploadMs, requests }
}
