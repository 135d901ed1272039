import type { ClosableTransport } from '../../src/platform/http/transport.ts'
import type { Chance, Story } from './story.ts'
import { isCreation } from './tampering.ts'

export type ProxyTools = {
  readonly themes: Story['themes']
  readonly chance: Chance
  /** For the transcript. */
  readonly strike: (text: string) => void
}

/** A proxy that sends some creations twice, as one does whose connection was lost; either answer may come through. */
export function sendingTwice(line: ClosableTransport, { themes, chance, strike }: ProxyTools): ClosableTransport {
  if (!themes.twice) return line
  return {
    ...line,
    async send(request, signal) {
      if (!isCreation(request) || !chance.happens(0.6)) return await line.send(request, signal)
      strike('~ a creation is sent twice')
      const isFirstHeard = chance.happens(0.5)
      const first = await line.send(request, signal)
      const second = await line.send(request, signal).catch(() => first)
      return isFirstHeard ? first : second
    },
    [Symbol.asyncDispose]: () => line[Symbol.asyncDispose](),
  }
}
