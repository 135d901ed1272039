import type { InMemoryPlatform } from './in-memory-platform.ts'

/** One request, by the clock of its platform, in milliseconds since {@link slowAnswers} was called. */
export type Trip = { readonly what: string; readonly sentMs: number; readonly answeredMs: number }

export type SlowPlatform = InMemoryPlatform & {
  /** In the order of their answers. */
  readonly trips: readonly Trip[]
}

/**
 * The platform at a distance: each answer takes `answerMs`, and work in between takes no time. Requests that do not wait
 * for one another overlap, so the time of an answer counts the answers in a row.
 */
export function slowAnswers(platform: InMemoryPlatform, answerMs: (what: string) => number): SlowPlatform {
  const trips: Trip[] = []
  const { clock } = platform
  const startMs = clock.now()
  return {
    ...platform,
    trips,
    send: async (request, signal) => {
      const what = kindOf(request.method, request.url)
      const sentMs = clock.now() - startMs
      await clock.sleep(answerMs(what), signal)
      const answer = await platform.send(request, signal)
      trips.push({ what, sentMs, answeredMs: clock.now() - startMs })
      return answer
    },
  }
}

type Kind = readonly [name: string, method: string, path: RegExp]

const KINDS: readonly Kind[] = [
  ['token', 'POST', /\/ims\/token/],
  ['dataset', 'GET', /\/catalog\/dataSets\/\w+$/],
  ['list of datasets', 'GET', /\/catalog\/dataSets$/],
  ['list of batches', 'GET', /\/catalog\/batches$/],
  ['batch', 'GET', /\/catalog\/batches\/\w+$/],
  ['schema', 'GET', /\/schemaregistry\/\w+\/schemas\//],
  ['descriptors', 'GET', /\/schemaregistry\/tenant\/descriptors$/],
  ['creation', 'POST', /\/import\/batches$/],
  ['upload', 'PUT', /\/files\//],
  ['arrival', 'HEAD', /\/files\//],
  ['files of the batch', 'GET', /\/export\/batches\/\w+\/files$/],
]

function kindOf(method: string, { pathname, searchParams }: URL): string {
  const action = searchParams.get('action')
  if (action !== null) return action
  return KINDS.find(([, verb, path]) => verb === method && path.test(pathname))?.[0] ?? `${method} ${pathname}`
}
