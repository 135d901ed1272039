import { objectOf } from '../json.ts'
import { imports, standing } from './expectation.ts'
import { send } from './send.ts'
import { fillText, type Ask, type Subjects } from './subjects.ts'

/** A real sandbox, and the credentials for it. */
export type SandboxAccess = {
  /** Without a slash at the end. */
  readonly url: string
  readonly imsUrl: string
  readonly clientId: string
  readonly clientSecret?: string
  readonly accessToken?: string
  readonly organization: string
  readonly sandbox: string
  readonly scopes: string
  readonly dataset?: string
  readonly writes: boolean
}

/** Batches that a run created in a real dataset and that are not known to be aborted. */
export class OpenBatches {
  readonly #ids = new Set<string>()
  #unnamed = 0

  get ids(): readonly string[] {
    return [...this.#ids]
  }

  /** The count of creations without a readable answer: each may have left a batch. */
  get unnamed(): number {
    return this.#unnamed
  }

  /** `id`: the one in the answer, undefined if there was none. */
  add(id: unknown): void {
    if (typeof id === 'string') this.#ids.add(id)
    else this.#unnamed++
  }

  delete(id: string): void {
    this.#ids.delete(id)
  }
}

/** The signal that stops a run, and the batches that the run then has to abort. */
export type Stop = { readonly signal: AbortSignal; readonly open: OpenBatches }

export function neverStopped(): Stop {
  return { signal: new AbortController().signal, open: new OpenBatches() }
}

export type Session = {
  /** Throws the signal's reason once the run is stopped. */
  readonly ask: Ask
  /** Aborts the batches that the run left open, even after it was stopped. A batch that can't be aborted stays in `open`. */
  readonly abortOpen: () => Promise<void>
}

/** Sends a client's requests with the caller's credentials, and records the batches that they create. */
export function openSession(access: SandboxAccess, token: string, { signal, open }: Stop): Session {
  const own = {
    authorization: `Bearer ${token}`,
    'x-api-key': access.clientId,
    'x-gw-ims-org-id': access.organization,
    'x-sandbox-name': access.sandbox,
  }
  const sendOwn = async ({ by, call, headers = {}, body }: Parameters<Ask>[0], limited?: AbortSignal) => {
    const isIms = call.includes(' /ims/')
    const outgoing = { ...(isIms ? {} : own), ...standing[by], ...headers }
    const base = isIms ? access.imsUrl : access.url
    return await send({ call: call.replace(' ', ` ${base}`), headers: outgoing, body, signal: limited })
  }
  const ask: Ask = async (asked) => {
    signal.throwIfAborted()
    // A creation is not cancelled: without its answer, the id of the batch would be unknown.
    if (asked.call === `POST ${imports}`) return await noteCreated(() => sendOwn(asked), open)
    return await sendOwn(asked, signal)
  }
  const abortOpen = async () => {
    for (const id of open.ids) {
      const status = await sendOwn({ by: 'aepp', call: `POST ${imports}/${id}?action=ABORT` }).then(
        (received) => received.status,
        () => undefined,
      )
      // 428: the batch is no longer open, for example after an ABORT from the table.
      if (status === 200 || status === 428) open.delete(id)
    }
  }
  return { ask, abortOpen }
}

/** A refusal creates nothing; a request that failed on the way may have created a batch. */
async function noteCreated(create: () => ReturnType<Ask>, open: OpenBatches): ReturnType<Ask> {
  try {
    const received = await create()
    const { status, json } = received
    if (status < 400 || status >= 500) open.add(status < 300 ? objectOf(json)['id'] : undefined)
    return received
  } catch (error) {
    open.add(undefined)
    throw error
  }
}

/** Developer Console, "Server-to-server authentication". Throws an Error if there is no token. */
export async function fetchToken(access: SandboxAccess, signal?: AbortSignal): Promise<string> {
  const subjects = credentialSubjects(access)
  const body = fillText('grant_type=client_credentials&client_id={C}&client_secret={K}&scope={T}', subjects)
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const { status, json } = await send({ call: `POST ${access.imsUrl}/ims/token/v3`, headers, body, signal })
  const token = objectOf(json)['access_token']
  if (typeof token !== 'string') throw new Error(`No access token: IMS answered with status ${status}`)
  return token
}

export function credentialSubjects({ clientId, clientSecret, scopes }: SandboxAccess): Subjects {
  const secret = clientSecret === undefined ? {} : { K: encodeURIComponent(clientSecret) }
  return { C: encodeURIComponent(clientId), ...secret, T: encodeURIComponent(scopes) }
}
