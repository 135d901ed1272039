import { Problem } from '../../lib/errors.ts'
import { type JsonReader, jsonReader, ownValue } from '../../lib/json-reader.ts'
import { isPlainWord } from '../ids.ts'
import { FAILURE_MOST_BYTES } from '../limits.ts'
import type { HttpResponse, Method } from './transport.ts'

type RemedyKey = Pick<FailureResponse, 'status' | 'code' | 'isJson' | 'isTextHidden' | 'permission'>

const CREDENTIALS =
  'Compare "client-id" and "client-secret" with the OAuth server-to-server credential in the Adobe Developer Console.'
/** Adobe names no missing permission in a 403; release notes, August 2026: access labels may deny a whole dataset. */
const PERMISSION =
  'The answer does not name the missing permission. Check that the credential has a product profile of Adobe Experience Platform, and a role with this sandbox and the permissions that docs/api-calls-and-permissions.md lists. Check that no access label on the dataset or its schema denies them to this role, and check that "sandbox" names the right one.'
/** Pre-release notes, August 2026: a web application firewall stands in front of the APIs. A service answers in JSON. */
const FIREWALL = 'The answer is not JSON: a firewall or proxy (yours, or one of Adobe) may have sent it. Otherwise: '
const LATER =
  'Experience Platform is unavailable or unreachable. Run the job again later. If it fails again, give the request id to Adobe support.'

const ENDED =
  'The access token is invalid or has expired. Set a new "access-token", or set "client-secret" so that the action requests tokens itself.'
/** Only a run with a client secret gets here: for a token from the workflow, {@link TokenEnded} is thrown. */
const REFUSED_AGAIN = 'A new token was refused, too. Check the credential in the Adobe Developer Console.'

/** Gateway codes (Adobe I/O gateway, "Experience Platform troubleshooting guide") and the codes of the identity service. */
const BY_CODE: Readonly<Record<string, string>> = {
  invalid_client: CREDENTIALS,
  invalid_scope: 'Compare "scopes" with the scopes that the Developer Console lists for this credential.',
  unauthorized_client: CREDENTIALS,
  '401013': REFUSED_AGAIN,
  '403000': 'Check "client-id": it is sent as the API key.',
  '403003':
    'Check "client-id": the gateway does not accept it as an API key. It must belong to the credential that the token was issued for.',
  '403010': 'A proxy may have removed the Authorization header.',
  '403011': 'Add the Experience Platform API to the credential in the Adobe Developer Console, and check "scopes".',
  '403027': 'Check "org-id", and that the credential has a product profile of Adobe Experience Platform.',
  '400003': 'A proxy may have removed a header.',
  '403012': 'The IP address of this runner is not on the allow list of your organization: ask its administrator.',
  '403013': 'The IP address of this runner is on the deny list of your organization: ask its administrator.',
  'ERR-BI-104': 'The status of the batch does not allow this call. Look at the batch in the Experience Platform UI.',
  'ERR-BI-106':
    'The storage format of the dataset does not accept this batch. Create a new dataset with "parquet" as its file format.',
  'XDM-1012-404': 'Check that the schema exists in this sandbox.',
}

const FOREIGN =
  'Check "platform-url" and "ims-url". If they are right, a proxy, a firewall or a login page answers instead of Adobe: allow requests to these hosts.'

const BY_STATUS: Readonly<Record<number, string>> = {
  401: REFUSED_AGAIN,
  403: PERMISSION,
  404: 'Check that it exists in the sandbox that "sandbox" names, and that "platform-url" is right.',
  405: 'Check "platform-url": the answer may not come from Experience Platform.',
  /** Uploads have tried smaller chunks before. A gateway can also send it in place of an answer that is too large. */
  413: 'A proxy or gateway refuses a request or an answer of this size: ask whoever runs it to raise its limit.',
  414: 'Shorten the path of the file: the URL can have at most 2,000 characters.',
  429: 'The rate limit of the platform is reached. Run the job again later, or lower "concurrency".',
}

/** Advice to people about a response that is not a success. */
function remedyFor(key: RemedyKey): string {
  return key.isTextHidden ? `${remedyOf(key)} ${HIDDEN}` : remedyOf(key)
}

const HIDDEN = 'The answer also contains a message, which can quote your data: "show-values: true" shows it.'

function remedyOf({ code, status, isJson, permission = PERMISSION }: RemedyKey): string {
  const known = knownRemedy({ code, status })
  if (known === PERMISSION) return isJson ? permission : FIREWALL + permission
  if (known !== undefined) return known
  if (status < 300) return FOREIGN
  if (status >= 300 && status < 400)
    return 'Check "platform-url" and "ims-url": the server redirects, and the action does not follow redirects.'
  return status >= 500 ? LATER : 'Run the job again with debug logging, and give the request id to Adobe support.'
}

function knownRemedy({ code, status }: Pick<RemedyKey, 'code' | 'status'>): string | undefined {
  return (code === undefined ? undefined : ownValue(BY_CODE, code)) ?? BY_STATUS[status]
}

