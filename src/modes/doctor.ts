import { type RunContext, runPhase } from './steps/run.ts'
import { type SchemaSource, compileSource, registeredSchema } from '../check/schema-source.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { Problem } from '../lib/errors.ts'
import { jsonReader } from '../lib/json-reader.ts'
import { nearestName } from '../lib/similar-names.ts'
import { count, formatDuration, quoteList } from '../lib/text.ts'
import { HttpFailure, TokenEnded, lacksPermission } from '../platform/http/errors.ts'
import { CLOCK_SKEW_MOST_MS } from '../platform/limits.ts'
import type { DatasetRecord } from '../platform/records.ts'
import type { SandboxList } from '../platform/sandboxes.ts'
import { countBudget } from '../publish/budget.ts'
import { findTarget } from '../publish/dataset.ts'
import { expirationOf } from '../publish/expiration.ts'
import { profileState, profileTagsOf } from '../publish/profile/tags.ts'
import { checkLines, failedNames } from '../report/doctor.ts'
import type { DoctorCheck, RunEnd } from '../report/facts.ts'

/**
 * `mode: doctor`: checks what a publish run depends on, one thing after the other. It only reads, so any event can run
 * it.
 */
export async function doctor(inputs: Inputs, context: RunContext): Promise<RunEnd> {
  const checks = await runPhase('Check connection', context, () => examine(inputs, context))
  context.recorder.note({ doctor: checks })
  for (const line of checks.flatMap(checkLines)) context.log.info(line)
  const names = failedNames(checks)
  if (names.length === 0) {
    const words = isUnnamed(inputs) ? 'The connection works. No dataset was checked' : 'All checks passed'
    return { kind: 'examined', verdict: { fails: false }, words }
  }
  const why = `${count(names.length, 'check')} of ${checks.length} failed: ${names.join(', ')}`
  return { kind: 'examined', verdict: { fails: true, why, remedy: REMEDY }, words: '' }
}

const REMEDY = 'The log shows what to do below each failed check.'

async function examine(inputs: Inputs, context: RunContext): Promise<readonly DoctorCheck[]> {
  const access = await examineAccess(inputs, context)
  const list = access.list
  const dataset = list === undefined ? undefined : await readDataset(inputs, context)
  const source = dataset?.record === undefined ? undefined : await readSchema(dataset.record, context)
  const without = list !== undefined && isUnnamed(inputs) ? noDataset : unchecked
  if (dataset?.record !== undefined) context.recorder.note({ dataset: dataset.record })
  return [
    ...access.checks,
    dataset?.check ?? unchecked('Dataset'),
    source?.check ?? without('Schema'),
    readingCheck(dataset, source) ?? without(READING),
    WRITING,
    ...(dataset?.record === undefined
      ? AFTER_DATASET.map(without)
      : await examineDataset(dataset.record, source, context)),
    clockCheck(list, context),
    proxyCheck(context),
  ]
}

type Found<T> = { readonly check: DoctorCheck; readonly record: T | undefined; readonly isForbidden: boolean }

/** A failed read fails its own check and does not stop the others. */
async function attempt<T>(
  name: string,
  context: RunContext,
  work: () => Promise<T>,
): Promise<Omit<Found<T>, 'check'> & { readonly failure: DoctorCheck | undefined; readonly cause: unknown }> {
  try {
    return { record: await work(), failure: undefined, isForbidden: false, cause: undefined }
  } catch (error) {
    context.signal.throwIfAborted()
    if (!(error instanceof Problem)) throw error
    const failure = failed(name, error.message, error.remedy)
    return { record: undefined, failure, isForbidden: lacksPermission(error), cause: error }
  }
}

function isUnauthorized(error: unknown): boolean {
  if (error instanceof HttpFailure) return error.response.status === 401
  return error instanceof Error && error.cause !== undefined && isUnauthorized(error.cause)
}

function ok(name: string, text: string): DoctorCheck {
  return { name, state: 'ok', text, remedy: '' }
}

function failed(name: string, text: string, remedy: string): DoctorCheck {
  return { name, state: 'failed', text, remedy }
}

function unknown(name: string, text: string, remedy = ''): DoctorCheck {
  return { name, state: 'unknown', text, remedy }
}

function unchecked(name: string): DoctorCheck {
  return unknown(name, 'not checked, because a check before it failed')
}

function noDataset(name: string): DoctorCheck {
  return unknown(name, 'not checked, because no dataset is given')
}

function isUnnamed({ dataset }: Inputs): boolean {
  return dataset.kind === 'name' && dataset.name === ''
}

const [TOKEN, ORGANIZATION, SANDBOX] = ['Token', 'Organization', 'Sandbox']

type Access = { readonly checks: readonly DoctorCheck[]; readonly list: SandboxList | undefined }

