import type { ClosableTransport, HttpRequest, HttpResponse } from '../../src/platform/http/transport.ts'
import { type EndlessList, endlessPage, isPageOf } from '../support/platform/endless-lists.ts'
import type { Chance, Story } from './story.ts'
import type { JsonObject } from '../../emulator/json.ts'
import { isInactive, isListOf, isLookAt, withRecords } from './tampering.ts'
import type { VirtualTime } from './virtual-time.ts'

export type ListTools = {
  readonly themes: Story['themes']
  readonly chance: Chance
  readonly time: VirtualTime
  /** Something struck the run. */
  readonly strike: (name: string) => void
}

/** What is odd about the lists of this story, on one line to the platform. */
export function oddLists(line: ClosableTransport, tools: ListTools): ClosableTransport {
  const { themes } = tools
  const endless = themes.endless ? withEndlessLists(line, tools) : line
  const behind = themes.behind ? withReplicaBehind(endless, tools) : endless
  return themes.apart ? withReplicasApart(behind, tools) : behind
}

const LISTS: readonly EndlessList[] = ['batches', 'dataSets', 'files', 'diagnostics']
const PAGE_MS = 20

/** Now and then a list goes on for ever, whoever in this run reads it. */
function withEndlessLists(line: ClosableTransport, { chance, time, strike }: ListTools): ClosableTransport {
  const begun = new Map<string, 'fine' | 'begun' | 'endless'>()
  return {
    ...line,
    async send(request, signal) {
      const list = LISTS.find((one) => isPageOf(request, one))
      if (list === undefined) return await line.send(request, signal)
      const reading = keyOf(request, ['start'])
      if (!begun.has(reading)) begun.set(reading, chance.happens(0.12) ? 'begun' : 'fine')
      if (begun.get(reading) === 'fine') return await line.send(request, signal)
      // A first page alone is no list.
      if (begun.get(reading) === 'begun' && request.url.searchParams.get('start') !== '0') {
        strike(`endless list of ${list}`)
        begun.set(reading, 'endless')
      }
      await time.sleep(PAGE_MS, { signal })
      return endlessPage(request, list)
    },
    [Symbol.asyncDispose]: () => line[Symbol.asyncDispose](),
  }
}

const MISSING: HttpResponse = {
  status: 404,
  headers: {},
  body: Buffer.from('{"title":"NotFoundError","status":404,"detail":"Batch not found"}'),
}

/** As long as one replica is behind another on a calm day. */
const BEHIND_MS = 1_500

/**
 * A catalogue of two replicas, of which one is behind: a list may be the one that was read a moment ago, and a batch that was
 * seen may be missing at a look, though never at two in a row.
 */
function withReplicaBehind(line: ClosableTransport, { chance, time }: ListTools): ClosableTransport {
  const lists = new Map<string, { readonly atMs: number; readonly answer: HttpResponse }>()
  const seen = new Map<string, 'seen' | 'missed'>()
  return {
    ...line,
    async send(request, signal) {
      const key = keyOf(request, ['createdAfter'])
      if (isListOf(request, 'batches')) {
        const before = lists.get(key)
        if (before !== undefined && time.now() - before.atMs < BEHIND_MS && chance.happens(0.3)) return before.answer
        const atMs = time.now()
        const answer = await line.send(request, signal)
        if (answer.status === 200) lists.set(key, { atMs, answer })
        return answer
      }
      if (!isLookAt(request, 'batches')) return await line.send(request, signal)
      if (seen.get(key) === 'seen' && chance.happens(0.15)) {
        seen.set(key, 'missed')
        return MISSING
      }
      seen.set(key, 'seen')
      return await line.send(request, signal)
    },
    [Symbol.asyncDispose]: () => line[Symbol.asyncDispose](),
  }
}

/** As long as the catalogue knows a batch, and one of its replicas doesn't. */
const MOST_MISSING_MS = 14_000
/** As long as a list shows a batch as it was. */
const MOST_OLD_MS = 45_000

/**
 * Replicas that lag apart: a batch that was seen is missing for seconds at every look, and lists show for longer as active
 * what a look shows as taken out of the dataset.
 */
function withReplicasApart(line: ClosableTransport, { chance, time }: ListTools): ClosableTransport {
  const missingUntil = new Map<string, number>()
  const active = new Map<string, { readonly record: JsonObject; readonly untilMs: number }>()
  return {
    ...line,
    async send(request, signal) {
      const key = request.url.pathname
      if (isLookAt(request, 'batches')) {
        if (time.now() < (missingUntil.get(key) ?? 0)) return MISSING
        const answer = await line.send(request, signal)
        const isNext = answer.status === 200 && missingUntil.get(key) === undefined && chance.happens(0.2)
        missingUntil.set(
          key,
          isNext ? time.now() + chance.magnitude(500, MOST_MISSING_MS) : (missingUntil.get(key) ?? 0),
        )
        return answer
      }
      const answer = await line.send(request, signal)
      if (!isListOf(request, 'batches')) return answer
      return withRecords(answer, (record, id) => {
        const before = active.get(id)
        if (isInactive(record) && before !== undefined && time.now() < before.untilMs) return before.record
        const untilMs = time.now() + MOST_OLD_MS
        if (/^(?:success|active)$/i.test(String(record['status']))) active.set(id, { record, untilMs })
        return record
      })
    },
    [Symbol.asyncDispose]: () => line[Symbol.asyncDispose](),
  }
}

/** The same question, but for these parameters. */
function keyOf({ url }: HttpRequest, without: readonly string[]): string {
  const rest = new URLSearchParams(url.searchParams)
  for (const name of without) rest.delete(name)
  return `${url.pathname}?${rest.toString()}`
}
