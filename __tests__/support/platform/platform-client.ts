import { createClient, NO_CREDENTIALS, type Client } from '../../../src/platform/http/client.ts'
import { createPlatform, type Platform } from '../../../src/context.ts'
import { bytesContent } from '../../../src/lib/content.ts'
import { type BatchId } from '../../../src/platform/ids.ts'
import { batchTags, type PublishTags } from '../../../src/publish/tags.ts'
import { seededCredential } from '../../../emulator/seed.ts'
import { seededOrg } from '../../../emulator/seed/ids.ts'
import type { InMemoryPlatform } from '../emulator/in-memory-platform.ts'
import { datasetId, RUN } from '../make.ts'
import { never } from '../time/never.ts'
import { datasets, member, SECRET } from '../runs/platform-inputs.ts'

export const LOYALTY = datasetId(datasets.loyalty)

type Reached = Pick<InMemoryPlatform, 'send' | 'clock' | 'random'>

/** A client that logs nothing, and its parts. */
function quietClient(platform: Reached) {
  const shared = { transport: platform.send, clock: platform.clock, random: platform.random }
  const quiet = { ...shared, trace: () => undefined, notice: () => undefined }
  const origin = new URL('https://platform.adobe.io')
  return { quiet, origin, ims: createClient({ ...quiet, origin, credentials: NO_CREDENTIALS }) }
}

/** @returns an access token. */
export async function signIn(platform: Reached): Promise<string> {
  const { ims } = quietClient(platform)
  const fields = { grant_type: 'client_credentials', client_id: seededCredential.clientId, scope: 'openid' }
  const body = { kind: 'form', fields: { ...fields, client_secret: SECRET } } as const
  const request = { method: 'POST', path: '/ims/token/v3', body, purpose: 'get a token', repeatable: true } as const
  return (await ims.send(request, never())).json().get('access_token').mustText()
}

/** A client of this platform, signed in. */
async function signedIn(platform: Reached): Promise<Client> {
  const { quiet, origin } = quietClient(platform)
  const token = await signIn(platform)
  const headers = {
    authorization: `Bearer ${token}`,
    'x-api-key': seededCredential.clientId,
    'x-gw-ims-org-id': seededOrg,
    'x-sandbox-name': 'dev',
  }
  return createClient({ ...quiet, origin, credentials: { headers: async () => headers, renew: () => false } })
}

export async function apisOf(platform: Reached): Promise<Platform> {
  return createPlatform(await signedIn(platform))
}

export type Stray = {
  readonly marks?: Partial<PublishTags>
  readonly run?: Partial<typeof RUN>
  readonly externalId?: string
  readonly predecessors?: readonly string[]
  /** The last state of the batch; in `loading`, it has no file. */
  readonly until?: 'loading' | 'completed'
}

let strays = 0

/** Creates a batch as another run of this action would: data `new` of the publication `members`, by run 1001. */
export async function strayBatch({ batches }: Platform, stray: Stray = {}): Promise<BatchId> {
  const { marks = {}, run = {}, until = 'completed', predecessors = [] } = stray
  const of = { publication: 'members', publishFingerprint: 'new', part: { number: 1, of: 1 }, fingerprint: 'new#1' }
  const created = await batches.create(
    {
      datasetId: LOYALTY,
      inputFormat: { format: 'json', isMultiLineJson: false },
      externalId: stray.externalId ?? `gh/acme/loyalty-data/stray/${++strays}`,
      partialIngestionPercent: 0,
      tags: batchTags(
        { ...RUN, attempt: 1, ...run },
        { ...of, namesHash: 'N', filesHash: 'F', isAgain: false, rows: undefined, bytes: 0, ...marks },
        [],
      ),
      ...(predecessors.length === 0 ? {} : { replay: { predecessors, reason: 'replace' } }),
    },
    never(),
  )
  if (created === 'wrong state') throw new Error('The stray batch replaces what can not be replaced')
  const { id } = created
  if (until === 'loading') return id
  const content = bytesContent(Buffer.from(member('1')))
  await batches.put({ batch: id, dataset: LOYALTY, name: 'rows.json' }, content, never())
  await batches.complete(id, never())
  return id
}
