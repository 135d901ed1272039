import { asked, type Call } from './call.ts'
import { objectOf, stringsOf, ownValue } from './json.ts'
import type { Dataset } from './state.ts'
import { matchesTags } from './tag-filter.ts'

/** The filters of `GET /catalog/dataSets`; an empty parameter is none. */
export function matchesDataset(call: Call, dataset: Dataset): boolean {
  return Object.entries(filters).every(([name, fits]) => {
    const wanted = asked(call, name)
    return wanted === undefined || fits(dataset, wanted)
  })
}

type Fits = (dataset: Dataset, wanted: string) => boolean

const filters: Readonly<Record<string, Fits>> = {
  name: ({ record }, wanted) => named(String(record['name']), wanted),
  tags: ({ record }, wanted) => matchesTags((key) => stringsOf(ownValue(objectOf(record['tags']), key)), wanted),
  createdAfter: ({ record }, wanted) => Number(record['created']) > Number(wanted),
  createdBefore: ({ record }, wanted) => Number(record['created']) < Number(wanted),
  createdUser: ({ record }, wanted) => record['createdUser'] === wanted,
  property: (dataset, wanted) => hasProperty(dataset, wanted),
}

/** `a,b`: one of these; `!a`: any but this. */
function named(name: string, wanted: string): boolean {
  return wanted.startsWith('!') ? !wanted.slice(1).split(',').includes(name) : wanted.split(',').includes(name)
}

/** `name~^test` compares with a regular expression, `name==x` exactly (for names with `*` as a wildcard), `name` asks whether it is there. */
function hasProperty({ record }: Dataset, wanted: string): boolean {
  const [, path = '', operator, value = ''] = wanted.match(/^([^=!~<>]+)(==|=|!=|~)?(.*)$/) ?? []
  const held = path.split('.').reduce<unknown>((at, name) => ownValue(objectOf(at), name), record)
  if (operator === undefined) return held !== undefined
  if (operator === '~') return new RegExp(value).test(String(held))
  const equal = wildcard(value).test(String(held))
  return operator === '!=' ? !equal : equal
}

function wildcard(text: string): RegExp {
  const escaped = text.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${escaped.join('.*')}$`)
}
