import type { Clock } from '../../base/clock.ts'
import type { Content } from '../../base/content.ts'
import type { Receipt } from '../../platform/files.ts'
import type { Pace } from './pace.ts'

export type TimedTools = { readonly clock: Clock; readonly pace: Pace }

/**
 * Sends a content, and notes how fast it went: from when its bytes were asked for last, since the attempts before, and the
 * pauses after them, say nothing of the line. What was cut off says that the line carries less.
 */
export async function timed(
  content: Content,
  send: (content: Content) => Promise<Receipt>,
  { clock, pace }: TimedTools,
): Promise<Receipt> {
  let startMs = clock.now()
  const bytes = () => {
    startMs = clock.now()
    return content.bytes()
  }
  const receipt = await send({ ...content, bytes })
  const ms = clock.now() - startMs
  if (receipt.kind === 'stored') pace.note(content.size, ms)
  if (receipt.kind === 'in doubt') pace.noteLess(content.size, ms)
  return receipt
}
