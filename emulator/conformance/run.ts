import { ownValue } from '../json.ts'
import { seededCredential } from '../seed.ts'
import { seededOrg, seededTenant } from '../seed/ids.ts'
import { startEmulator } from '../server.ts'
import { compareAnswer, knownNames } from './comparison.ts'
import { reachOf, type Expectation } from './expectation.ts'
import type { Difference, Target } from './pattern.ts'
import { redactor, shapeOf, type Names, type Redact } from './redact.ts'
import type { Received } from './send.ts'
import {
  credentialSubjects,
  fetchToken,
  neverStopped,
  openSession,
  type SandboxAccess,
  type Session,
  type Stop,
} from './session.ts'
import {
  fillText,
  filled,
  findSubjects,
  neededSubjects,
  prepareBatches,
  prepareOpenBatches,
  seededSubjects,
  type Ask,
  type Subjects,
} from './subjects.ts'

/** The differences, in a form that is safe to publish. */
export type ConformanceReport = {
  readonly target: Target
  readonly asked: number
  readonly agreed: number
  readonly skipped: readonly { readonly call: string; readonly why: string }[]
  readonly differed: readonly Differing[]
}

type Differing = {
  readonly call: string
  readonly by: string
  readonly source: string
  readonly differences: readonly Difference[]
  readonly got: { readonly status: number; readonly headers: unknown; readonly body: unknown } | string
}

/** Runs every expectation against its own emulator, so that none sees the changes of another. */
export async function runAgainstEmulator(expectations: readonly Expectation[]): Promise<ConformanceReport> {
  const results: Result[] = []
  for (const expectation of expectations) results.push(await askEmulator(expectation))
  const names = { organization: seededOrg, tenant: seededTenant, secret: seededCredential.secrets[0] }
  return report('emulator', results, { expectations, redact: redactor(names) })
}

/**
 * Runs the harmless expectations and, with `writes`, also those that create and abort batches. Batches that could not be
 * aborted are in `stop.open`, also after a throw.
 *
 * @throws the signal's reason once it is stopped; an Error without a token
 */
export async function runAgainstSandbox(
  expectations: readonly Expectation[],
  access: SandboxAccess,
  stop: Stop = neverStopped(),
): Promise<ConformanceReport> {
  const { signal } = stop
  const token = access.accessToken ?? (await fetchToken(access, signal))
  const session = openSession(access, token, stop)
  try {
    const found = await findSubjects(session.ask, access)
    const subjects = { ...found, ...credentialSubjects(access) }
    const results: Result[] = []
    for (const expectation of expectations) {
      results.push(await askSandbox(expectation, { session, subjects, writes: access.writes }))
      signal.throwIfAborted()
    }
    const redact = redactor(namesOf(access, token, found))
    return report('sandbox', results, { expectations, redact })
  } finally {
    await session.abortOpen()
  }
}

type Result =
  | { readonly kind: 'agreed' }
  | { readonly kind: 'skipped'; readonly expectation: Expectation; readonly why: string }
  | {
      readonly kind: 'differed'
      readonly expectation: Expectation
      readonly differences: readonly Difference[]
      readonly received: Received | string
    }

async function askEmulator(expectation: Expectation): Promise<Result> {
  const settings = { loadedMs: 0, stagingMs: 0, stagedMs: 0 }
  const { url, close } = await startEmulator({ settings })
  try {
    const { clientId, secrets, scopes } = seededCredential
    const credential = { clientId, clientSecret: secrets[0], scopes: scopes.join(',') }
    const access = { ...credential, url, imsUrl: url, organization: seededOrg, sandbox: 'dev', writes: true }
    const { ask } = openSession(access, await fetchToken(access), neverStopped())
    const prepared = await prepareBatches(ask, seededSubjects['D'] ?? '', neededSubjects(expectation, 'emulator'))
    return await compared(expectation, { ask, target: 'emulator', subjects: { ...seededSubjects, ...prepared } })
  } finally {
    await close()
  }
}

type Visited = { readonly session: Session; readonly subjects: Subjects; readonly writes: boolean }

