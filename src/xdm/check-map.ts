import { isPlainObject } from './is-plain-object.ts'
import { sayNull } from './say-null.ts'
import type { Check } from './walk.ts'

export function mapCheck(checkValue: Check): Check {
  return (value, walk) => {
    if (!isPlainObject(value)) {
      walk.mismatch(value, 'an object that maps keys to values')
      return
    }
    for (const key in value) {
      walk.members++
      const inner = value[key]
      walk.enter(key)
      if (key === '') walk.say('map-key', { expected: 'a key with at least one character', received: 'an empty key' })
      if (inner === null) sayNull(walk)
      else checkValue(inner, walk)
      walk.leave()
    }
  }
}