async function examineAccess({ auth, sandbox }: Inputs, context: RunContext): Promise<Access> {
  const { sandboxes } = context.platform
  const token = await attempt(TOKEN, context, () => sandboxes.signIn(context.signal))
  if (token.failure !== undefined)
    return { checks: [token.failure, ...[ORGANIZATION, SANDBOX].map(unchecked)], list: undefined }
  const listed = await attempt(ORGANIZATION, context, () => sandboxes.list(context.signal))
  const { failure, record: list } = listed
  if (failure !== undefined || list === undefined) {
    const isToken = listed.cause instanceof TokenEnded || isUnauthorized(listed.cause)
    const checks = isToken
      ? [{ ...(failure ?? unchecked(TOKEN)), name: TOKEN }, unchecked(ORGANIZATION)]
      : [tokenFine(auth), failure ?? unchecked(ORGANIZATION)]
    return { checks: [...checks, unchecked(SANDBOX)], list: undefined }
  }
  const check = sandboxCheck(sandbox, list)
  const checks = [tokenFine(auth), ok(ORGANIZATION, 'accepts the credential'), check]
  return { checks, list: check.state === 'ok' ? list : undefined }
}

function tokenFine({ kind }: Inputs['auth']): DoctorCheck {
  return ok(TOKEN, kind === 'token' ? 'the given access token is valid' : 'issued by Adobe IMS')
}

const ROLE =
  'In Experience Platform, go to Permissions → Roles, give a role this sandbox, and add the credential to the role under "API credentials".'

function sandboxCheck(name: string, { sandboxes }: SandboxList): DoctorCheck {
  const found = sandboxes.find((one) => one.name === name)
  if (found !== undefined) {
    if (found.state !== 'active')
      return failed(SANDBOX, `"${name}" is ${found.state}, not active`, 'Set "sandbox" to one that is active.')
    return ok(SANDBOX, `"${name}"${found.type === '' ? '' : `, a ${found.type} sandbox`}`)
  }
  if (sandboxes.length === 0) return failed(SANDBOX, 'the credential can use no sandbox at all', ROLE)
  const names = sandboxes.map((one) => one.name)
  const nearest = nearestName(name, names)
  const meant = nearest === undefined ? '' : ` (did you mean "${nearest}"?)`
  return failed(
    SANDBOX,
    `the credential cannot use "${name}"${meant}; it can use ${quoteList(names)}`,
    `Correct "sandbox". Or: ${ROLE}`,
  )
}

async function readDataset(inputs: Inputs, context: RunContext): Promise<Found<DatasetRecord>> {
  const name = 'Dataset'
  if (isUnnamed(inputs)) {
    return {
      check: unknown(name, 'none is given', 'Set "dataset" to check it too.'),
      record: undefined,
      isForbidden: false,
    }
  }
  const found = await attempt(name, context, async () => (await findTarget(inputs, context)).dataset)
  const check = found.failure ?? ok(name, `${JSON.stringify(found.record?.name)} (${found.record?.id})`)
  return { ...found, check }
}

async function readSchema({ id, schemaId }: DatasetRecord, context: RunContext): Promise<Found<SchemaSource>> {
  const name = 'Schema'
  const found = await attempt(name, context, () => registeredSchema({ dataset: id, schemaId }, context))
  if (found.record === undefined) return { ...found, check: found.failure ?? unchecked(name) }
  const { title, behaviour, isUnion, entity } = compileSource(found.record)
  context.recorder.note({ schema: { title, behaviour, isUnion, entity } })
  return { ...found, check: ok(name, `${JSON.stringify(title)}${isUnion ? ', enabled for Profile' : ''}`) }
}

const READING = 'Role may read'

/** @returns undefined if one of them was not read, for any reason but a refusal */
function readingCheck(
  dataset: Found<DatasetRecord> | undefined,
  source: Found<SchemaSource> | undefined,
): DoctorCheck | undefined {
  if (dataset?.isForbidden || source?.isForbidden) {
    const what = dataset?.isForbidden ? '"View Datasets"' : '"View Schemas"'
    return failed(READING, 'no: the platform refuses it', `Give the role of the credential the permission ${what}.`)
  }
  if (dataset?.record === undefined || source?.record === undefined) return undefined
  return source.record.descriptors === undefined
    ? ok(READING, 'the dataset and its schema; not its identity descriptors')
    : ok(READING, 'the dataset, its schema and its identities')
}

/** No read-only call can tell. */
const WRITING = unknown(
  'Role may write',
  'unknown until the first write',
  'For publishing, give the role the permission "Manage Datasets".',
)

const AFTER_DATASET = ['Profile', 'Expiration', 'Namespaces', 'Batches of the day']

async function examineDataset(
  dataset: DatasetRecord,
  source: Found<SchemaSource> | undefined,
  context: RunContext,
): Promise<readonly DoctorCheck[]> {
  const schema = source?.record
  return [
    profileCheck(dataset, schema),
    expirationCheck(dataset, context),
    await namespacesCheck(schema, context),
    await batchesCheck(dataset, context),
  ]
}

