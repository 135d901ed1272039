import { objectOf, stringsOf, type JsonObject } from '../../../emulator/json.ts'
import type { Lie } from '../lies.ts'
import { DONE, isAction, isListOf, through, withRecords, type Lying } from '../tampering.ts'

export const HOSTILE_LIES: Readonly<Record<string, Lie>> = {
  'the second batch of a creation that was sent twice is shown to nobody': {
    breaks: 'openBatchesAreSaid',
    about: 'twice',
    tamper: through(() => hidesTwins),
  },
  'an ABORT is not done, and answered with a yes, while the state has no room': {
    breaks: 'openBatchesAreSaid',
    about: 'stateRoom',
    tamper: through(() => async (request, send) => (isAction(request, 'ABORT') ? DONE : await send(request))),
  },
  'of several batches the lists show the first alone': {
    breaks: 'oneBatchPerFingerprint',
    about: 'several',
    tamper: through(() => async (request, send) => {
      const answer = await send(request)
      if (!isListOf(request, 'batches')) return answer
      return withRecords(answer, (record) => (tagOf(record, 'gh_part').startsWith('1/') ? record : undefined))
    }),
  },
  'the replica of the lists never learns of a batch': {
    breaks: 'oneBatchPerFingerprint',
    about: 'apart',
    tamper: through(() => async (request, send) => {
      const answer = await send(request)
      return isListOf(request, 'batches') ? withRecords(answer, () => undefined) : answer
    }),
  },
}

const hidesTwins: Lying = async (request, send) => {
  const answer = await send(request)
  return request.url.searchParams.has('externalId') ? withRecords(answer, () => undefined) : answer
}

/** Tags may be shown as bare texts. */
function tagOf(record: JsonObject, name: string): string {
  const tag = objectOf(record['tags'])[name]
  return typeof tag === 'string' ? tag : (stringsOf(tag)[0] ?? '')
}
