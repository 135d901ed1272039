import type { EmulatorAnswer } from '../../emulator/emulator.ts'
import { readText } from '../../emulator/json.ts'
import { seededCredential } from '../../emulator/seed.ts'
import { seededDatasetIds, seededOrg, seededSchemaIds } from '../../emulator/seed/ids.ts'
import type { Stage } from './stage.ts'
import type { StrangerAct } from './story.ts'
import { witness } from './witness.ts'

/** Somebody else, whose network never fails and who says nothing to anybody. */
export async function actAsStranger(act: StrangerAct, stage: Stage): Promise<void> {
  await stage.time.sleep(act.afterMs)
  const dataset = currentDataset(stage)
  if (dataset === undefined) return
  stage.note('stranger', act.kind)
  stage.count(`stranger: ${act.kind}`)
  switch (act.kind) {
    case 'publishes':
      return await publish(dataset, act.uploadMs, stage)
    case 'sets a tag':
      return await setTags(dataset, { team: [act.value] }, stage)
    case 'switches Profile on':
      return await setTags(dataset, { unifiedProfile: ['enabled:true'], unifiedIdentity: ['enabled:true'] }, stage)
    case 'creates a namesake': {
      const schemaRef = { id: seededSchemaIds.loyalty, contentType: 'application/vnd.adobe.xed+json;version=1' }
      await send('POST', `${CATALOG}/dataSets`, { name: stage.story.themes.creation, schemaRef }, stage)
      return
    }
    default:
      return act satisfies never
  }
}

const CATALOG = '/data/foundation/catalog'
const IMPORT = '/data/foundation/import/batches'

/** The one that the story is about, if it is there already; a namesake may be created before it. */
function currentDataset({ emulator, story: { themes } }: Stage): string | undefined {
  if (themes.creation === undefined) return seededDatasetIds.loyalty
  return emulator.datasets().find(({ record }) => record['name'] === themes.creation)?.id
}

async function publish(dataset: string, uploadMs: number, stage: Stage): Promise<void> {
  const order = { datasetId: dataset, inputFormat: { format: 'json' } }
  const created: unknown = JSON.parse(await send('POST', IMPORT, order, stage))
  const id = typeof created === 'object' && created !== null && 'id' in created ? String(created.id) : ''
  const row = { _emutenant: { loyalty: { loyaltyId: `stranger-${stage.story.seed}` } } }
  await send('PUT', `${IMPORT}/${id}/datasets/${dataset}/files/rows.json`, row, stage)
  await stage.time.sleep(uploadMs)
  await send('POST', `${IMPORT}/${id}?action=COMPLETE`, undefined, stage)
}

async function setTags(
  dataset: string,
  tags: Readonly<Record<string, readonly string[]>>,
  stage: Stage,
): Promise<void> {
  const operations = Object.entries(tags).map(([tag, value]) => ({ op: 'add', path: `/tags/${tag}`, value }))
  await send('PATCH', `${CATALOG}/dataSets/${dataset}`, operations, stage)
}

async function send(method: string, target: string, sent: unknown, stage: Stage): Promise<string> {
  const body = sent === undefined ? '' : JSON.stringify(sent)
  const types = { PATCH: 'application/json-patch+json', PUT: 'application/octet-stream' } as const
  const type = method === 'PATCH' || method === 'PUT' ? types[method] : 'application/json'
  const headers = { ...(await authorizedHeaders(stage)), 'content-type': type }
  const act = () => exchange({ method, target, headers, body }, stage)
  return textOf(await witness({ method, target, who: 'stranger' }, act, stage))
}

type Sent = {
  readonly method: string
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

function exchange({ method, target, headers, body }: Sent, { emulator }: Stage): Promise<EmulatorAnswer> {
  const bytes = Buffer.from(body)
  emulator.faults.clear()
  return emulator.handle({
    method,
    target,
    headers: { ...headers, 'content-length': String(bytes.length) },
    body: once(bytes),
  })
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** A token of its own for each request: tokens may be short-lived. */
async function authorizedHeaders(stage: Stage): Promise<Readonly<Record<string, string>>> {
  const { clientId, secrets, scopes } = seededCredential
  const fields = { grant_type: 'client_credentials', client_id: clientId, client_secret: secrets[0] }
  const form = new URLSearchParams({ ...fields, scope: scopes.join(',') })
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const answer = await exchange({ method: 'POST', target: '/ims/token/v3', headers, body: form.toString() }, stage)
  const token = /"access_token":"([^"]+)"/.exec(await textOf(answer))?.[1] ?? ''
  const who = { 'x-api-key': clientId, 'x-gw-ims-org-id': seededOrg, 'x-sandbox-name': 'dev' }
  return { authorization: `Bearer ${token}`, ...who }
}

async function textOf(answer: EmulatorAnswer): Promise<string> {
  if (answer.kind === 'reset') throw new Error('A stranger was cut off')
  const text = await readText(once(answer.body))
  if (answer.status >= 400 && answer.status !== 409) throw new Error(`A stranger was refused: ${answer.status} ${text}`)
  return text
}
