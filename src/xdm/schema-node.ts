import { Problem } from '../base/problem.ts'

/** A node of a schema with all that its `allOf`, wherever they stand, add to it. */
export type SchemaNode = {
  /** The keywords of the node itself; those of `allOf` where it has none. */
  readonly keywords: Readonly<Record<string, unknown>>
  readonly properties: ReadonlyMap<string, readonly unknown[]> | undefined
  readonly required: ReadonlySet<string>
}

/** Throws a {@link Problem} for a `$ref`: the schema was stored in another form than `xed-full`. */
export function schemaNode(sources: readonly unknown[]): SchemaNode {
  const members = withAllOf(sources)
  const keywords = Object.assign({}, ...members.toReversed()) as Readonly<Record<string, unknown>>
  const required = members.flatMap((member) => listOf(member['required'])).filter((name) => typeof name === 'string')
  return { keywords, properties: propertiesOf(members), required: new Set(required) }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function withAllOf(sources: readonly unknown[]): readonly Readonly<Record<string, unknown>>[] {
  const members = new Set<Readonly<Record<string, unknown>>>()
  const waiting = [...sources]
  for (let source = waiting.shift(); source !== undefined; source = waiting.shift()) {
    if (!isObject(source) || members.has(source)) continue
    if ('$ref' in source) throw unresolved(source['$ref'])
    members.add(source)
    for (const member of listOf(source['allOf'])) waiting.push(member)
  }
  return [...members]
}

/** Two members may each say something of the same property. */
function propertiesOf(
  members: readonly Readonly<Record<string, unknown>>[],
): ReadonlyMap<string, readonly unknown[]> | undefined {
  const found = members.map((member) => member['properties']).filter(isObject)
  if (found.length === 0) return undefined
  const names = new Map<string, unknown[]>()
  for (const [name, node] of found.flatMap((properties) => Object.entries(properties))) {
    const nodes = names.get(name)
    if (nodes === undefined) names.set(name, [node])
    else nodes.push(node)
  }
  return names
}

function unresolved(reference: unknown): Problem {
  return new Problem(`Cannot read the schema: it refers to ${JSON.stringify(reference)} instead of holding it`, {
    remedy:
      'Store the schema as the registry answers for "Accept: application/vnd.adobe.xed-full+json; version=1", which resolves every reference.',
  })
}
