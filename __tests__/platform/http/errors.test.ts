import { describe, expect, it } from 'vitest'
import { HttpFailure, readFailureResponse } from '../../../src/platform/http/errors.ts'
import { answer } from '../../support/platform/scripted-transport.ts'
import { tookMs } from '../../support/time/took.ts'

const ENVELOPES = [
  {
    name: 'the gateway',
    body: { error_code: '401013', message: 'Oauth token is not valid' },
    code: '401013',
    text: 'Oauth token is not valid',
  },
  {
    name: 'a problem document',
    body: { type: '/placeholder/type/uri', status: 400, title: 'BadRequestError', detail: 'A valid content-type' },
    code: undefined,
    text: 'A valid content-type',
  },
  {
    name: 'a problem document that is short',
    body: { title: 'NotFoundError', detail: 'DataSet not found.' },
    code: undefined,
    text: 'DataSet not found.',
  },
  {
    name: 'the schema registry',
    body: {
      type: 'http://ns.adobe.com/aep/errors/XDM-1012-404',
      title: 'Resource Not Found',
      status: 404,
      report: { registryRequestId: 'r' },
      detail: 'The requested class does not exist',
    },
    code: 'XDM-1012-404',
    text: 'The requested class does not exist',
  },
  {
    name: 'a nested one',
    body: { errors: { errorCode: 404, title: 'Resource not found', detail: 'No such thing' } },
    code: '404',
    text: 'No such thing',
  },
  {
    name: 'Profile, which lists errors by their status',
    body: { requestId: 'r', errors: { '400': [{ code: '400', message: 'Batch not found' }] } },
    code: '400',
    text: 'Batch not found',
  },
  {
    name: 'the identity service',
    body: { error: 'invalid_client', error_description: 'invalid client_secret parameter' },
    code: 'invalid_client',
    text: 'invalid client_secret parameter',
  },
  {
    name: 'an etag conflict',
    body: { errorMessage: 'Supplied version does not match' },
    code: undefined,
    text: 'Supplied version does not match',
  },
] as const

describe('what an answer says of its failure', () => {
  it.each(ENVELOPES)('is read from the envelope of $name', ({ body, code, text }) => {
    expect(readFailureResponse(answer(400, body))).toMatchObject({ code, text, isJson: true })
  })

  it('is the words of an HTML page, without markup and scripts', () => {
    const page = '<html><style>p{}</style><script>x()</script><h1>404 Not&nbsp;Found</h1>\n<hr>openresty</html>'
    expect(readFailureResponse(answer(404, page))).toMatchObject({
      text: '404 Not&nbsp;Found openresty',
      isJson: false,
    })
  })

  it('keeps what only looks like markup', () => {
    expect(readFailureResponse(answer(400, '<p>1 < 2</p> 3 <4')).text).toBe('1 3 <4')
    expect(readFailureResponse(answer(400, '<style>a<b>c')).text).toBe('a c')
    expect(readFailureResponse(answer(400, '<SCRIPT>a</ScRiPt>İ<b>c')).text).toBe('İ c')
  })

  it.each(['<', '<style', '<style>', '<script></style>', '< ', '</', '\n', '<!--', '{"a":'])(
    'is found in one reading of a page that is %j, 200,000 times',
    async (piece) => {
      const page = piece.repeat(200_000)
      expect(await tookMs(() => readFailureResponse(answer(400, page)))).toBeLessThan(3_000)
    },
  )

  it('is cut when it is long', () => {
    expect(readFailureResponse(answer(500, 'x'.repeat(10_000))).text).toHaveLength(300)
    expect(readFailureResponse(answer(500, { message: 'x'.repeat(10_000) })).text).toHaveLength(300)
  })

  it.each(['jane@example.com', 'two words', 'a\nb', '$(id)', '', 'x'.repeat(65), ['401013'], { a: 1 }])(
    'has no code where %j stands in its place, which is no word',
    (code) => {
      for (const body of [{ code }, { error_code: code }, { errorCode: code }, { error: code }, { errors: { code } }])
        expect(readFailureResponse(answer(400, body)).code).toBeUndefined()
      expect(readFailureResponse(answer(400, { code, error: 'invalid_client' })).code).toBe('invalid_client')
    },
  )

  it.each(['Bearer abc', 'x'.repeat(65), 'a,b'])('has no request id where a header holds %j', (id) => {
    expect(readFailureResponse(answer(500, {}, { 'x-request-id': id })).requestId).toBeUndefined()
  })

  it('is nothing where the body is empty or of another kind', () => {
    for (const body of ['', '[]', 'null', '5']) expect(readFailureResponse(answer(500, body)).text).toMatch(/^$/)
  })
})

describe('a refused request', () => {
  it('says what could not be done, the status, the code, the words and the request id', () => {
    const headers = { 'x-request-id': 'req-7' }
    const failure = new HttpFailure('read dataset "5c8c"', readFailureResponse(answer(404, ENVELOPES[3].body, headers)))
    expect(failure.message).toBe(
      'Cannot read dataset "5c8c": the answer was 404 XDM-1012-404 "The requested class does not exist" (request req-7)',
    )
  })

  it.each([
    [401, { error_code: '401013' }, /new token was refused, too/],
    [403, { error_code: '403003' }, /client-id/],
    [403, { title: 'ForbiddenError' }, /permissions/],
    [403, '<html>', /firewall or proxy.*permissions/],
    [400, { error: 'invalid_client' }, /client-secret/],
    [400, { error: 'invalid_scope' }, /scopes/],
    [413, '<html>', /gateway refuses.*whoever runs it/],
    [302, '', /does not follow redirects/],
    [500, '', /later/],
    [418, '', /debug/],
  ])('with %d %j carries a remedy', (status, body, remedy) => {
    expect(new HttpFailure('try', readFailureResponse(answer(status, body))).remedy).toMatch(remedy)
  })

  it('for a permission names all that Adobe documents, and claims of none that it is the one', () => {
    const { remedy } = new HttpFailure('try', readFailureResponse(answer(403, { title: 'ForbiddenError' })))
    for (const cause of [/product profile/, /role/, /sandbox/, /access label/]) expect(remedy).toMatch(cause)
    expect(remedy).toMatch(/^The answer does not name the missing permission/)
    expect(remedy).not.toMatch(/"(?:Manage|View) |firewall/)
  })

  it.each(Object.getOwnPropertyNames(Object.prototype))('with the code %j has a remedy in words', (code) => {
    const remedy = (status: number) => new HttpFailure('try', readFailureResponse(answer(status, { code }))).remedy
    expect([remedy(400), remedy(403)]).toEqual([
      expect.stringMatching(/request id/),
      expect.stringMatching(/permissions/),
    ])
  })
})
