import type { IncomingHttpHeaders } from 'node:http'

/** A request that the local GitHub received. */
export type Call = {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Readonly<Record<string, unknown>>
}

export type Answer = {
  readonly status: number
  /** Bytes are sent unchanged; a 204 has no body. */
  readonly body: object | Uint8Array
  readonly type?: string
}

/** "Troubleshooting the REST API". */
export function refusal(status: number, message = 'Unknown', errors?: readonly object[]): Answer {
  const about = 'https://docs.github.com/rest/deployments/deployments#create-a-deployment'
  return { status, body: { message, ...(errors && { errors }), documentation_url: about, status: String(status) } }
}
