import { Problem } from '../base/problem.ts'

/** The request surely did not reach the far side. */
const NOT_REACHED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** No later attempt will end otherwise. */
const FOR_GOOD =
  /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|ERR_INVALID_|UND_ERR_(INVALID_ARG|DESTROYED|CLOSED)$)/

/** There was no whole answer: the connection could not be made, broke, or went silent. */
export class ConnectionFailure extends Error {
  override readonly name = 'ConnectionFailure'
  /** Whether the far side may have acted on the request. */
  readonly reached: boolean
  /** Whether trying again makes no sense. */
  readonly permanent: boolean

  constructor(message: string, about: { readonly reached: boolean; readonly permanent: boolean; cause: unknown }) {
    super(message, { cause: about.cause })
    this.reached = about.reached
    this.permanent = about.permanent
  }
}

/** There was no answer, however often we asked. */
export class LostConnection extends Problem {
  override readonly name = 'LostConnection'
  constructor(message: string, mayHaveActed: boolean, cause: ConnectionFailure) {
    super(message, {
      remedy: 'Check that this runner reaches "platform-url" and "ims-url" (proxy variables included), and run again.',
      isPassing: !cause.permanent,
      mayHaveActed,
      cause,
    })
  }
}

/** A Problem that our own side raised while the request was made (a file that changed) passes through as it is. */
export function asConnectionFailure(error: unknown): Error {
  if (error instanceof Problem || error instanceof ConnectionFailure) return error
  const code = codeOf(error)
  const proxy = /Proxy response \(\d+\)/.test(textOf(error))
  return new ConnectionFailure([code, textOf(error)].filter(Boolean).join(': '), {
    reached: !proxy && !NOT_REACHED.has(code),
    permanent: proxy || FOR_GOOD.test(code),
    cause: error,
  })
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  return error.cause === undefined ? '' : codeOf(error.cause)
}

function textOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(textOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}
