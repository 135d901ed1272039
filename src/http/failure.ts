import { Problem } from '../base/problem.ts'
import { wire, type Wire } from '../base/wire.ts'
import { remedyFor } from './remedy.ts'
import type { WireAnswer } from './transport.ts'

/** What an answer says of its own failure, in whichever of the platform's five envelopes it came. */
export type Refusal = {
  readonly status: number
  /** `401013`, `ERR-BI-104`, `XDM-1012-404`, `invalid_client` … */
  readonly code: string | undefined
  readonly text: string
  readonly requestId: string | undefined
  readonly retryAfter: string | undefined
  /** Else the service itself did not answer: a gateway, a proxy or another host did. */
  readonly isJson: boolean
}

/** The far side answered, and its answer is not a success. */
export class HttpFailure extends Problem {
  override readonly name = 'HttpFailure'
  readonly refusal: Refusal

  readonly purpose: string

  constructor(purpose: string, refusal: Refusal, mayHaveActed = false) {
    super(`Cannot ${purpose}: ${said(refusal)}`, {
      remedy: remedyFor(refusal),
      isPassing: isPassing(refusal.status),
      mayHaveActed,
    })
    this.refusal = refusal
    this.purpose = purpose
  }
}

/** Too many requests, overload, a gateway that lost its service: gone a little later. */
export function isPassing(status: number): boolean {
  return status === 408 || status === 429 || status >= 500
}

const LONGEST_TEXT = 300

/** @returns what a non-2xx answer says; HTML and other text are cut, markup dropped. */
export function readRefusal(answer: WireAnswer, redact = (text: string) => text): Refusal {
  const text = redact(new TextDecoder().decode(answer.body))
  const body = wire(parsed(text), 'answer')
  return {
    status: answer.status,
    code: codeIn(body) ?? codeIn(body.get('errors')),
    text: textIn(body) ?? textIn(body.get('errors')) ?? (isJson(text) ? '' : plain(text)),
    requestId: answer.headers['x-request-id'],
    retryAfter: answer.headers['retry-after'],
    isJson: isJson(text),
  }
}

function said({ status, code, text, requestId }: Refusal): string {
  const what = [String(status), code, text && JSON.stringify(text)].filter(Boolean).join(' ')
  return `the answer was ${what}${requestId === undefined ? '' : ` (request ${requestId})`}`
}

function codeIn(body: Wire): string | undefined {
  const named = ['error_code', 'errorCode', 'code'].map((key) => body.get(key)).map((at) => at.text() ?? at.number())
  const code = named.find((value) => value !== undefined) ?? body.get('type').text()?.split('/').at(-1)
  const short = code === 'uri' ? undefined : code
  return short === undefined ? body.get('error').text() : String(short)
}

function textIn(body: Wire): string | undefined {
  const named = ['detail', 'message', 'error_description', 'errorMessage', 'title'].map((key) => body.get(key).text())
  return named.find((text) => text !== undefined)?.slice(0, LONGEST_TEXT)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isJson(text: string): boolean {
  return parsed(text) !== undefined
}

function plain(text: string): string {
  const words = text.replace(/<(style|script)[\s\S]*?<\/\1>/gi, ' ').replace(/<[^>]*>/g, ' ')
  return words.replace(/\s+/g, ' ').trim().slice(0, LONGEST_TEXT)
}
