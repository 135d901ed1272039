import type { Content } from '../../src/base/content.ts'
import { JsonCompactor } from '../../src/rows/json-compactor.ts'
import type { Place } from '../../src/rows/place.ts'

export type Watchers = {
  /** Sees every byte of the file once and in order. The chunk is valid only until the callback returns. */
  readonly onBytes?: ((chunk: Uint8Array) => void) | undefined
  /** Called for each record, in order, with the place of its `{` in the source: row n of the lines stood there. */
  readonly onRecord?: ((place: Place) => void) | undefined
}

/**
 * The records of a JSON array, or of objects one after another, as JSON Lines: every token as it stands, only the white
 * space between tokens gone. Chunks are valid until the next is asked for. Memory stays at a few chunks, however large the
 * file or a record is.
 *
 * Throws {@link MalformedJson}; what came before it then is not to be used.
 */
export async function* toJsonLines(content: Content, watchers: Watchers = {}): AsyncGenerator<Uint8Array> {
  const compactor = new JsonCompactor(watchers.onRecord)
  for await (const chunk of content.bytes()) {
    watchers.onBytes?.(chunk)
    const lines = compactor.write(chunk)
    if (lines.length > 0) yield lines
  }
  compactor.end()
}
