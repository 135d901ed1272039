import { bytesContent } from '../../../src/lib/content.ts'
import { undiciTransport } from '../../../src/platform/http/transport.ts'

/** Runs as a separate process, because proxies and certificates come from the environment. Prints the answer. */
const [url = ''] = process.argv.slice(2)
await using transport = undiciTransport({ connections: 1, env: process.env })
try {
  const body = bytesContent(Buffer.from('some bytes'))
  const request = { method: 'PUT', url: new URL(url), headers: {}, body, onProgress: () => undefined } as const
  const answer = await transport.send(request, new AbortController().signal)
  console.log(JSON.stringify({ status: answer.status, text: Buffer.from(answer.body).toString() }))
} catch (error) {
  console.log(JSON.stringify({ error: String(error), ...Object(error) }))
}