/** The error details of a response, from whichever of the platform's five envelopes it has. */
export type FailureResponse = {
  readonly status: number
  /** `401013`, `ERR-BI-104`, `XDM-1012-404`, `invalid_client` … */
  readonly code: string | undefined
  readonly text: string
  /** The error message exists but is hidden from people, since it may quote data. */
  readonly isTextHidden: boolean
  readonly requestId: string | undefined
  readonly retryAfter: string | undefined
  /** Otherwise the service itself did not answer: a gateway, a proxy or another host did. */
  readonly isJson: boolean
  /** What to do if the role lacks a permission; absent: the general advice. */
  readonly permission?: string | undefined
  /** It lists its errors by status, `{"errors":{"400":[…]}}`, as Profile does for an object that it did not find. */
  readonly listsErrors?: boolean
}

/** The server answered, and the response is not a success. A 2xx here did not come from Adobe. */
export class HttpFailure extends Problem {
  override readonly name = 'HttpFailure'
  readonly response: FailureResponse
  readonly purpose: string

  constructor(purpose: string, response: FailureResponse, mayHaveActed = false) {
    super(`Cannot ${purpose}: ${describeResponse(response)}`, {
      remedy: remedyFor(response),
      isPassing: isPassing(response.status),
      mayHaveActed,
    })
    this.response = response
    this.purpose = purpose
  }
}

/** Whether the answer was a 403 without a code that means something else. */
export function lacksPermission(error: unknown): boolean {
  if (error instanceof HttpFailure) return knownRemedy(error.response) === PERMISSION
  return error instanceof Error && error.cause !== undefined && lacksPermission(error.cause)
}

/** A 2xx with an unexpected body: JSON, but not what was requested. */
export class UnreadableAnswer extends Error {
  override readonly name = 'UnreadableAnswer'
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.message, { cause: problem })
    this.problem = problem
  }
}

/** The server refused a ready-made token, so every later request of this run would fail in the same way. */
export class TokenEnded extends HttpFailure {
  override readonly remedy = ENDED

  constructor(purpose: string, { response }: HttpFailure, mayHaveActed: boolean) {
    super(purpose, response, mayHaveActed)
  }
}

/** No time is left for the request: "timeout-minutes" and any grace period after it are over. */
export class TimeOver extends Problem {
  override readonly name = 'TimeOver'
  /** Completes "Cannot …". */
  readonly purpose: string

  constructor(purpose: string, mayHaveActed: boolean, cause?: unknown) {
    super(`Cannot ${purpose}: the time for waiting is over`, {
      remedy:
        'Run the job again: it continues with what is in progress. "timeout-minutes" limits all waiting of a run: raise it if the platform needs longer.',
      isPassing: true,
      mayHaveActed,
      cause,
    })
    this.purpose = purpose
  }
}

/** Too many requests, overload, or a gateway that lost its service or answers in its place: likely to pass soon. */
export function isPassing(status: number): boolean {
  return status < 300 || status === 408 || status >= 500 || isUnhandled(status)
}

/** The server did not act on the request: RFC 8470, 5.2 for 425, RFC 6585 for 429, RFC 9110, 15.6.4 for 503. */
export function isUnhandled(status: number): boolean {
  return status === 425 || status === 429 || status === 503
}

const LONGEST_TEXT = 300

type Reading = {
  /** Removes secrets from the text. */
  readonly redact?: ((text: string) => string) | undefined
  /** The error message of the server may quote data. */
  readonly hidesText?: boolean
  /** As in {@link FailureResponse}. */
  readonly permission?: string | undefined
}

/** @returns the error details of a non-2xx response. HTML and other text are cut, and markup is dropped. */
export function readFailureResponse(answer: HttpResponse, reading: Reading = {}): FailureResponse {
  const { redact, hidesText, permission } = reading
  const quoted = new TextDecoder().decode(answer.body.subarray(0, FAILURE_MOST_BYTES))
  const text = redact?.(quoted) ?? quoted
  const value = parseJson(text)
  const isJson = value !== undefined
  const body = jsonReader(value, 'answer')
  const listed = body
    .get('errors')
    .entries()
    .flatMap(([, list]) => list.items())
  const places = [body, body.get('errors'), ...listed]
  const words = firstKnown(places, textIn) ?? (isJson ? '' : plainText(text))
  return {
    status: answer.status,
    code: firstKnown(places, codeIn),
    text: hidesText === true ? '' : words,
    isTextHidden: hidesText === true && words !== '',
    requestId: requestIdOf(answer),
    retryAfter: answer.headers['retry-after'],
    isJson,
    permission,
    ...(listed.length > 0 ? { listsErrors: true } : {}),
  }
}

function firstKnown<T>(places: readonly JsonReader[], read: (at: JsonReader) => T | undefined): T | undefined {
  return places.map(read).find((found) => found !== undefined)
}

