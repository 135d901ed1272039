import { type Expectation, standing } from '../../../emulator/conformance/expectation.ts'
import { send } from '../../../emulator/conformance/send.ts'
import { seededCredential } from '../../../emulator/seed.ts'
import { startEmulator } from '../../../emulator/server.ts'
import { at, standing as credentials, tokenRequest, type Got } from '../platform-in-memory.ts'

export type Asked = Pick<Expectation, 'by' | 'call' | 'headers' | 'body'>

export type Visit = {
  readonly url: string
  /** Sends what a client sends, over HTTP. */
  readonly ask: (asked: Asked) => Promise<Got>
  readonly close: () => Promise<void>
}

/** An emulator of its own. */
export async function visit(): Promise<Visit> {
  const { url, close } = await startEmulator({ settings: { loadedMs: 0, stagingMs: 0, stagedMs: 0 } })
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const body = tokenRequest(seededCredential.clientId).toString()
  const token = await send({ call: `POST ${url}/ims/token/v3`, headers, body })
  const own = credentials(String(at(token.json, 'access_token')))
  const ask: Visit['ask'] = ({ by, call, headers: more, body: sent }) =>
    send({ call: call.replace(' ', ` ${url}`), headers: { ...own, ...standing[by], ...more }, body: sent })
  return { url, ask, close }
}
