import { sayNull } from './say-null.ts'
import type { Check } from './walk.ts'

export function arrayCheck(checkItem: Check): Check {
  return (value, walk) => {
    if (!Array.isArray(value)) {
      walk.mismatch(value, 'an array')
      return
    }
    for (let at = 0; at < value.length; at++) {
      const item: unknown = value[at]
      walk.enter(at)
      if (item === null) sayNull(walk)
      else checkItem(item, walk)
      walk.leave()
    }
  }
}