function describeResponse({ status, code, text, requestId }: FailureResponse): string {
  const what = [String(status), code, text && JSON.stringify(text)].filter(Boolean).join(' ')
  const origin = status < 300 ? ', which does not appear to come from Adobe' : ''
  return `the answer was ${what}${origin}${requestId === undefined ? '' : ` (request ${requestId})`}`
}

/** Quotes an HTML page only: any other response that poses as a success may hold a token, or data. */
export function readForeignResponse(answer: HttpResponse, reading?: Reading): FailureResponse {
  const start = answer.body.subarray(0, FOREIGN_READ_BYTES)
  const page = isPage(answer) ? start : new Uint8Array()
  return readFailureResponse({ ...answer, body: page }, reading)
}

/** @returns undefined also if the header holds no plausible id: it can hold anything. */
export function requestIdOf({ headers }: Pick<HttpResponse, 'headers'>): string | undefined {
  const id = headers['x-request-id']
  return id !== undefined && isPlainWord(id) ? id : undefined
}

const FOREIGN_READ_BYTES = 4_096

function isPage({ headers, body }: HttpResponse): boolean {
  return /html/i.test(headers['content-type'] ?? '') || /^\s*</.test(decode(body.subarray(0, FOREIGN_READ_BYTES)))
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

type Asked = {
  readonly method: Method
  readonly path: string
  /** The response is a file, in any form. */
  readonly returns?: 'file' | undefined
}

export type OriginCheck = (asked: Asked, answer: HttpResponse) => boolean

/**
 * Tells whether a 2xx came from Adobe: a response of a portal or a gateway on the way does not answer the request.
 * Documents and known clients show JSON, or an empty body after a write. A service that puts an id on all its responses
 * also puts one on each acknowledgement.
 */
export function createOriginCheck(): OriginCheck {
  /** Service → whether each of its responses that was certainly its own had an id. */
  const alwaysNamed = new Map<string, boolean>()
  return ({ method, path, returns }, answer) => {
    if (returns === 'file') return true
    if (method === 'HEAD') return !isPage(answer)
    const isWrite = method !== 'GET'
    const text = decode(answer.body)
    const isBlank = text.trim() === ''
    if (isBlank ? !isWrite : isPage(answer) || parseJson(text) === undefined) return false
    const service = /^\/data\/\w+\/\w+/.exec(path)?.[0] ?? ''
    const hasId = answer.headers['x-request-id'] !== undefined
    if (isWrite && !hasId && alwaysNamed.get(service) === true) return false
    if (!isBlank && service !== '') alwaysNamed.set(service, hasId && alwaysNamed.get(service) !== false)
    return true
  }
}

/** A code is a word; any other text may quote data. */
function codeIn(body: JsonReader): string | undefined {
  const named = ['error_code', 'errorCode', 'code'].map((key) => body.get(key)).map((at) => at.text() ?? at.number())
  const type = body.get('type').text()?.split('/').at(-1)
  const codes = [...named.map((code) => code?.toString()), type === 'uri' ? undefined : type, body.get('error').text()]
  return codes.find((code) => code !== undefined && isPlainWord(code))
}

function textIn(body: JsonReader): string | undefined {
  const named = ['detail', 'message', 'error_description', 'errorMessage', 'title'].map((key) => body.get(key).text())
  return named.find((text) => text !== undefined)?.slice(0, LONGEST_TEXT)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The words of a page. Each search continues where the previous one ended, so that any page is read only once. */
function plainText(text: string): string {
  const unclosed = new Set<RegExp>()
  const words: string[] = []
  let at = 0
  for (let open = text.indexOf('<'); open !== -1; open = text.indexOf('<', at)) {
    const close = endOfMarkup(text, open, unclosed)
    if (close === undefined) break
    words.push(text.slice(at, open))
    at = close
  }
  words.push(text.slice(at))
  return words.join(' ').replace(/\s+/g, ' ').trim().slice(0, LONGEST_TEXT)
}

/** Elements whose content is not visible text. */
const SILENT: readonly (readonly [begin: RegExp, end: RegExp])[] = [
  [/<style/iy, /<\/style>/gi],
  [/<script/iy, /<\/script>/gi],
]

/**
 * The position after a tag or an invisible element; undefined if no tag ends after `open`. `unclosed`: end tags that do
 * not occur again.
 */
function endOfMarkup(text: string, open: number, unclosed: Set<RegExp>): number | undefined {
  const [, end] =
    SILENT.find(([begin, close]) => !unclosed.has(close) && matchFrom(begin, text, open) !== undefined) ?? []
  const closed = end === undefined ? undefined : matchFrom(end, text, open)
  if (closed !== undefined) return closed
  if (end !== undefined) unclosed.add(end)
  const close = text.indexOf('>', open)
  return close === -1 ? undefined : close + 1
}

/** @returns the end of the match at or after `from`. */
function matchFrom(expression: RegExp, text: string, from: number): number | undefined {
  expression.lastIndex = from
  return expression.test(text) ? expression.lastIndex : undefined
}
