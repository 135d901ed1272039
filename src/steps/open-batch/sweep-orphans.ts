import { watched } from '../../base/watched.ts'
import type { LedgerEntry } from '../../ledger.ts'
import { abandon, howToAbort, type AbandonTools } from './abandon.ts'

/** Within what the runner leaves before it kills. */
const LOOK_MS = 1_500

/** Looks for batches whose creation got no answer and that nobody has seen since, and aborts those in `loading`. Never throws. */
export async function sweepOrphans(tools: AbandonTools): Promise<void> {
  const orphans = tools.ledger.entries().filter(({ phase }) => phase === 'creating')
  await Promise.all(orphans.map((orphan) => sweep(orphan, tools)))
}

async function sweep({ externalId }: LedgerEntry, tools: AbandonTools): Promise<void> {
  const { catalog, clock, say } = tools
  const signal = new AbortController().signal
  try {
    const found = await watched({ silenceMs: LOOK_MS, clock, signal }, (limited) =>
      catalog.batches({ externalId }, limited),
    )
    const open = found.filter((batch) => batch.externalId === externalId && batch.status === 'loading')
    for (const { id } of open) await abandon({ id, externalId }, tools)
    if (found.length === 0) say.info(`No batch is found with externalId ${externalId}, whose creation got no answer`)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    say.warning(
      `A batch with externalId ${externalId} may be left open (${reason}). It holds no rows of the dataset. ` +
        `Look for it with GET /data/foundation/catalog/batches?externalId=${externalId}. ${howToAbort('{id}')}`,
    )
  }
}