async function askSandbox(expectation: Expectation, { session, subjects, writes }: Visited): Promise<Result> {
  const reach = reachOf(expectation)
  const skipped = (why: string): Result => ({ kind: 'skipped', expectation, why })
  if (reach === 'emulator')
    return skipped('changes more than a batch of its own, or is answered so by the emulator alone')
  if (reach === 'own-batches' && !writes) return skipped('writes; ask for it with --write and --dataset')
  const needed = neededSubjects(expectation, 'sandbox')
  try {
    const dataset = subjects['D'] ?? ''
    const opened = reach === 'own-batches' ? await prepareOpenBatches(session.ask, dataset, needed) : {}
    const all: Subjects = { ...subjects, ...opened }
    const missing = needed.find((name) => ownValue(all, name) === undefined)
    if (missing !== undefined) return skipped(`the sandbox has nothing for {${missing}}`)
    return await compared(expectation, { ask: session.ask, target: 'sandbox', subjects: all })
  } catch (error) {
    return { kind: 'differed', expectation, differences: [], received: reasonOf(error) }
  }
}

type Asking = { readonly ask: Ask; readonly target: Target; readonly subjects: Subjects }

async function compared(expectation: Expectation, { ask, target, subjects }: Asking): Promise<Result> {
  const { by, headers = {}, body } = expectation
  const call = fillText(expectation.call, subjects)
  const received = await ask({ by, call, headers, body: filled(body, subjects) })
  const differing = compareAnswer(expectation, received, { target, subjects })
  return differing.length === 0
    ? { kind: 'agreed' }
    : { kind: 'differed', expectation, differences: differing, received }
}

function namesOf(access: SandboxAccess, token: string, found: Subjects): Names {
  const tenant = found['U']?.match(/^https:\/\/ns\.adobe\.com\/([^/]+)\//)?.[1]
  return {
    token,
    'client id': access.clientId,
    'client secret': access.clientSecret,
    organization: access.organization,
    sandbox: access.sandbox,
    tenant: tenant === 'xdm' ? undefined : tenant,
    'dataset name': found['N'],
    host: hostOf(access.url),
    'host of IMS': hostOf(access.imsUrl),
    ...Object.fromEntries(Object.entries(found).filter(([name]) => name !== 'N' && name !== 'P')),
  }
}

/** Only Adobe's own hosts are shown: they identify no customer. */
function hostOf(url: string): string | undefined {
  const { hostname } = new URL(url)
  return /(?:^|\.)(?:adobe|adobelogin)\.(?:io|com)$/.test(hostname) ? undefined : hostname
}

type Shown = { readonly expectations: readonly Expectation[]; readonly redact: Redact }

function report(target: Target, results: readonly Result[], { expectations, redact }: Shown): ConformanceReport {
  const known = knownNames(expectations)
  return {
    target,
    asked: results.filter(({ kind }) => kind !== 'skipped').length,
    agreed: results.filter(({ kind }) => kind === 'agreed').length,
    skipped: results.flatMap((result) =>
      result.kind === 'skipped' ? [{ call: result.expectation.call, why: result.why }] : [],
    ),
    differed: results.flatMap((result) => (result.kind === 'differed' ? [shownDiffering(result, known, redact)] : [])),
  }
}

function shownDiffering(
  { expectation, differences, received }: Extract<Result, { kind: 'differed' }>,
  known: ReadonlySet<string>,
  redact: Redact,
): Differing {
  const isRefusal = typeof received !== 'string' && received.status >= 400
  const shown = (value: unknown, name: string) => redacted(shapeOf(value, name, { isRefusal, known }), redact)
  return {
    call: expectation.call,
    by: expectation.by,
    source: expectation.source,
    differences: differences.map(({ at, expected, got }) => ({
      at,
      expected,
      got: shown(got, at.split('.').at(-1) ?? '') ?? 'nothing',
    })),
    got:
      typeof received === 'string'
        ? redact(received)
        : { status: received.status, headers: shownHeaders(received), body: shown(received.json ?? received.text, '') },
  }
}

function redacted(value: unknown, redact: Redact): unknown {
  const text = JSON.stringify(value)
  return text === undefined ? undefined : JSON.parse(redact(text))
}

/** Headers without private data, each with the values of HTTP that are safe to show. */
const SHOWN_HEADERS: Readonly<Record<string, RegExp>> = {
  'content-type': /^[\w.+-]+\/[\w.+-]+(?=;|$)/,
  allow: /^[A-Z]+(?:, ?[A-Z]+)*$/,
  'retry-after': /^\d+$/,
  range: /^bytes=\d+-\d+$/,
  'accept-ranges': /^(?:bytes|none)$/,
}

function shownHeaders({ headers }: Received): unknown {
  return Object.fromEntries(
    Object.entries(SHOWN_HEADERS).flatMap(([name, pattern]) => {
      const word = ownValue(headers, name)?.match(pattern)?.[0]
      return word === undefined ? [] : [[name, word]]
    }),
  )
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
