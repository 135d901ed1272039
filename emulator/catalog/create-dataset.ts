import { json, problem } from '../http/answers.ts'
import { sentObject, type Call } from '../http/call.ts'
import { Refusal, type Answer } from '../http/exchange.ts'
import { hexId } from '../ids.ts'
import { isStringMap, objectOf, type JsonObject } from '../json.ts'
import { seededOrg } from '../seed/ids.ts'

/** Catalog guide, "Create a dataset": the id appears only in the one string of the answer and in Location. */
export async function createDataset(call: Call): Promise<Answer> {
  const { platform } = call
  const sent = await sentObject(call)
  refuseUnfit(call, sent)
  const id = hexId(24, platform.random)
  const answer = json(201, [`@/dataSets/${id}`], { location: `/data/foundation/catalog/dataSets/${id}` })
  // Catalog guide, "Update an object": validates without writing.
  if (call.headers['pragma'] === 'validate-only') return answer
  platform.state.datasets.set(id, {
    id,
    sandbox: call.sandbox,
    record: { ...filledIn(call, id), ...withSystemTags(sent) },
  })
  return answer
}

function refuseUnfit(call: Call, sent: JsonObject): void {
  const { name, tags = {} } = sent
  const schema = objectOf(sent['schemaRef'])['id']
  if (typeof name !== 'string' || name === '') throw new Refusal(problem(400, 'name is required.'))
  if (!isStringMap(tags)) throw new Refusal(problem(400, 'tags must map names to arrays of strings.'))
  if (typeof schema !== 'string' || !call.platform.state.schemas.has(schema)) {
    throw new Refusal(problem(400, `Schema ${JSON.stringify(schema)} was not found.`))
  }
  const namesake = [...call.platform.state.datasets.values()].some(
    ({ sandbox, record }) => sandbox === call.sandbox && record['name'] === name,
  )
  // Only users report this; no document says that names are unique.
  if (call.strict && namesake) throw new Refusal(problem(409, `A dataset named ${JSON.stringify(name)} exists.`))
}

function filledIn({ platform, clientId, sandbox }: Call, id: string): JsonObject {
  const now = platform.now()
  return {
    state: 'ACTIVE',
    imsOrg: seededOrg,
    sandboxId: platform.state.sandboxes.get(sandbox)?.id,
    enableErrorDiagnostics: false,
    extensions: {},
    classification: { dataBehavior: 'record', managedBy: 'CUSTOMER' },
    version: '1.0.0',
    created: now,
    updated: now,
    createdClient: clientId,
    createdUser: `${clientId}@techacct.adobe.com`,
    viewId: hexId(24, platform.random),
    files: `@/dataSetFiles?dataSetId=${id}`,
    fileDescription: { format: 'parquet' },
  }
}

function withSystemTags(sent: JsonObject): JsonObject {
  return { ...sent, tags: { 'adobe/siphon/table/format': ['delta'], ...objectOf(sent['tags']) } }
}
