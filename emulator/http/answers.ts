import type { Answer } from './exchange.ts'

export type Headers = Readonly<Record<string, string>>

export function json(status: number, value: unknown, headers: Headers = {}): Answer {
  return bytes(status, Buffer.from(JSON.stringify(value)), { 'content-type': 'application/json', ...headers })
}

export function bytes(status: number, body: Uint8Array, headers: Headers = {}): Answer {
  return { kind: 'answer', status, headers, body, delayMs: 0 }
}

export function empty(status: number, headers: Headers = {}): Answer {
  return bytes(status, new Uint8Array(0), headers)
}

/** A "problem document", as Catalog and the import service send it. The body of most import errors is undocumented. */
export function problem(status: number, detail: string, extra: Readonly<Record<string, unknown>> = {}): Answer {
  return json(status, { status, title: titles[status] ?? 'Error', detail, ...extra })
}

/** Troubleshooting guide, "API status codes": the envelope of the API gateway. */
export function gatewayError(status: number, code: string, message: string): Answer {
  return json(status, { error_code: code, message })
}

/** The web server in front of the services answers unknown routes, in HTML. */
export function html(status: number, title: string): Answer {
  const page = `<html>\r\n<head><title>${status} ${title}</title></head>\r\n<body>\r\n<center><h1>${status} ${title}</h1></center>\r\n<hr><center>openresty</center>\r\n</body>\r\n</html>\r\n`
  return bytes(status, Buffer.from(page), { 'content-type': 'text/html' })
}

export function warned(answer: Answer, warning: string | undefined): Answer {
  return warning === undefined ? answer : { ...answer, headers: { ...answer.headers, 'x-emu-warning': warning } }
}

const titles: Readonly<Record<number, string>> = {
  400: 'BadRequestError',
  403: 'ForbiddenError',
  404: 'NotFoundError',
  405: 'MethodNotAllowedError',
  409: 'ConflictError',
  412: 'PreconditionFailedError',
  413: 'PayloadTooLargeError',
  414: 'UriTooLongError',
  415: 'UnsupportedMediaTypeError',
  416: 'RangeNotSatisfiableError',
  422: 'UnprocessableEntityError',
  428: 'PreconditionRequired',
  429: 'TooManyRequestsError',
  501: 'NotImplementedError',
}
