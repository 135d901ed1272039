import { empty, json } from '../http/answers.ts'
import { Refusal, type EmulatorAnswer, type EmulatorRequest } from '../http/exchange.ts'
import type { Fault, Faults } from '../faults/faults.ts'
import type { Inspection } from './inspection.ts'
import { isObject, objectOf, readJson, stringsOf, ownValue, type JsonObject } from '../json.ts'
import type { DatasetWish } from '../seed/make-dataset.ts'
import type { Settings } from '../settings.ts'

/** {@link Inspection} over HTTP, outside of `/data`, without credentials. */
export async function answerInspection(emulator: Inspected, request: EmulatorRequest): Promise<EmulatorAnswer> {
  const path = (request.target.split('?')[0] ?? '').replace(/^\/_emulator\/?/, '')
  const [room = '', id = ''] = path.split('/')
  const action = ownValue(actions, `${request.method} ${room}`)
  if (action === undefined) return json(404, { detail: 'Unknown inspection', known: Object.keys(actions) })
  try {
    return await action({ emulator, id: decodeURIComponent(id), path, sent: await sentBy(request) })
  } catch (error) {
    if (error instanceof Refusal) return error.answer
    return json(400, { detail: error instanceof Error ? error.message : String(error) })
  }
}

type Inspected = Inspection & { readonly faults: Faults }

type InspectionCall = {
  readonly emulator: Inspected
  readonly id: string
  readonly path: string
  readonly sent: unknown
}

type Actions = Readonly<Record<string, (call: InspectionCall) => Promise<EmulatorAnswer> | EmulatorAnswer>>

const actions: Actions = {
  'GET ': () => json(200, { known: Object.keys(actions) }),
  'GET requests': ({ emulator }) => json(200, emulator.requests()),
  'GET batches': async ({ emulator, id, path }) =>
    json(200, path.endsWith('/rows') ? await emulator.rows(id) : await seenBatches(emulator, id)),
  'GET datasets': async ({ emulator, id, path }) =>
    json(200, path.endsWith('/rows') ? await emulator.datasetRows(id) : (emulator.dataset(id) ?? {})),
  'POST datasets': ({ emulator, sent }) =>
    json(200, { ids: emulator.addDatasets((Array.isArray(sent) ? sent : [sent]).map(wishOf)) }),
  'POST mapping-sets': ({ emulator, sent }) =>
    json(200, { ids: (Array.isArray(sent) ? sent : [sent]).map((one) => emulator.addMappingSet(objectOf(one))) }),
  'GET profile': async ({ emulator }) => json(200, await emulator.profile()),
  'GET system-jobs': async ({ emulator }) => json(200, await emulator.systemJobs()),
  'GET faults': ({ emulator }) => json(200, emulator.faults.list()),
  'POST faults': ({ emulator, sent }) => {
    emulator.faults.add(...(Array.isArray(sent) ? sent : [sent]).map(faultOf))
    return json(200, emulator.faults.list())
  },
  'DELETE faults': ({ emulator }) => {
    emulator.faults.clear()
    return empty(204)
  },
  'GET settings': ({ emulator }) => json(200, emulator.settings()),
  'PATCH settings': ({ emulator, sent }) => {
    const known = Object.keys(emulator.settings())
    const unknown = Object.keys(objectOf(sent)).find((name) => !known.includes(name))
    if (unknown !== undefined) throw new Error(`Unknown setting ${unknown}`)
    emulator.change(settingsWith(emulator.settings(), objectOf(sent)))
    return json(200, emulator.settings())
  },
  'POST consolidate': async ({ emulator, sent }) =>
    json(200, { id: await emulator.consolidate(stringsOf(objectOf(sent)['batches'])) }),
  'POST revoke-tokens': ({ emulator }) => {
    emulator.revokeTokens()
    return empty(204)
  },
  'POST schemas': ({ emulator, sent }) => {
    const $id = objectOf(sent)['$id']
    if (typeof $id !== 'string') throw new Error('A schema needs an $id')
    emulator.addSchema({ ...objectOf(sent), $id })
    return empty(204)
  },
  'POST descriptors': ({ emulator, sent }) => {
    const id = objectOf(sent)['@id']
    if (typeof id !== 'string') throw new Error('A descriptor needs an @id')
    emulator.addDescriptor({ ...objectOf(sent), '@id': id })
    return empty(204)
  },
  'POST reset': async ({ emulator }) => {
    await emulator.reset()
    return empty(204)
  },
}

/** Changes the settings that were sent. Others keep their values, also within a group such as `replay`. */
function settingsWith(current: Settings, sent: JsonObject): Partial<Settings> {
  const changes = Object.entries(sent).map(([name, value]): [string, unknown] => {
    const held = ownValue<unknown>(current, name)
    return [name, isObject(held) && isObject(value) ? { ...held, ...value } : value]
  })
  return Object.fromEntries(changes)
}

async function seenBatches(emulator: Inspected, id: string): Promise<unknown> {
  const batches = await emulator.batches()
  return id === '' ? batches : (batches.find((batch) => batch.id === id) ?? {})
}

function faultOf(sent: unknown): Fault {
  const kind = isObject(sent) ? objectOf(sent['effect'])['kind'] : undefined
  if (typeof kind !== 'string') throw new Error('A fault needs an effect with a kind')
  return sent as Fault
}

function wishOf(sent: unknown): DatasetWish {
  if (!isObject(sent) || typeof sent['name'] !== 'string') throw new Error('A dataset needs a name')
  return { ...sent, name: sent['name'] }
}

async function sentBy(request: EmulatorRequest): Promise<unknown> {
  return request.method === 'POST' && Number(request.headers['content-length'] ?? 0) === 0
    ? undefined
    : await bodyOf(request)
}

async function bodyOf(request: EmulatorRequest): Promise<unknown> {
  return request.method === 'POST' || request.method === 'PATCH' ? await readJson(request.body) : undefined
}
