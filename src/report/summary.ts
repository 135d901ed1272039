import type { Ending } from '../journeys/ending.ts'
import type { Facts } from '../journeys/logbook.ts'
import { batchNotes } from './batch-notes.ts'
import { batchTable } from './batch-table.ts'
import { cancelled } from './cancelled.ts'
import { closingLine } from './closing-line.ts'
import { cut } from './cut.ts'
import { DETAILS, type Detail } from './detail.ts'
import { fileTable } from './file-table.ts'
import { findingTable } from './finding-table.ts'
import { headline } from './headline.ts'
import { intended } from './intended.ts'
import { block } from './markdown.ts'
import { profileLines } from './profile.ts'
import { rejected } from './rejected.ts'
import { reproduce } from './reproduce.ts'
import { timeline } from './timeline.ts'
import { whatNow } from './what-now.ts'

/** The runner drops a summary above 1 MiB whole; this leaves room for what else a step writes. */
const MOST_BYTES = 1_000_000

/** The job summary: the verdict first. Too long, it is told with less; too long still, it is cut. */
export function summary(facts: Facts, ending: Ending): string {
  let text = ''
  for (const detail of DETAILS) {
    text = render(facts, ending, detail)
    if (Buffer.byteLength(text) <= MOST_BYTES) return text
  }
  return cut(text, MOST_BYTES)
}

function render(facts: Facts, ending: Ending, detail: Detail): string {
  const parts = [
    headline(facts, ending),
    block(ticketLine(facts, ending)),
    ...whatNow(facts, ending, detail.notes),
    ...intended(facts, detail.batches),
    ...batchTable(facts, detail.batches),
    ...cancelled(facts, ending, detail.batches),
    ...batchNotes(facts, detail.notes),
    ...rejected(facts, detail.rejections),
    ...findingTable(facts, detail.findings),
    ...fileTable(facts, detail.files),
    ...profileLines(facts),
    ...timeline(facts, detail.diagram),
    ...reproduce(facts),
  ]
  return `${parts.join('\n\n')}\n`
}

/** For a ticket: what happened, and where to read more. */
function ticketLine(facts: Facts, ending: Ending): string {
  const line = closingLine(facts, ending).replace(/\s+/g, ' ')
  return facts.errand === undefined ? line : `${line} — ${facts.errand.run.url}`
}
