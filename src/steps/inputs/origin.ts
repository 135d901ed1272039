import { read, refuse, type Reading } from './reading.ts'

const ALLOWED =
  'https, a host and perhaps a port, such as "https://platform.adobe.io", without credentials, path, query or fragment; plain http only for localhost, 127.0.0.1 and [::1]'

const BARE = /^https?:\/\/[^/?#@\\\s]+\/?$/i

/** An origin that tokens may be sent to: nothing in clear but within this machine, and nothing that would end up in logs. */
export function readOrigin(text: string): Reading<string> {
  const url = URL.parse(text)
  const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))
  if (url !== null && secure && BARE.test(text)) return read(url.origin)
  return refuse({ value: withoutSecrets(text), allowed: ALLOWED, meant: meant(text, url) })
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}

function withoutSecrets(text: string): string {
  return text.includes('@') ? '…@…' : text.replace(/[?#].*$/s, '?…')
}

/** Never of a text with credentials: where they hold a `/` or `#`, what parses as the host is a part of them. */
function meant(text: string, url: URL | null): string | undefined {
  if (url === null || text.includes('@') || !/^https?:$/.test(url.protocol)) return undefined
  return isLoopback(url.hostname) ? url.origin : `https://${url.host}`
}