function profileCheck({ tags }: DatasetRecord, source: SchemaSource | undefined): DoctorCheck {
  const name = 'Profile'
  const { isForProfile, isForIdentity, isForUpsert } = profileState(profileTagsOf(tags))
  if (!isForProfile) return ok(name, 'the dataset is not enabled for Profile: its rows stay in the data lake')
  if (source !== undefined && !compileSource(source).isUnion)
    return failed(
      name,
      'the dataset is enabled for Profile, and its schema is not',
      'Enable the schema for Profile in Experience Platform.',
    )
  if (!isForIdentity)
    return failed(
      name,
      'the dataset is enabled for Profile, and not for Identity Service',
      'Enable the dataset again, with the tags "unifiedProfile" and "unifiedIdentity".',
    )
  return ok(
    name,
    isForUpsert
      ? 'enabled for Profile, with profile updates ("upsert")'
      : 'enabled for Profile, without profile updates ("upsert")',
  )
}

function expirationCheck(dataset: DatasetRecord, { clock }: RunContext): DoctorCheck {
  const name = 'Expiration'
  const expiration = expirationOf(dataset, clock.wallNow())
  if (expiration === undefined) return ok(name, 'none')
  if (expiration.level !== 'error') return ok(name, expiration.text)
  return failed(
    name,
    expiration.text,
    'Use another dataset, or ask an administrator to check the expiration under Data Lifecycle.',
  )
}

/** Identity Service troubleshooting guide: one unknown code taints a batch, and codes are case-sensitive. */
async function namespacesCheck(source: SchemaSource | undefined, context: RunContext): Promise<DoctorCheck> {
  const name = 'Namespaces'
  if (source === undefined) return unchecked(name)
  if (source.descriptors === undefined) return unknown(name, 'the identity descriptors of the schema cannot be read')
  const used = namespacesIn(source)
  if (used.length === 0) return ok(name, 'no identity descriptor names one')
  const found = await attempt(name, context, () => context.platform.namespaces.list(context.signal))
  if (found.isForbidden)
    return unknown(name, 'the role may not list them', 'To check them, give it "View Identity Namespaces".')
  if (found.record === undefined) return found.failure ?? unchecked(name)
  const known = found.record.flatMap(({ code, id }) => [code, id])
  const missing = used.filter((one) => !known.includes(one))
  if (missing.length === 0) return ok(name, `${quoteList(used)} exist`)
  const meant = missing.flatMap((one) => nearestName(one, known) ?? [])
  const hint = meant.length === 0 ? '' : ` Similar: ${quoteList(meant)}.`
  return failed(
    name,
    `the organization has no namespace ${quoteList(missing)}`,
    `Create it under Identities, or correct the descriptor of the schema: upper and lower case differ.${hint}`,
  )
}

function namespacesIn({ schema, descriptors }: SchemaSource): readonly string[] {
  const answer = jsonReader(descriptors, 'descriptors')
  const lists = [answer, ...answer.entries().map(([, at]) => at)]
  const id = jsonReader(schema, 'schema').get('$id').text()
  const own = lists
    .flatMap((list) => list.items())
    .filter((at) => at.get('@type').text() === 'xdm:descriptorIdentity' && at.get('xdm:sourceSchema').text() === id)
  const names = own.flatMap(
    (at) => at.get('xdm:namespace').text() ?? at.get('xdm:namespace').number()?.toString() ?? [],
  )
  return [...new Set(names)]
}

async function batchesCheck(dataset: DatasetRecord, context: RunContext): Promise<DoctorCheck> {
  const name = 'Batches of the day'
  const { schema } = context.recorder.facts()
  const budget = await countBudget({ dataset, schema, isUpsert: false, sends: 1 }, context)
  if (budget === undefined) return ok(name, 'not limited: the dataset is not enabled for Profile')
  const { used, most, isAtLeast } = budget
  if (used === undefined) return unknown(name, 'they cannot be counted')
  const text = `${isAtLeast ? 'at least ' : ''}${used} in the last 24 hours; Adobe advises at most ${most} a day`
  return used < most ? ok(name, text) : failed(name, text, 'Publish fewer, larger batches.')
}

function clockCheck(list: SandboxList | undefined, { clock }: RunContext): DoctorCheck {
  const name = 'Clock'
  if (list === undefined) return unchecked(name)
  if (list.answeredMs === undefined) return unknown(name, 'the answer has no date')
  const skewMs = Math.abs(clock.wallNow() - list.answeredMs)
  if (skewMs <= CLOCK_SKEW_MOST_MS) return ok(name, 'agrees with the platform')
  return failed(
    name,
    `differs from the platform by ${formatDuration(skewMs)}`,
    'Set the clock of this machine: certificates and tokens depend on it.',
  )
}

function proxyCheck({ proxy }: RunContext): DoctorCheck {
  return ok('Proxy', proxy === undefined ? 'none' : `requests go through ${proxy}`)
}
