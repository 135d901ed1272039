import { seededOrg } from '../../../emulator/seed/ids.ts'
import type { LocalPlatform } from '../../support/emulator/local-platform.ts'
import { datasets, member, platformInputs } from '../../support/runs/platform-inputs.ts'
import { stages } from '../../support/emulator/truth.ts'
import { waitUntil } from '../../support/time/wait-until.ts'

type BatchTags = Readonly<Record<string, readonly string[]>>

/** A successful batch with this member that no run of the action made; tags may say that one has. */
export async function strangeBatch(platform: LocalPlatform, id: string, tags: BatchTags = {}): Promise<string> {
  const batches = `${platform.url}/data/foundation/import/batches`
  const headers = {
    authorization: `Bearer ${await platform.token()}`,
    'x-api-key': platformInputs(platform.url)['client-id'] ?? '',
    'x-gw-ims-org-id': seededOrg,
    'x-sandbox-name': 'dev',
  }
  const call = async (method: string, url: string, type: string, body?: string) => {
    const answer = await fetch(url, {
      method,
      headers: { ...headers, 'content-type': type },
      ...(body === undefined ? {} : { body }),
    })
    if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`)
  }
  const order = { datasetId: datasets.loyalty, inputFormat: { format: 'json' }, tags }
  await call('POST', batches, 'application/json', JSON.stringify(order))
  const batch = (await platform.emulator.batches()).at(-1)?.id ?? ''
  const file = `${batches}/${batch}/datasets/${datasets.loyalty}/files/rows.json`
  await call('PUT', file, 'application/octet-stream', member(id))
  await call('POST', `${batches}/${batch}?action=COMPLETE`, 'application/json')
  await waitUntil(async () => (await stages(platform)).at(-1) === 'success')
  return batch
}
