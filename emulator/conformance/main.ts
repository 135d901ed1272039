import { writeFileSync } from 'node:fs'
import { readOrder, type ConformanceOrder } from './options.ts'
import { runAgainstEmulator, runAgainstSandbox, type ConformanceReport } from './run.ts'
import { allExpectations } from './table/all.ts'

/** Stands on top of the file. */
const ABOUT =
  'Answers that differ from what Adobe documents. Values, ids and names were removed; read it before you send it to anybody.'

const order = readOrder(process.argv.slice(2), process.env)
if (order.kind === 'run') await run(order)
else if (order.kind === 'help') console.log(order.text)
else {
  console.error(order.text)
  process.exitCode = 2
}

async function run({ access, file }: Extract<ConformanceOrder, { kind: 'run' }>): Promise<void> {
  try {
    const found =
      access === undefined
        ? await runAgainstEmulator(allExpectations)
        : await runAgainstSandbox(allExpectations, access)
    const { left, ...shown } = found
    writeFileSync(file, `${JSON.stringify({ about: ABOUT, ...shown }, undefined, 2)}\n`)
    say(found, file)
    if (shown.differed.length > 0) process.exitCode = 1
    if (left.length > 0) console.error(`Not aborted, and left open in your dataset: ${left.join(', ')}`)
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    process.exitCode = 2
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
