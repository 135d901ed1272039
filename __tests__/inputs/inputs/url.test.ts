import { describe, expect, it } from 'vitest'
import { faultsOf } from './given.ts'

describe('a URL input', () => {
  it.each([
    ['http://platform.adobe.io', '"http://platform.adobe.io"', 'https://platform.adobe.io'],
    ['http://127.0.0.1.evil.test', '"http://127.0.0.1.evil.test"', 'https://127.0.0.1.evil.test'],
    ['https://platform.adobe.io/data', '"https://platform.adobe.io/data"', 'https://platform.adobe.io'],
    ['https://platform.adobe.io//', '"https://platform.adobe.io//"', 'https://platform.adobe.io'],
    ['https://platform.adobe.io?key=k3y', '"https://platform.adobe.io?…"', 'https://platform.adobe.io'],
    ['https://platform.adobe.io/#k3y', '"https://platform.adobe.io/?…"', 'https://platform.adobe.io'],
  ])('refuses %s and offers its origin', (text, shown, meant) => {
    const faults = faultsOf({ 'platform-url': text })
    expect(faults[0]).toContain(`"platform-url" is ${shown}; allowed: "https://", a host`)
    expect(faults[0]).toContain(`(did you mean "${meant}"?)`)
  })

  it.each(['platform.adobe.io', 'ftp://platform.adobe.io', 'https://', 'https:platform.adobe.io'])(
    'refuses %s',
    (text) => {
      expect(faultsOf({ 'ims-url': text })).toHaveLength(1)
    },
  )

  it.each(['https://user:pa55@host.test', 'https://pa55#w@host.test', 'http://u:p?pa55@h.test', 'pa55@host.test'])(
    'never shows the credentials in %s',
    (text) => {
      const faults = faultsOf({ 'ims-url': text })
      expect(faults).toHaveLength(1)
      expect(faults[0]).not.toContain('pa55')
    },
  )
})
