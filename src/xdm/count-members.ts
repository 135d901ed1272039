/** How many members the objects of a value have, all together; NaN, which equals no count, for what is too deep to walk. */
export function countMembers(value: unknown, depth = 0): number {
  if (typeof value !== 'object' || value === null) return 0
  if (depth > DEEPEST) return NaN
  let members = 0
  if (Array.isArray(value)) {
    for (const item of value) members += countMembers(item, depth + 1)
    return members
  }
  const object = value as Readonly<Record<string, unknown>>
  for (const name in object) members += 1 + countMembers(object[name], depth + 1)
  return members
}

const DEEPEST = 500
