import { writeFileSync } from 'node:fs'
import { readOrder, type ConformanceOrder } from './options.ts'
import { reasonOf, runAgainstEmulator, runAgainstSandbox, type ConformanceReport } from './run.ts'
import { neverStopped, OpenBatches, type Stop } from './session.ts'
import { allExpectations } from './table/all.ts'

/** The text at the top of the report file. */
const ABOUT =
  'Answers that differ from what Adobe documents. Values, ids and names were removed; read it before you send it to anybody.'

/** The exit code that a shell shows for a program ended by Ctrl-C. */
const STOPPED = 130

const order = readOrder(process.argv.slice(2), process.env)
if (order.kind === 'run') await run(order)
else if (order.kind === 'help') console.log(order.text)
else {
  console.error(order.text)
  process.exitCode = 2
}

async function run({ access, file }: Extract<ConformanceOrder, { kind: 'run' }>): Promise<void> {
  // The emulator's batches need no clean-up: they end with it.
  const stop = access === undefined ? neverStopped() : stopOnSignals(access.writes)
  try {
    const found =
      access === undefined
        ? await runAgainstEmulator(allExpectations)
        : await runAgainstSandbox(allExpectations, access, stop)
    writeFileSync(file, `${JSON.stringify({ about: ABOUT, ...found }, undefined, 2)}\n`)
    say(found, file)
    if (found.differed.length > 0) process.exitCode = 1
  } catch (error) {
    console.error(stop.signal.aborted ? 'Stopped: no report was written' : reasonOf(error))
    process.exitCode = stop.signal.aborted ? STOPPED : 2
  }
  sayLeft(stop.open)
}

/** The first signal stops the run, which then aborts its batches. A second one ends the process at once and names them. */
function stopOnSignals(writes: boolean): Stop {
  const controller = new AbortController()
  const open = new OpenBatches()
  const onSignal = () => {
    if (controller.signal.aborted) {
      sayLeft(open)
      process.exit(STOPPED)
    }
    controller.abort()
    console.error(writes ? 'Stopping: aborting the batches that this run created' : 'Stopping')
  }
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const) process.on(name, onSignal)
  return { signal: controller.signal, open }
}

function sayLeft({ ids, unnamed }: OpenBatches): void {
  if (ids.length > 0) console.error(`Not aborted, and left open in your dataset: ${ids.join(', ')}`)
  if (unnamed > 0) {
    console.error(
      `The answer to ${unnamed} creations was lost. Look for batches of this dataset with the status "loading", and abort them`,
    )
  }
}

function say({ target, asked, agreed, skipped, differed }: ConformanceReport, file: string): void {
  const where = target === 'emulator' ? 'the local platform' : 'the sandbox'
  console.log(
    `${asked} requests to ${where}: ${agreed} answered as documented, ${differed.length} not, ${skipped.length} not sent`,
  )
  for (const {
    call,
    source,
    differences: [first],
  } of differed) {
    console.log(
      `  ${call}\n    ${first === undefined ? 'no answer' : `${first.at}: expected ${first.expected}`} (${source})`,
    )
  }
  console.log(`What differed is in ${file}`)
}
